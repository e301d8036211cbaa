"""Trends over drawn sessions: who learns shows it, and who does not shows nothing (P11, P15)."""

from dataclasses import replace
from math import log

import pytest

from benchmarks.learning_drawn import PAIRS, drawn_course
from calibration.muscles import Side
from host.report.trends import Trends, overall, pattern_courses, trends_of
from host.report.trends_line import Verdict
from host.report.trends_session import SessionMeasures

PEOPLE = 120


def verdict(seed: int, falls: float) -> Verdict:
    return overall(pattern_courses(drawn_course(seed, falls=falls))).verdict


@pytest.fixture(scope="module")
def learner() -> Trends:
    return trends_of(drawn_course(4, falls=0.2))


def test_p15_a_learner_shows_a_fall_that_excludes_no_change(learner: Trends) -> None:
    assert learner.verdict is Verdict.FALLS
    slope = learner.overall.slope
    assert slope.low <= log(0.8) <= slope.high < 0.0
    assert [one.pattern for one in learner.patterns] == list(dict.fromkeys(p for p, *_ in PAIRS))


def test_p15_every_muscle_of_the_affected_side_has_its_course(learner: Trends) -> None:
    pairs = [(one.pair.pattern, one.pair.target, one.pair.muscle) for one in learner.courses]
    assert pairs == [(pattern, target, quiet) for pattern, target, quiet, _ in PAIRS]
    assert {one.pair.side for one in learner.courses} == {"right"}
    assert all(len(one.levels) == 5 for one in learner.courses)


def test_t3_the_affected_side_is_compared_with_the_other_by_logarithms(learner: Trends) -> None:
    course = learner.courses[0]
    first = course.to_other[0]
    own = course.levels[0].log
    assert (first.unit, first.known) == ("ln", True)
    # The other side's ratio is 0.08, with the scatter of attempts and electrodes.
    assert own.value - first.value == pytest.approx(log(0.08), abs=0.5)
    assert course.line_to_other.slope.value == pytest.approx(log(0.8), abs=0.15)


def test_p11_those_who_do_not_learn_seldom_show_a_change() -> None:
    verdicts = [verdict(seed, 0.0) for seed in range(PEOPLE)]
    false = PEOPLE - verdicts.count(Verdict.OPEN)
    # 5 % are 6; 11 or more would come by chance once in forty times at that rate.
    assert false <= 10


def test_those_who_learn_are_found_nearly_always() -> None:
    verdicts = [verdict(seed, 0.2) for seed in range(30)]
    assert verdicts.count(Verdict.FALLS) >= 27


def test_a_session_that_left_a_pattern_out_keeps_its_place() -> None:
    sessions = list(drawn_course(4, falls=0.2))
    smile = tuple(one for one in sessions[2].attempts if one.pattern != "pucker")
    sessions[2] = replace(sessions[2], attempts=smile)
    found = trends_of(sessions)
    pucker = next(one for one in found.patterns if one.pattern == "pucker")
    assert [level.log.known for level in pucker.levels] == [True, True, False, True, True]
    assert found.verdict is Verdict.FALLS


def test_p4_resting_tone_is_compared_between_the_sides() -> None:
    def rested(session: SessionMeasures, right_uv: float) -> SessionMeasures:
        return replace(session, resting={("ZYG", "right"): right_uv, ("ZYG", "left"): 1.0})

    sessions = [
        rested(one, level)
        for one, level in zip(drawn_course(4, falls=0.0), (1.6, 1.59, 1.61, 1.6, 1.6), strict=True)
    ]
    (cheek,) = trends_of(sessions).resting
    assert cheek.to_other[0].value == pytest.approx(log(1.6))
    assert cheek.line.verdict is Verdict.OPEN
    silent = trends_of([rested(one, 0.0) for one in sessions]).resting[0]
    assert not silent.to_other[0].known


def test_one_session_says_what_it_was_and_no_trend() -> None:
    found = trends_of(drawn_course(4, falls=0.2)[:1])
    assert found.verdict is Verdict.OPEN
    assert found.courses[0].levels[0].ratio.known


def test_sessions_of_no_one_or_of_two_sides_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        trends_of([])
    one, other = drawn_course(4, falls=0.2)[:2]
    with pytest.raises(ValueError, match="same affected side"):
        trends_of([one, replace(other, affected=Side.LEFT)])
