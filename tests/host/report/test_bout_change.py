"""Change since the first bout and since the last session, with its interval (P11, T3)."""

from math import log

import pytest

from host.report.bout_change import FIRST, NEVER, BoutChange, changes
from host.report.trends_line import Verdict, verdict_of
from host.report.trends_session import SessionMeasures
from tests.host.report.bout_drawn import practised


def session(*eyes: float) -> SessionMeasures:
    """Return an earlier session in which the right eye came along so far."""
    made = practised(eyes)
    return SessionMeasures(
        name="before", created="", affected=made.affected, attempts=made.measures, resting={}
    )


def eye(found: tuple[BoutChange, ...]) -> BoutChange:
    return next(one for one in found if one.muscle == "OOC")


def test_p11_a_bout_is_compared_with_the_first_of_its_pattern() -> None:
    found = eye(changes(practised((0.6, 0.62, 0.58), (0.3, 0.31, 0.29)), 2, ()))
    assert found.since_first.value == pytest.approx(log(0.5), abs=0.02)
    assert verdict_of(found.since_first) is Verdict.FALLS


def test_p11_one_attempt_more_or_less_is_no_change() -> None:
    found = eye(changes(practised((0.3, 0.6, 0.45), (0.5, 0.3, 0.6)), 2, ()))
    assert verdict_of(found.since_first) is Verdict.OPEN


def test_the_first_bout_and_the_first_session_have_nothing_before_them() -> None:
    found = eye(changes(practised((0.6,)), 1, ()))
    assert (found.since_first.reason, found.since_last.reason) == (FIRST, NEVER)


def test_t3_sessions_are_compared_by_logarithms_with_what_new_electrodes_do() -> None:
    bout = practised((0.3, 0.31, 0.29), (0.3, 0.31, 0.29))
    found = eye(changes(bout, 2, [session(0.6, 0.62, 0.58)]))
    assert found.since_last.value == pytest.approx(log(0.5), abs=0.02)
    assert verdict_of(found.since_last) is Verdict.FALLS
    # Electrodes were put on anew: less sure than within a session.
    assert found.since_last.half_width > found.since_first.half_width


def test_a_small_change_between_sessions_may_come_from_the_electrodes() -> None:
    bout = practised((0.5, 0.51, 0.49))
    found = eye(changes(bout, 1, [session(0.6, 0.61, 0.59)]))
    assert verdict_of(found.since_last) is Verdict.OPEN


def test_the_newest_session_that_practised_the_pattern_counts() -> None:
    bout, early, late = practised((0.3, 0.3)), session(0.6, 0.6), session(0.3, 0.3)
    empty = SessionMeasures(
        name="other", created="", affected=bout.affected, attempts=(), resting={}
    )
    found = eye(changes(bout, 1, [early, late, empty]))
    assert found.since_last.value == pytest.approx(0.0, abs=0.01)


def test_all_quiet_muscles_come_first_together() -> None:
    found = changes(practised((0.6, 0.6), (0.3, 0.3)), 2, ())
    assert found[0].muscle == ""
    assert found[0].since_first.value == pytest.approx(log(0.5), abs=0.02)
