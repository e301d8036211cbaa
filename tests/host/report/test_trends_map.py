"""The map of muscles and patterns: who acts when (P13)."""

from dataclasses import replace

import pytest

from calibration.measured import normal, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.measured_kinds import AttemptMeasures, Measure, MeasureRow
from host.report.trends_map import Acting, Acts, acting, acting_in, left_rest
from host.report.trends_session import SessionMeasures
from tests.host.report.measured_drawn import (
    CHEEK_RIGHT,
    EYE_LEFT,
    EYE_RIGHT,
    FACE,
    attempt,
    measured,
)


@pytest.fixture(scope="module")
def attempts() -> tuple[AttemptMeasures, ...]:
    made, first = [], 0
    for _ in range(3):
        made.append(attempt(first=first))
        first = made[-1][-1].first + len(made[-1][-1])
    return tuple(replace(one, rows=tuple(map(led, one.rows))) for one in measured(*made))


def led(row: MeasureRow) -> MeasureRow:
    """Return a row with the onset of the right cheek, which no drawn frame tells of."""
    if row.measure is Measure.ONSET and row.channel == CHEEK_RIGHT:
        return replace(row, measured=normal(0.15, 0.02**2, "s"))
    return row


def acts(one: Acting, channel: int) -> Acts:
    return next(own for own in one.muscles if own.channel == channel)


def test_p13_the_map_says_who_acts_and_how_late(attempts: tuple[AttemptMeasures, ...]) -> None:
    found = acting_in(attempts, "right")
    eye, other = acts(found, EYE_RIGHT), acts(found, EYE_LEFT)
    assert eye.level.value == pytest.approx(0.2, abs=0.01)
    # Both rise on a straight line, the eye to a quarter of the cheek: it crosses the line later.
    assert eye.after_target.known
    assert eye.after_target.value > 0.0
    assert (eye.share.value, other.share.value) == (1.0, 0.0)
    assert other.level.value == pytest.approx(0.04, abs=0.01)


def test_p1_all_muscles_of_both_sides_are_in_the_map_with_their_roles(
    attempts: tuple[AttemptMeasures, ...],
) -> None:
    found = acting_in(attempts, "right")
    assert [(one.muscle, one.side) for one in found.muscles] == [
        (site.muscle, site.side.value) for site in FACE.sites if site.side is not None
    ]
    roles = {one.muscle: one.role for one in found.muscles}
    assert roles == {"OOC": Role.QUIET, "ZYG": Role.TARGET}


def test_p13_the_leading_muscle_comes_after_nobody(attempts: tuple[AttemptMeasures, ...]) -> None:
    cheek = acts(acting_in(attempts, "right"), CHEEK_RIGHT)
    assert cheek.onset.known
    assert not cheek.after_target.known


def test_a_share_of_few_attempts_is_not_sure(attempts: tuple[AttemptMeasures, ...]) -> None:
    share = left_rest(attempts, EYE_RIGHT)
    assert share.high == 1.0
    assert 0.3 < share.low < 0.6


def test_a_muscle_that_is_not_known_neither_acted_nor_stayed(
    attempts: tuple[AttemptMeasures, ...],
) -> None:
    lost = [
        replace(
            one,
            rows=tuple(
                replace(row, measured=unknown("", "lost"))
                if row.measure is Measure.ACTIVATION
                else row
                for row in one.rows
            ),
        )
        for one in attempts
    ]
    assert not left_rest(lost, EYE_RIGHT).known
    assert left_rest([*lost[:2], attempts[2]], EYE_RIGHT).n == 1


def test_p13_the_newest_session_of_each_pattern_counts(
    attempts: tuple[AttemptMeasures, ...],
) -> None:
    def session(name: str, own: tuple[AttemptMeasures, ...]) -> SessionMeasures:
        return SessionMeasures(name=name, created="", affected=Side.RIGHT, attempts=own, resting={})

    pucker = (replace(attempts[0], pattern="pucker"),)
    found = acting([session("first", attempts), session("second", pucker)])
    assert [(one.pattern, one.session, one.attempts) for one in found] == [
        ("gentle closed smile", "first", 3),
        ("pucker", "second", 1),
    ]
    assert acting([]) == ()
