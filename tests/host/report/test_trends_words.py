"""Change in words: never without its interval, and never more than can be told (P11)."""

import re
from dataclasses import replace
from math import inf, log

import pytest

from benchmarks.learning_drawn import drawn_course
from calibration.measured import Measured, unknown
from host.report.trends import trends_of
from host.report.trends_line import Line
from host.report.trends_words import change_words, percent_words, slope_words, trend_lines

WORKOUT = re.compile(r"exercise|\breps?\b|\bpoints?\b|fail|wrong|\bbad\b|score", re.IGNORECASE)


def change(percent: float, low: float, high: float) -> Measured:
    ends = [log(1.0 + each / 100.0) for each in (percent, low, high)]
    return Measured(value=ends[0], low=ends[1], high=ends[2], unit="ln", n=4.0)


def test_p11_a_fall_is_said_with_its_interval() -> None:
    said = change_words(change(-18, -30, -4), "than last time")
    assert said == "less involved than last time: −18 % (−30 … −4)"


def test_p11_a_rise_is_said_as_calmly() -> None:
    said = change_words(change(20, 5, 40), "than in the first bout")
    assert said == "more involved than in the first bout: +20 % (+5 … +40)"


def test_p11_what_may_be_no_change_cannot_be_told() -> None:
    assert change_words(change(-5, -30, 25), "than last time") == (
        "cannot be told yet: −5 % (−30 … +25)"
    )
    assert change_words(unknown("ln", "the signal was lost"), "than last time") == (
        "cannot be told yet: the signal was lost"
    )


def test_a_bound_that_tells_a_change_is_never_called_nought() -> None:
    assert percent_words(change(-8, -15, -0.3)) == "−8 % (−15 … −0.3)"
    assert percent_words(change(-8, -15, 0.3)) == "−8 % (−15 … 0)"


def test_a_bound_that_nobody_knows_is_a_question() -> None:
    open_above = Measured(value=0.0, low=-inf, high=inf, unit="ln")
    assert percent_words(open_above) == "0 % (−100 … ?)"


def test_a_slope_is_per_session() -> None:
    line = Line(slope=change(-20, -26, -13), between=0.1)
    assert slope_words(line) == "falls, −20 % (−26 … −13) per session"


@pytest.mark.parametrize("falls", [0.0, 0.2])
def test_p2_the_report_of_all_sessions_has_no_workout_words(falls: float) -> None:
    text = "\n".join(trend_lines(trends_of(drawn_course(4, falls=falls))))
    assert not WORKOUT.search(text)
    assert text.startswith("5 sessions, 2026-02-01 to")
    together = "falls, −" if falls else "cannot be told yet: "
    assert f"all together: {together}" in text
    assert "by chance alone" in text


def test_p4_a_quieter_side_is_said_to_be_at_ease() -> None:
    resting = {("ZYG", "right"): 1.5, ("ZYG", "left"): 1.0}
    sessions = [replace(one, resting=resting) for one in drawn_course(4, falls=0.0)]
    text = "\n".join(trend_lines(trends_of(sessions)))
    assert "A quieter side is at ease, and does not drop" in text
    assert "cheek: 1.5 1.5 1.5 1.5 1.5 × the other side" in text


def test_one_session_is_no_trend_and_says_so() -> None:
    text = "\n".join(trend_lines(trends_of(drawn_course(4, falls=0.2)[:1])))
    assert "a trend needs three sessions" in text
    assert "by chance" not in text
