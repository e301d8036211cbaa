"""A bout in words that both people can read: calm, exact, and never praise (P2, P8)."""

import re
from dataclasses import replace

import pytest

from calibration.measured import Measured
from host.report.bout_report import BoutReport, bout_report
from host.report.bout_words import bout_headline, bout_lines, bout_sections
from host.session.practising.tried import AttemptResult
from tests.host.report.bout_drawn import answered, practised

WORKOUT = re.compile(
    r"exercise|\breps?\b|\bpoints?\b|fail|wrong|\bbad\b|good|great|best|record", re.IGNORECASE
)


def section(report: BoutReport, title: str) -> tuple[str, ...]:
    return next((one.lines for one in bout_sections(report) if one.title == title), ())


@pytest.fixture(scope="module")
def report() -> BoutReport:
    answers = [None, None, answered(eye_felt=False)]
    return bout_report(practised((0.6, 0.61), (0.3, 0.31, 0.1), felt=answers), 2)


def test_p2_nothing_praises_blames_or_counts_points(report: BoutReport) -> None:
    text = "\n".join(bout_lines(report))
    assert not WORKOUT.search(text)
    assert text.startswith("Bout 2: gentle closed smile, 3 attempts")


def test_p14_what_came_along_is_said_with_how_often_and_how_much(report: BoutReport) -> None:
    (eye,) = section(report, "What came along")
    assert re.fullmatch(r"Eye: in 2 of 3 attempts; .*at 0\.\d+ \(.* to .*\) of its level\.", eye)


def test_p14_what_stayed_quiet_is_named() -> None:
    assert section(bout_report(practised((0.1,)), 1), "What stayed quiet") == ("Eye.",)


def test_p12_letting_go_is_told_for_each_side(report: BoutReport) -> None:
    (eye,) = [line for line in section(report, "Letting go") if line.startswith("Eye")]
    assert "right after" in eye
    assert "left at rest 10 s later" in eye


def test_p17_left_and_right_are_compared(report: BoutReport) -> None:
    (cheek,) = [line for line in section(report, "Left and right") if line.startswith("Cheek")]
    assert "left less right 0.0" in cheek


def test_p6_what_was_not_felt_is_said_without_blame(report: BoutReport) -> None:
    head, eye = section(report, "Felt and measured")
    assert head.startswith("Both said the same 1 of 2 times (")
    assert eye == "Eye: moved without being felt 1 ×."


def test_p11_change_is_said_with_its_interval(report: BoutReport) -> None:
    lines = section(report, "Change")
    assert "Nothing to compare with yet: no earlier session practised this pattern." in lines
    said = [line for line in lines if line.startswith("Eye: ")]
    assert re.fullmatch(r"Eye: .* % \(.* … .*\)\.", said[0])


def test_what_is_left_out_is_said_with_its_reason() -> None:
    made = practised((0.2, 0.2))
    left = replace(
        made.tried[1],
        result=AttemptResult.NOT_SCORED,
        reason="The eye had no signal.",
        left_out=0.5,
    )
    report = bout_report(replace(made, tried=(made.tried[0], left)), 1)
    assert section(report, "Left out") == (
        "1 attempt: The eye had no signal.",
        "25% of the quiet muscles' time, without a signal.",
    )
    assert bout_headline(report).endswith("2 attempts, 1 of them scored")


def test_a_moment_before_the_leading_muscle_is_earlier(report: BoutReport) -> None:
    eye = next(one for one in report.muscles if one.judged)
    assert eye.acts is not None
    early = Measured(value=-0.2, low=-0.3, high=-0.1, unit="s")
    acts = replace(eye.acts, after_target=early)
    changed = replace(report, muscles=(replace(eye, acts=acts),))
    assert (
        "0.2 s (0.1 to 0.3) earlier than the leading muscle"
        in section(changed, "What came along")[0]
    )
