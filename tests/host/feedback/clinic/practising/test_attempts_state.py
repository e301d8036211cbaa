"""The list of attempts: what became of each, why, and how much is not known."""

import pytest

from host.feedback.clinic.practising.attempts_state import attempt_rows, bout_sentence
from host.report.outcomes import Verdict
from host.session.practising.tried import Agreement, AttemptResult, FeltMuscle
from tests.host.feedback.clinic.practising.moments import tried, view


def test_the_newest_attempt_stands_first() -> None:
    rows = attempt_rows(view(attempts=(tried(), tried(index=2))))
    assert [row.title for row in rows] == ["2 · stayed quiet", "1 · stayed quiet"]


def test_an_attempt_says_why_and_how_much_was_left_out() -> None:
    one = tried(AttemptResult.ALONG, reason="Eye came along.", left_out=0.123, feedback=False)
    (row,) = attempt_rows(view(attempts=(one,)))
    assert row.detail == "Eye came along. 12 % not known. Without feedback."
    assert row.verdict is Verdict.ALONG


def test_p6_what_was_felt_stands_beside_what_was_measured() -> None:
    told = Agreement(muscles=(FeltMuscle(muscle="OOC", felt=True, measured=True),))
    (row,) = attempt_rows(view(attempts=(tried(agreement=told),)))
    assert "Felt as measured in 1 of 1." in row.detail


@pytest.mark.parametrize("result", [AttemptResult.NOT_SCORED, AttemptResult.LEFT_OUT])
def test_what_is_not_scored_has_no_verdict(result: AttemptResult) -> None:
    (row,) = attempt_rows(view(attempts=(tried(result),)))
    assert row.verdict is None


def test_p14_a_bout_is_summed_up_by_quiet_and_says_what_it_left_out() -> None:
    done = (tried(), tried(AttemptResult.ALONG), tried(AttemptResult.LEFT_OUT))
    assert bout_sentence(done) == "1 of 2 stayed quiet. 1 not scored."
    assert bout_sentence(()) == "No attempt yet."
