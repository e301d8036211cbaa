"""One session as trends see it: ratios of pairs, their logarithms, and what is left out."""

from dataclasses import replace
from math import exp, log

import pytest

from benchmarks.learning_drawn import drawn_course
from calibration.measured import Measured, normal, pooled, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.measured_kinds import AttemptMeasures
from host.report.trends_session import (
    AT_REST,
    NOT_PRACTISED,
    Pair,
    SessionMeasures,
    levels_over,
    quiet_in_all,
    ratios_of,
    together,
)

SMILE = "gentle closed smile"
EYE = Pair(pattern=SMILE, muscle="OOC", side="right", target="ZYG")


def ratios(*values: float, half: float = 0.02) -> list[Measured]:
    return [normal(value, (half / 1.96) ** 2, "") for value in values]


@pytest.fixture
def session() -> SessionMeasures:
    return drawn_course(1, falls=0.0, sessions=1)[0]


def changed(session: SessionMeasures, muscle: str, **changes: object) -> SessionMeasures:
    """Return a session whose affected muscle is another in its first attempt at the smile."""
    first = session.attempts[0]
    rows = tuple(
        replace(row, **changes)  # type: ignore[arg-type]
        if (row.muscle, row.side) == (muscle, "right")
        else row
        for row in first.rows
    )
    attempts: tuple[AttemptMeasures, ...] = (replace(first, rows=rows), *session.attempts[1:])
    return replace(session, attempts=attempts)


def test_every_pair_has_its_ratio_in_every_attempt(session: SessionMeasures) -> None:
    found = ratios_of(session)
    assert len(found[EYE]) == 4
    assert found[EYE][0].value == pytest.approx(0.65, rel=0.5)
    assert {pair.side for pair in found} == {"left", "right"}


def test_t3_a_level_is_the_logarithm_of_the_mean_ratio() -> None:
    (level,) = levels_over([ratios(0.4, 0.5, 0.6)])
    assert level.ratio == pooled(ratios(0.4, 0.5, 0.6))
    assert level.log.value == pytest.approx(log(0.5))
    assert level.variance == pytest.approx(0.2**2 / 3.0)
    # The interval is that of t with two degrees of freedom.
    assert level.log.half_width == pytest.approx(4.302653 * 0.2 / 3.0**0.5, rel=1e-5)


def test_p11_attempts_scatter_alike_in_all_sessions_of_a_person() -> None:
    lucky, usual = levels_over([ratios(0.5, 0.5, 0.5), ratios(0.4, 0.5, 0.6)])
    assert lucky.variance == usual.variance > 0.0
    alone = levels_over([ratios(0.5)])[0]
    assert alone.variance == pytest.approx((0.02 / 1.96 / 0.5) ** 2)


def test_the_scatter_is_never_less_than_the_attempts_own_intervals_allow() -> None:
    (level,) = levels_over([ratios(0.5, 0.5, half=0.2)])
    assert level.variance == pytest.approx((0.2 / 1.96 / 0.5) ** 2 / 2)


def test_unknown_is_never_quiet_nor_a_logarithm() -> None:
    nothing, rest, lost = levels_over(
        [[], ratios(-0.02, 0.01), [unknown("", "the signal was lost")]]
    )
    assert nothing.log.reason == nothing.ratio.reason == NOT_PRACTISED
    assert rest.log.reason == AT_REST
    assert rest.ratio.known
    assert "the signal was lost" in lost.log.reason


def test_p14_the_quiet_muscles_of_an_attempt_are_seen_together(session: SessionMeasures) -> None:
    found = together(session, SMILE, {"OOC", "PLA"})
    eye, neck = (ratios_of(session)[replace(EYE, muscle=code)][0].value for code in ("OOC", "PLA"))
    assert len(found) == 4
    assert found[0].value == pytest.approx((eye + neck) / 2.0)


def test_an_attempt_with_an_unknown_muscle_is_left_out(session: SessionMeasures) -> None:
    lost = changed(session, "OOC", measured=unknown("", "lost"))
    assert len(together(lost, SMILE, {"OOC", "PLA"})) == 3
    assert len(together(lost, SMILE, {"PLA"})) == 4


def test_muscles_whose_role_was_changed_tell_no_change_together(session: SessionMeasures) -> None:
    other = changed(session, "OOC", role=Role.TOLERATED)
    assert quiet_in_all([session], SMILE) == {"OOC", "PLA"}
    assert quiet_in_all([session, other], SMILE) == {"PLA"}
    assert quiet_in_all([session], "frown") == frozenset()


def test_a_session_is_calibrated_where_all_of_it_is(session: SessionMeasures) -> None:
    assert session.calibrated
    bare = replace(session.attempts[0], calibrated=False)
    assert not replace(session, attempts=(bare, *session.attempts[1:])).calibrated
    assert not replace(session, attempts=()).calibrated
    assert session.affected is Side.RIGHT
    assert exp(levels_over([ratios_of(session)[EYE]])[0].log.value) == pytest.approx(0.65, rel=0.4)
