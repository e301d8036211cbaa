"""The line that paces a step, and the ball on it."""

from dataclasses import replace
from itertools import pairwise

import pytest

from calibration.muscles import Side
from host.feedback.calibrating.pace import (
    GROUND,
    PaceState,
    height_at,
    line_of,
    pace_state,
)
from host.session.calibrating.protocol import RELEASED_S, StepKind, whole_protocol
from host.session.calibrating.view import CoursePhase
from tests.host.feedback.calibrating.moments import (
    CHEEK_BOTH,
    CONTACT,
    FOUR,
    REST,
    SIDE_CHECK,
    STEPS,
    WEAK,
    judged,
    view,
)

STEP = STEPS[CHEEK_BOTH]
WHOLE_S = STEP.seconds + RELEASED_S


def height_s(time_s: float) -> float:
    """Return the height of the reference's line after so many seconds."""
    return height_at(line_of(STEP), time_s / WHOLE_S)


def hills(number: int) -> int:
    """Count the hills of a step."""
    line = line_of(STEPS[number])
    return sum(one[1] < 0.5 <= other[1] for one, other in pairwise(line))


def test_there_is_a_hill_for_each_hold_and_none_for_rest() -> None:
    assert hills(CHEEK_BOTH) == 3
    assert hills(SIDE_CHECK) == 1
    assert line_of(STEPS[REST]) == line_of(STEPS[CONTACT]) == GROUND


def test_the_line_is_up_while_a_hold_is_marked_and_down_before_and_after() -> None:
    up = STEP.prepare_s + STEP.rise_s
    assert height_s(STEP.prepare_s) == pytest.approx(0.0)
    assert 0.4 < height_s(STEP.prepare_s + STEP.rise_s / 2) < 0.6
    assert height_s(up + 0.01) == height_s(up + STEP.hold_s - 0.01) == pytest.approx(1.0)
    assert height_s(up + STEP.hold_s + STEP.pause_s - 0.01) == pytest.approx(0.0)
    assert height_s(WHOLE_S) == pytest.approx(0.0)


def test_the_line_never_goes_back_in_time() -> None:
    for step in whole_protocol(FOUR, Side.LEFT, ramps=True):
        places = [place for place, _ in line_of(step)]
        assert places == sorted(places)
        assert (places[0], places[-1]) == (0.0, 1.0)


def test_a_ramp_rises_slowly_all_the_time_p10() -> None:
    (ramp, *_) = (
        step for step in whole_protocol(FOUR, Side.LEFT, ramps=True) if step.kind is StepKind.RAMP
    )
    whole_s = ramp.seconds + RELEASED_S
    middle = (ramp.prepare_s + ramp.hold_s / 2) / whole_s
    assert height_at(line_of(ramp), middle) == pytest.approx(0.5, abs=0.05)


def test_the_ball_goes_by_the_time_of_the_step() -> None:
    half = pace_state(view(), STEP)
    assert half.ball == pytest.approx(0.5 * STEP.seconds / WHOLE_S)
    assert pace_state(replace(view(), step_progress=0.0), STEP).ball == 0.0


def test_the_ball_is_down_when_a_step_is_over_and_begins_anew_after_a_break() -> None:
    waiting = pace_state(judged(WEAK), STEP)
    assert waiting.ball == 1.0
    assert waiting.height == pytest.approx(0.0)
    falling = pace_state(judged(), STEP)
    assert falling.ball == pytest.approx((WHOLE_S - 0.6) / WHOLE_S)
    assert pace_state(view(phase=CoursePhase.PAUSED), STEP).ball == 0.0


def test_it_looks_the_same_whatever_is_measured_p8() -> None:
    loud = tuple(replace(one, level_uv=300.0) for one in view().channels)
    assert pace_state(replace(view(), channels=loud), STEP) == pace_state(view(), STEP)


def test_without_a_step_nothing_is_to_be_followed() -> None:
    assert pace_state(view(), None) == PaceState()
    assert PaceState().ball is None


def test_a_ball_beside_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1\.2"):
        PaceState(ball=1.2)
