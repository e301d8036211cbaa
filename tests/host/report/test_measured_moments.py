"""Measures of time on drawn attempts: onset, release, remaining tone, synchrony (T3, P12, P17)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.patterns import Role
from host.detection.attempt_measures import NO_RELEASE, Telling, measured
from host.detection.attempted import Attempted
from host.detection.blinks import Blink
from host.detection.cues import Phase
from host.detection.frame import Frames
from host.report.measured import measuring_terms
from host.report.measured_kinds import BOTH, AttemptMeasures, Measure
from host.report.measured_moments import NOT_FOLLOWED, NOT_WATCHED, STAYED
from host.report.measured_seen import NO_HOLD
from host.report.results import judged, measuring_of
from tests.host.report import measured_drawn
from tests.host.report.measured_drawn import SECONDS, attempt, row
from tests.host.session.recordings import (
    CHEEK_LEFT,
    CHEEK_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    RATE,
    opened,
)


@pytest.fixture(scope="module")
def recorded(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[tuple[AttemptMeasures, ...], list[Attempted], tuple[Telling, ...]]:
    """Return measures of the drawn face, its attempts, and by what they are told."""
    made = opened(tmp_path_factory.mktemp("drawn"))
    over: list[Attempted] = []

    def watch(frames: Frames) -> None:
        over.extend(one for _, one in frames.attempted)

    results = judged(made, watch, measuring_of(made))
    return (
        results.measures,
        over,
        measuring_terms(made.watch, made.recorded.stream, made.affected).telling,
    )


def test_p17_targets_are_measured_as_while_the_session_runs(
    recorded: tuple[tuple[AttemptMeasures, ...], list[Attempted], tuple[Telling, ...]],
) -> None:
    measures, over, telling = recorded
    sides = {CHEEK_LEFT: "left", CHEEK_RIGHT: "right"}
    for target in measured(over[0], telling):
        side = sides[target.channel]
        pairs = {
            Measure.RISE_TIME: target.rise,
            Measure.PEAK_RATE: target.rate,
            Measure.RELEASE: target.release,
            Measure.ONSET: target.onset,
            Measure.OFFSET: target.offset,
        }
        for measure, expected in pairs.items():
            assert repr(row(measures[0], measure, "ZYG", side).measured) == repr(expected)


def test_p17_both_sides_of_a_drawn_smile_begin_and_end_together(
    recorded: tuple[tuple[AttemptMeasures, ...], list[Attempted], tuple[Telling, ...]],
) -> None:
    smile = recorded[0][0]
    for measure in (Measure.ONSET_DIFFERENCE, Measure.OFFSET_DIFFERENCE):
        found = row(smile, measure, "ZYG", BOTH).measured
        assert found.low < 0.0 < found.high
        assert abs(found.value) < 0.1


def test_p12_a_quiet_muscle_that_stays_at_rest_has_no_moments_but_a_tone() -> None:
    (found,) = measured_drawn.measured(attempt())
    for measure in (Measure.ONSET, Measure.OFFSET, Measure.RELEASE):
        assert row(found, measure, "OOC", "left").measured.reason == STAYED
    tone = row(found, Measure.REMAINING, "OOC", "left").measured
    assert tone.value == pytest.approx(0.0, abs=1e-6)


def test_p12_release_is_counted_from_its_cue_and_onset_from_the_cue_to_rise() -> None:
    (found,) = measured_drawn.measured(attempt())
    # Straight from 0 to 0.2 in 1.2 s; the frames did not go through the filters.
    late_s = measured_drawn.terms().ringing.late_s
    onset = row(found, Measure.ONSET, "OOC").measured
    assert onset.value == pytest.approx(0.6 - late_s, abs=0.05)
    release = row(found, Measure.RELEASE, "OOC").measured
    assert release.low < 0.05
    assert release.value < 0.25
    offset = row(found, Measure.OFFSET, "OOC").measured
    assert offset.value == pytest.approx(1.2 + 4.0 - late_s, abs=0.05)


def test_p12_remaining_tone_needs_eleven_seconds_of_release() -> None:
    (found,) = measured_drawn.measured(attempt(seconds={**SECONDS, Phase.RELEASE: 5.0}))
    assert row(found, Measure.REMAINING, "OOC").measured.reason == NOT_WATCHED


def test_what_nobody_asked_to_release_has_no_release() -> None:
    seconds = dict(SECONDS)
    del seconds[Phase.RELEASE]
    (found,) = measured_drawn.measured(attempt(seconds=seconds))
    assert row(found, Measure.RELEASE, "OOC").measured.reason == NO_RELEASE
    assert row(found, Measure.REMAINING, "OOC").measured.reason == NO_RELEASE


def test_a_target_that_nobody_followed_is_unknown() -> None:
    (found,) = measured_drawn.measured(attempt())
    for measure in (Measure.RISE_TIME, Measure.PEAK_RATE, Measure.SMOOTHNESS, Measure.ONSET):
        one = row(found, measure, "ZYG")
        assert (one.measured.reason, one.role) == (NOT_FOLLOWED, Role.TARGET)


def test_without_a_hold_there_is_neither_smoothness_nor_a_quiet_muscle_that_came_along() -> None:
    seconds: dict[Phase, float] = {Phase.REST: 2.0, Phase.RISE: 1.2, Phase.RELEASE: 2.0}
    (found,) = measured_drawn.measured(attempt(seconds=seconds))
    assert row(found, Measure.SMOOTHNESS, "ZYG").measured.reason == NO_HOLD
    assert row(found, Measure.ONSET, "OOC").measured.reason == NO_HOLD


def test_an_eye_that_only_blinked_did_not_come_along() -> None:
    calm = (0.04, 0.9, 0.04, 0.8)
    parts = attempt(calm)
    hold = parts[2]
    powers = hold.power_uv2.copy()
    powers[100:150, 2] = 400.0
    blink = Blink(onset=hold.start + 200, offset=hold.start + 300, channels=(0, 2))
    blinked = [
        replace(hold, power_uv2=powers),
        replace(hold, power_uv2=powers, blinks=((160, blink),)),
    ]
    told, untold = (
        row(found, Measure.RATIO, "OOC").measured.value
        for one in reversed(blinked)
        for found in measured_drawn.measured([*parts[:2], one, *parts[3:]])
    )
    assert told == pytest.approx(0.05, rel=0.01)
    assert untold > 0.1


def blinking(name: str, leading: Sequence[float], channels: tuple[int, ...]) -> list[Frames]:
    """Return an attempt in whose hold one channel is loud while both eyes blink."""
    parts = attempt(leading, name=name)
    hold = parts[2]
    powers = hold.power_uv2.copy()
    powers[100:150, list(channels)] = 400.0
    blink = Blink(onset=hold.start + 200, offset=hold.start + 300, channels=(0, 2))
    return [*parts[:2], replace(hold, power_uv2=powers, blinks=((160, blink),)), *parts[3:]]


def test_what_moves_with_a_blink_is_not_the_pattern_s_synkinesis() -> None:
    # Decision 0021: nobody can leave out blinking for the time of an attempt.
    (found,) = measured_drawn.measured(blinking("pucker", (0.04, 0.05, 0.04, 0.05), (2, 3)))
    assert row(found, Measure.ACTIVATION, "ZYG").measured.value == pytest.approx(0.05, rel=0.05)


def resting(name: str, leading: Sequence[float]) -> tuple[list[Frames], Blink]:
    """Return an attempt in whose release all is loud for a moment, and the blink that it was."""
    parts = attempt(leading, name=name)
    rest = parts[3]
    powers = rest.power_uv2.copy()
    powers[1000:1040] = 400.0
    blink = Blink(onset=rest.start + 2000, offset=rest.start + 2080, channels=(0, 2))
    return [*parts[:3], replace(rest, power_uv2=powers)], blink


@pytest.mark.parametrize(
    ("name", "leading", "code"),
    [
        ("gentle closed smile", (0.04, 0.9, 0.2, 0.8), "OOC"),
        ("gentle eye closure", (0.9, 0.04, 0.8, 0.2), "ZYG"),
    ],
)
def test_p12_what_moves_with_a_blink_at_rest_has_let_go(
    name: str, leading: Sequence[float], code: str
) -> None:
    parts, blink = resting(name, leading)
    (untold,) = measured_drawn.measured(parts)
    assert row(untold, Measure.RELEASE, code).measured.value > 5.0
    told = replace(parts[3], blinks=((1100, blink),))
    (found,) = measured_drawn.measured([*parts[:3], told])
    assert row(found, Measure.RELEASE, code).measured.value < 0.3
    still = row(measured_drawn.measured(attempt(leading, name=name))[0], Measure.OFFSET, code)
    assert row(found, Measure.OFFSET, code).measured.value == pytest.approx(
        still.measured.value, abs=0.02
    )


def test_where_the_eyes_lead_nothing_is_left_out_as_a_blink() -> None:
    (found,) = measured_drawn.measured(
        blinking("spontaneous blink", (0.5, 0.05, 0.5, 0.05), (2, 3))
    )
    for code in ("OOC", "ZYG"):
        still = 0.5 if code == "OOC" else 0.05
        assert row(found, Measure.ACTIVATION, code).measured.value > 1.1 * still


def test_a_gap_in_the_hold_leaves_the_attempt_unknown(tmp_path: Path) -> None:
    made = opened(tmp_path)
    last = judged(made, measuring=measuring_of(made)).measures[-1]
    assert last.start == 26 * RATE
    assert "of the time" in row(last, Measure.RATIO, "ZYG").measured.reason
    assert {EYE_LEFT, EYE_RIGHT} <= {one.channel for one in last.rows}
