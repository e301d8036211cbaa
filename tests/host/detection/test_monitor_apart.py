"""A monitor that tells a muscle's own activity from what leaks into its electrode."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.channel_model import plain_channel
from calibration.leakage_fit import fit_leakage
from calibration.montage import Montage, Site
from calibration.muscles import Side
from calibration.patterns import pattern
from calibration.reference import Reference
from host.chain.adaptive import AdaptiveWindow
from host.chain.own_envelope import CrosstalkRemoval
from host.chain.pipeline import ChainSettings
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.adjustments import Adjustment
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.monitor import Monitor
from host.detection.watch import Watch
from tests.calibration.mixtures import contraction, mixed, muscles_at_work
from tests.cuts import chunks, cuts
from tests.host.detection.bits import as_bits

STREAM = Stream(rate_hz=1000.0, channels=channel_names(2))
FACE = Montage(
    name="two",
    sites=(Site(muscle="ZYG", side=Side.RIGHT), Site(muscle="OOC", side=Side.RIGHT)),
)
AMOUNTS = np.array([[0.0, 0.0], [0.5, 0.0]])
REST = np.random.default_rng(9).normal(0.0, 1.0, (4000, 2))
LEAKAGE = fit_leakage(
    [contraction(0, (100.0, 0.0), AMOUNTS, seed=1), contraction(1, (0.0, 100.0), AMOUNTS, seed=2)],
    rest_uv=REST,
    rate_hz=1000.0,
)
REFERENCE = Reference(
    rest_uv=np.zeros(2), noise_uv=np.ones(2), gentle_uv=np.full(2, 50.0), calibrated=True
)
WATCH = Watch(
    montage=FACE,
    chain=ChainSettings(
        adaptive=AdaptiveWindow(channels=(plain_channel(1000.0),) * 2),
        crosstalk=CrosstalkRemoval(leakage=LEAKAGE),
        listen_s=0.0,
    ),
)
SMILE, EYE, REST_CUE = "gentle closed smile", "gentle eye closure", "rest and release"


def smile(own: float = 0.0, seconds: float = 4.0) -> FloatArray:
    """Return a smile that leaks into the eye's electrode, whose muscle gives `own` uV itself."""
    data = mixed(muscles_at_work((60.0, own), seconds=seconds, seed=3), AMOUNTS)
    return data + np.random.default_rng(8).normal(0.0, 1.0, data.shape)


def frames(
    raw: FloatArray,
    cues: tuple[Cue, ...],
    at: list[int] | None = None,
    watch: Watch = WATCH,
    adjustments: tuple[Adjustment, ...] = (),
) -> list[Frame]:
    """Return the frames of a signal."""
    monitor = Monitor(watch, STREAM, cues, REFERENCE, adjustments)
    return [frame for chunk in chunks(raw, at or []) for frame in monitor.push(chunk)]


def cue(start: int, name: str) -> Cue:
    """Return a cue to hold."""
    return Cue(start=start, pattern=name, phase=Phase.HOLD)


def test_crosstalk_of_the_target_is_not_called_synkinesis() -> None:
    every = frames(smile(), (cue(0, SMILE),))
    late = every[-200:]
    assert not any(frame.active[1] for frame in late)
    assert np.median([frame.activation[1] for frame in late]) < 0.1
    assert np.median([frame.total[1] for frame in late]) > 0.3
    assert np.median([frame.explained[1] for frame in late]) > 0.9
    assert all(frame.crosstalk[1] for frame in late)


def test_true_synkinesis_is_still_seen_through_it() -> None:
    late = frames(smile(own=40.0), (cue(0, SMILE),))[-200:]
    assert all(frame.active[1] for frame in late)
    assert not any(frame.crosstalk[1] for frame in late)
    total, own = (
        np.median([getattr(frame, name)[1] for frame in late]) for name in ("total", "activation")
    )
    assert total > own > 0.4


def test_nobody_is_driven_while_the_face_rests() -> None:
    late = frames(smile(), (cue(0, REST_CUE),))[-200:]
    assert all(frame.active[1] for frame in late)
    assert not any(frame.explained.any() for frame in late)


def test_who_is_driven_follows_the_cues_even_of_one_chunk() -> None:
    raw = smile(seconds=6.0)
    cues = (cue(0, REST_CUE), cue(2000, SMILE), cue(4000, EYE))
    every = frames(raw, cues)
    explained = np.array([frame.explained[1] for frame in every])
    assert np.nanmax(explained[: 1990 // 4]) == 0.0
    assert np.median(explained[2500 // 4 : 3900 // 4]) > 0.9
    assert np.median(explained[4500 // 4 :]) == 0.0


def test_changed_roles_change_who_is_driven() -> None:
    asked = pattern(SMILE)
    other = replace(asked, target=("OOC",), quiet=("ZYG",), tolerated=(), slight=())
    change = Adjustment(start=2000, patterns=(other,))
    every = frames(smile(), (cue(0, SMILE),), adjustments=(change,))
    explained = np.array([frame.explained[1] for frame in every])
    assert np.median(explained[1500 // 4 : 1990 // 4]) > 0.9
    assert np.median(explained[2400 // 4 :]) == 0.0


@settings(deadline=None, max_examples=10)
@given(at=cuts(3000), start=st.integers(1, 2900))
def test_nothing_depends_on_the_cut_wherever_a_cue_falls(at: list[int], start: int) -> None:
    raw, cues = smile(own=20.0)[:3000], (cue(0, REST_CUE), cue(start, SMILE))
    whole, cut = frames(raw, cues), frames(raw, cues, at)
    assert list(map(as_bits, cut)) == list(map(as_bits, whole))


def test_an_interval_holds_the_level_and_doubt_counts_against_its_lower_end() -> None:
    frame = frames(smile(own=40.0), (cue(0, SMILE),))[-1]
    low, high = frame.interval()
    assert (low <= frame.activation).all()
    assert (frame.activation <= high).all()
    assert frame.certainty.doubt is not None
    certain = replace(frame.certainty, doubt=None).interval(frame.rms_uv)[0]
    assert low[1] < certain[1]
    assert low[0] == certain[0]


def test_a_threshold_is_never_below_its_channels_floor() -> None:
    watch = replace(WATCH, floors=(0.0, 0.9))
    frame = frames(smile(), (cue(0, SMILE),), watch=watch)[-1]
    assert frame.threshold[1] == pytest.approx(0.9)
    # Slight involvement of the eye is natural in a smile: 0.25 · 1.5 (T2).
    assert frames(smile(), (cue(0, SMILE),))[-1].threshold[1] == pytest.approx(0.375)
    with pytest.raises(ValueError, match="each of 2 channels"):
        replace(WATCH, floors=(0.1,))


def test_an_episode_needs_the_floor_too() -> None:
    raw, cues = smile(own=40.0), (cue(0, SMILE),)
    assert frames(raw, cues)[-1].active[1]
    assert not frames(raw, cues, watch=replace(WATCH, floors=(0.0, 1.5)))[-1].active[1]


def test_chunks_of_no_sample_change_nothing() -> None:
    monitor = Monitor(WATCH, STREAM, (cue(0, SMILE),), REFERENCE)
    assert monitor.push(Chunk(0, np.empty((0, 2)))) == []
