"""Selectivity of each muscle from its slow ramps (T3, P13): known answers, noise, refused ramps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from calibration.findings import Fault
from calibration.fit import Fit, fit
from calibration.levels import Levels
from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Pattern, own_pattern, patterns
from calibration.segments import Segment, SegmentKind
from calibration.traces import FloatArray

RATE_HZ, HOP = 500.0, 10
FACE = montages()["face-8"]
EYE, CHEEK, LIPS, NECK = range(4)
"""Columns of the left side."""
TONE_UV, REFERENCE_UV = 0.5, 12.0
SHARES = {EYE: 0.5, NECK: 0.2, LIPS: 0.1}
SELECTIVITY = 1.0 - (0.5 + 0.2 + 0.1) / 3.0


@dataclass
class Recording:
    """Powers of a left half face: rest, three holds of each muscle, then slow ramps of the cheek.

    Noise is 0 for powers without any scatter.
    """

    noise_uv: float = 0.0
    seed: int = 1
    ramp_s: float = 8.0
    begin: float = 0.0
    top: float = 1.0
    ramps: int = 1
    asked: str = "ZYG"
    shares: Mapping[int, float] = field(default_factory=lambda: SHARES)
    held: tuple[int, ...] = (EYE, CHEEK, LIPS, NECK)
    parts: list[FloatArray] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def add(self, kind: SegmentKind, activation: FloatArray, code: str = "") -> None:
        start = sum(map(len, self.parts)) * HOP
        side = Side.LEFT if code else None
        stop = start + len(activation) * HOP
        self.segments.append(Segment(kind=kind, start=start, stop=stop, muscle=code, side=side))
        self.parts.append(TONE_UV + REFERENCE_UV * activation)

    def levels(self) -> Levels:
        self.add(SegmentKind.REST, np.zeros((500, 8)))
        for channel in self.held:
            hold = np.zeros((150, 8))
            hold[:, channel] = 1.0
            for _ in range(3):
                self.add(SegmentKind.REFERENCE, hold, FACE.sites[channel].muscle)
        rise = np.linspace(self.begin, self.top, round(self.ramp_s * RATE_HZ / HOP))
        ramp = np.zeros((len(rise), 8))
        for channel, share in {CHEEK: 1.0, **self.shares}.items():
            ramp[:, channel] = share * rise
        for _ in range(self.ramps):
            self.add(SegmentKind.RAMP, ramp, self.asked)
        power = np.concatenate(self.parts) ** 2 + self.noise_uv**2
        if self.noise_uv:
            power *= np.random.default_rng(self.seed).chisquare(6.0, power.shape) / 6.0
        never = np.zeros(power.shape, dtype=np.bool_)
        return Levels(
            power_uv2=power,
            known=~never,
            clipped=never.copy(),
            mains=never.copy(),
            loose=never.copy(),
            hop=HOP,
            rate_hz=RATE_HZ,
            band_hz=(20.0, 200.0),
        )

    @property
    def ramp(self) -> Segment:
        return self.segments[-1]

    def fitted(self, levels: Levels | None = None, own: Mapping[str, Pattern] | None = None) -> Fit:
        noise_uv = np.full(8, self.noise_uv)
        found = levels or self.levels()
        return fit(found, FACE, self.segments, noise_uv=noise_uv, known_patterns=own)


def of_ramps(found: Fit) -> list[tuple[Fault, int | None]]:
    """Return the findings about ramps; the right side, which nobody asked, has others."""
    return [(one.fault, one.channel) for one in found.findings if one.where.endswith("ramp")]


@pytest.mark.parametrize("shares", [{}, SHARES, {EYE: 0.9, LIPS: -0.03}])
def test_t3_known_answers_without_noise(shares: Mapping[int, float]) -> None:
    found = Recording(shares=shares).fitted()
    truth = 1.0 - sum(map(abs, shares.values())) / 3.0
    # Levels are straightened about their course of 0.3 s, which bends at the ends of a ramp.
    assert found.channels[CHEEK].selectivity == pytest.approx(truth, abs=5e-3)
    assert [numbers.selectivity for numbers in found.channels[:CHEEK]] == [None]
    assert of_ramps(found) == []


@pytest.mark.parametrize("noise_uv", [0.5, 1.5, 3.0])
def test_t3_noise_does_not_make_a_muscle_more_or_less_selective(noise_uv: float) -> None:
    for shares, truth in ((SHARES, SELECTIVITY), ({}, 1.0), ({EYE: 0.1}, 1.0 - 0.1 / 3.0)):
        found = [
            Recording(noise_uv=noise_uv, seed=seed, shares=shares).fitted().channels[CHEEK]
            for seed in range(30)
        ]
        values = [numbers.selectivity for numbers in found if numbers.selectivity is not None]
        assert len(values) == 30
        assert np.mean(values) == pytest.approx(truth, abs=0.015)
        assert np.std(values) < 0.05


def test_several_ramps_are_pooled() -> None:
    # The references stand behind all ramps of a recording, so it takes several of these.
    found = [Recording(noise_uv=3.0, ramps=4, seed=seed).fitted() for seed in range(12)]
    values = [one.channels[CHEEK].selectivity or 0.0 for one in found]
    assert np.mean(values) == pytest.approx(SELECTIVITY, abs=0.015)
    assert np.std(values) < 0.03


def test_a_quiet_muscle_without_a_reference_has_no_scale_and_is_left_out() -> None:
    found = Recording(held=(EYE, CHEEK, LIPS)).fitted()
    assert found.channels[CHEEK].selectivity == pytest.approx(1.0 - 0.6 / 2.0, abs=2e-3)
    assert Recording(held=(CHEEK,)).fitted().channels[CHEEK].selectivity is None
    assert Recording(held=(EYE, LIPS)).fitted().channels[CHEEK].selectivity is None


def test_a_ramp_that_is_too_short_is_said() -> None:
    found = Recording(ramp_s=2.0).fitted()
    assert of_ramps(found) == [(Fault.TOO_SHORT, CHEEK)]
    assert found.channels[CHEEK].selectivity is None
    assert found.findings[-1].sentence == "Cheek, left, ramp: too short (2.0 s, need 3 s)."


@pytest.mark.parametrize(
    ("name", "fault"),
    [("clipped", Fault.CLIPPED), ("mains", Fault.MAINS), ("loose", Fault.LOOSE)],
)
@pytest.mark.parametrize("channel", [CHEEK, NECK])
def test_a_ramp_is_refused_where_the_muscle_or_a_quiet_one_has_no_sound_signal(
    name: str, fault: Fault, channel: int
) -> None:
    recording = Recording(ramps=2)
    levels = recording.levels()
    getattr(levels, name)[recording.ramp.rows(HOP), channel] = True
    found = recording.fitted(levels)
    assert of_ramps(found) == [(fault, channel)]
    # The other ramp counts.
    assert found.channels[CHEEK].selectivity == pytest.approx(SELECTIVITY, abs=2e-3)


def test_what_is_never_known_at_once_is_said_as_lost() -> None:
    recording = Recording()
    levels = recording.levels()
    rows = recording.ramp.rows(HOP)
    for place, channel in enumerate((EYE, CHEEK, LIPS, NECK)):
        begin = rows.start + 100 * place
        levels.known[begin : begin + 75, channel] = False
    found = recording.fitted(levels)
    assert of_ramps(found) == [(Fault.LOST, CHEEK)]
    assert "in all muscles at once" in found.findings[-1].detail


def test_a_ramp_of_another_muscle_and_one_that_hardly_rises_are_said() -> None:
    assert of_ramps(Recording(asked="OOR").fitted()) == [(Fault.WRONG_MUSCLE, LIPS)]
    assert of_ramps(Recording(top=0.01).fitted()) == [(Fault.WEAK, CHEEK)]
    flat = Recording(noise_uv=1.5, begin=1.0).fitted()
    assert of_ramps(flat) == [(Fault.WEAK, CHEEK)]
    assert "did not rise far enough" in flat.findings[-1].detail


def test_a_ramp_in_which_a_quiet_muscle_moved_about_on_its_own_is_said() -> None:
    recording = Recording()
    levels = recording.levels()
    early = slice(recording.ramp.rows(HOP).start, recording.ramp.rows(HOP).start + 240)
    bursts = np.random.default_rng(2).integers(0, 2, 12).repeat(20)
    levels.power_uv2[early, NECK] = (TONE_UV + 10.0 * REFERENCE_UV * bursts) ** 2
    found = recording.fitted(levels)
    assert of_ramps(found) == [(Fault.WEAK, CHEEK)]
    assert "too noisy to tell" in found.findings[-1].detail
    assert found.channels[CHEEK].selectivity is None


def test_t2_a_muscle_that_no_pattern_moves_alone_has_a_selectivity_by_one_s_own_pattern() -> None:
    assert own_pattern("PLA", patterns()) is None
    lip_pull = Pattern(name="lip pull", prompt="Pull softly", target=("PLA",), quiet=("ZYG", "OOC"))
    own = {**patterns(), lip_pull.name: lip_pull}
    recording = Recording(asked="PLA", shares={CHEEK: 0.2, NECK: 1.0})
    assert recording.fitted(own=own).channels[NECK].selectivity == pytest.approx(0.9, abs=2e-3)
    again = Recording(asked="PLA", shares={CHEEK: 0.2, NECK: 1.0})
    assert again.fitted().channels[NECK].selectivity is None


def test_t2_the_own_pattern_leads_with_the_muscle_and_the_fewest_others() -> None:
    names = {code: own_pattern(code, patterns()) for code in ("ZYG", "OOC", "OOR", "LLS")}
    assert [one.name for one in names.values() if one] == [
        "gentle closed smile",
        "gentle eye closure",
        "pucker",
        "snarl",
    ]
