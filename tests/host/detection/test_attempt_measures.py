"""What an attempt was like (T3): each target, and side against side (P17)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from calibration.montage import Montage, Site
from calibration.muscles import Side
from host.chain.stream import FloatArray
from host.detection.attempt_measures import (
    TargetMeasures,
    Telling,
    measured,
    side_differences,
)
from host.detection.attempted import Attempted
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from tests.host.detection.course_drawn import (
    HOP_S,
    LEFT,
    RIGHT,
    USUAL,
    attempted,
    cues,
    ramp,
    seen,
)
from tests.host.detection.rest import RATE_HZ

FACE = Montage(
    name="cheeks",
    sites=(
        Site(muscle="ZYG", side=Side.LEFT),
        Site(muscle="OOC", side=Side.LEFT),
        Site(muscle="ZYG", side=Side.RIGHT),
    ),
)
LINES = [Telling(line=0.1)] * 3


def one_attempt(
    left: FloatArray, right: FloatArray, given: Sequence[Cue] = USUAL
) -> tuple[Attempted, TargetMeasures, TargetMeasures]:
    levels = np.column_stack([left, np.zeros(len(left)), right])
    (attempt,), _ = attempted(seen(levels), given)
    first, second = measured(attempt, LINES)
    assert (first.channel, second.channel) == (LEFT, RIGHT)
    return attempt, first, second


def test_t3_each_target_is_measured_from_its_cue() -> None:
    level = ramp(1.2)
    _, left, _ = one_attempt(level, level)
    # It passes a tenth of the reference an eighth of the way up, and half of the hold on the way
    # down 0.2 s after 8.3; a tenth 0.35 s after it.
    assert left.onset.value == pytest.approx(0.3 + 1.2 / 8, abs=0.1)
    assert left.rise.value == pytest.approx(0.8 * 1.2, abs=0.2)
    assert left.rate.low < 0.6 < left.rate.high
    assert left.level.value == pytest.approx(0.8, abs=0.05)
    assert left.offset.value == pytest.approx(6.3 + 0.2, abs=0.1)
    assert left.release.value == pytest.approx(0.3 + 0.35, abs=0.1)
    assert left.in_corridor(Effort()) is True
    assert left.in_corridor(Effort(low=0.1, ceiling=0.5)) is False


def test_p12_remaining_tone_needs_eleven_seconds_of_release() -> None:
    short = one_attempt(ramp(1.2), ramp(1.2))[1]
    assert "less than 11 s" in short.tone.reason
    tone = np.maximum(ramp(1.2, stop_s=20.0), 0.05)
    assert one_attempt(tone, tone)[1].tone.value == pytest.approx(0.05, abs=0.03)


def test_p12_a_target_that_moves_with_a_blink_at_rest_has_let_go() -> None:
    level = ramp(1.2, stop_s=20.0)
    still, _, _ = one_attempt(level, level)
    blink_s = ((13.0, 13.6), (18.0, 18.6))
    for start_s, stop_s in blink_s:
        level[round(start_s / HOP_S) : round(stop_s / HOP_S)] = 0.6
    attempt, untold, _ = one_attempt(level, level)
    assert untold.release.value > 4.0
    assert untold.tone.value > 0.1
    told = [(round(start_s * RATE_HZ), round(stop_s * RATE_HZ)) for start_s, stop_s in blink_s]
    found, expected = measured(attempt, LINES, told)[0], measured(still, LINES)[0]
    for name in ("release", "offset", "level", "onset"):
        one, other = getattr(found, name), getattr(expected, name)
        assert one.value == pytest.approx(other.value, abs=0.02), name
    assert not found.tone.value > 0.05


def test_p12_a_target_is_watched_for_letting_go_until_its_tone_is_measured() -> None:
    level = ramp(1.2, stop_s=26.0)
    level[round(22.0 / HOP_S) : round(24.0 / HOP_S)] = 0.6
    _, left, _ = one_attempt(level, level)
    assert left.release.value < 1.0
    assert left.offset.value < 7.0


def test_in_the_hold_a_target_is_measured_through_a_blink() -> None:
    level = ramp(1.2)
    attempt, plain, _ = one_attempt(level, level)
    blink = (round(5.0 * RATE_HZ), round(5.6 * RATE_HZ))
    assert repr(measured(attempt, LINES, [blink])[0]) == repr(plain)


def test_p17_what_the_right_side_does_later_is_a_difference_below_zero() -> None:
    late = ramp(1.2, begin_s=2.6, end_s=8.5)
    attempt, *found = one_attempt(ramp(1.2), 0.9 * late)
    (one,) = side_differences(found, FACE)
    assert one.muscle == "ZYG"
    assert one.onset.value == pytest.approx(-0.3, abs=0.1)
    assert one.level.value == pytest.approx(0.08, abs=0.04)
    assert one.offset.value == pytest.approx(-0.2, abs=0.1)
    assert one.release.value == pytest.approx(-0.2, abs=0.1)
    assert attempt.findings == ()


def test_p17_unknown_on_one_side_is_unknown_of_both() -> None:
    lost = ramp(1.2)
    lost[700:] = np.nan
    _, *found = one_attempt(ramp(1.2), lost)
    (one,) = side_differences(found, FACE)
    assert not any(part.known for part in (one.level, one.offset, one.release))
    assert found[1].in_corridor(Effort()) is None


def test_what_never_led_has_neither_rise_nor_level_and_says_why() -> None:
    _, left, _ = one_attempt(0.25 * ramp(1.2), 0.25 * ramp(1.2))
    assert left.onset.known
    assert {left.rise.reason, left.level.reason} == {"the muscle never came to lead"}


def test_without_a_cue_to_release_nothing_is_known_of_release() -> None:
    never = cues((0, Phase.REST), (2, Phase.RISE), (3.5, Phase.HOLD))
    _, left, _ = one_attempt(ramp(1.2), ramp(1.2), never)
    assert left.level.known
    assert left.release.reason == left.tone.reason == "nobody asked for release"


def test_without_a_reference_nothing_is_known() -> None:
    attempt, *_ = one_attempt(ramp(1.2), ramp(1.2))
    bare = replace(attempt, course=replace(attempt.course, reference=None))
    assert {one.level.reason for one in measured(bare, LINES)} == {
        "the muscle has no reference yet"
    }
