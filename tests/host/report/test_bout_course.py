"""Levels through the attempts of a bout, laid over each other (P13)."""

import numpy as np
import pytest

from host.detection.attempts import Attempt
from host.report.bout_course import BINS, HOLD, LET_GO, RISE, BoutCourse, Courses, course_over
from tests.host.report.frames import HOP, RATE_HZ, SMILE, frames

EYE, CHEEK = 0, 1
LONG = Attempt(number=1, pattern=SMILE, start=0, hold=(250, 1250), stop=4000)
"""One second of rise, four of hold, then rest."""


def course(levels: np.ndarray, *, attempt: Attempt = LONG, active: bool = False) -> BoutCourse:
    """Return the course of one attempt with these levels, `(n_frames, 2)`."""
    found = Courses(RATE_HZ)
    came = np.zeros(levels.shape, dtype=np.bool_)
    came[:, EYE] = active
    found.push(frames(0, levels, active=came))
    made = course_over(found.of([attempt]), {attempt.start}, RATE_HZ)
    assert made is not None
    return made


def held() -> np.ndarray:
    """Return levels that are 0.8 in the hold, and 0 elsewhere."""
    levels = np.zeros((4000 // HOP, 2))
    levels[250 // HOP : 1250 // HOP] = 0.8
    return levels


def test_rise_hold_and_letting_go_have_their_own_bins() -> None:
    found = course(held())
    assert found.seconds == (1.0, 4.0, 4.0)
    np.testing.assert_allclose(found.levels[:RISE, CHEEK], 0.0)
    np.testing.assert_allclose(found.levels[RISE : RISE + HOLD, CHEEK], 0.8)
    np.testing.assert_allclose(found.levels[RISE + HOLD :, CHEEK], 0.0)
    assert RISE + HOLD + LET_GO == BINS


def test_what_is_not_measured_is_unknown_and_never_quiet() -> None:
    levels = held()
    levels[400 // HOP : 900 // HOP, EYE] = np.nan
    found = course(levels)
    assert np.isnan(found.levels[:, EYE]).sum() == pytest.approx(HOLD / 2, abs=1)
    assert not np.isnan(found.levels[:, CHEEK]).any()


def test_attempts_of_other_lengths_are_stretched_to_the_same() -> None:
    short = Attempt(number=2, pattern=SMILE, start=4000, hold=(4125, 4625), stop=6000)
    both = Courses(RATE_HZ)
    both.push(frames(0, held()))
    levels = np.zeros((2000 // HOP, 2))
    levels[125 // HOP : 625 // HOP] = 0.4
    both.push(frames(4000 // HOP, levels))
    found = course_over(both.of([LONG, short]), {0, 4000}, RATE_HZ)
    assert found is not None
    assert found.attempts == 2
    assert found.seconds[:2] == (0.75, 3.0)
    middle = found.levels[RISE + 2 : RISE + HOLD - 2, CHEEK]
    assert np.all((middle > 0.4) & (middle < 0.8))


def test_it_tells_where_a_muscle_came_along() -> None:
    found = course(held(), active=True)
    np.testing.assert_allclose(found.along[:, EYE], 1.0)
    np.testing.assert_allclose(found.along[:, CHEEK], 0.0)


def test_an_attempt_without_a_hold_or_without_frames_shows_nothing() -> None:
    broken = Attempt(number=1, pattern=SMILE, start=0, hold=(500, 500), stop=500)
    seen = Courses(RATE_HZ)
    seen.push(frames(0, held()))
    assert course_over(seen.of([broken]), {0}, RATE_HZ) is None
    assert Courses(RATE_HZ).of([LONG]) == ()


def test_a_course_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="bins"):
        BoutCourse(
            levels=np.zeros((3, 2)),
            along=np.zeros((3, 2)),
            lines=np.zeros(2),
            seconds=(1.0, 1.0, 1.0),
            attempts=1,
        )
