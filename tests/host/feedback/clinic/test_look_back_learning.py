"""Five appointments of a simulated patient in the look back: who learns, and who does not."""

from collections.abc import Sequence
from dataclasses import replace

from calibration.montage import montages
from host.acquisition.simulated.learning import Learner
from host.acquisition.simulated.synkinesis import Coupling
from host.feedback.clinic.look_back_grid_state import SessionsState, TrendCell
from host.feedback.clinic.look_back_sessions_state import trends_state
from host.report.trends import trends_of
from host.report.trends_line import Verdict
from host.report.trends_session import SessionMeasures
from host.report.trends_simulated import Appointment, course_of

SMILE = "gentle closed smile"
SHORT = Appointment(montage=montages()["face-4"], patterns=(SMILE,), attempts=3)
LEARNER = Learner(
    seed=2,
    falls=0.25,
    couplings=(Coupling(target="ZYG", quiet="OOC", severity=0.6, common=0.1),),
)


def shown(sessions: Sequence[SessionMeasures]) -> tuple[SessionsState, TrendCell]:
    """Return what is shown, and the picture of the eye in a smile."""
    state = trends_state(trends_of(sessions))
    cell = state.grid.cells[0][state.grid.columns.index("Eye")]
    assert isinstance(cell, TrendCell)
    return state, cell


def test_p15_who_learns_is_shown_less_involved_with_an_interval_without_no_change() -> None:
    state, eye = shown(course_of(LEARNER, 5, SHORT))
    assert state.head.startswith("Unwanted muscles are less involved each session: −")
    assert (eye.verdict, eye.said) == (Verdict.FALLS, "less involved")
    assert "+" not in eye.numbers
    assert len(eye.points) == 5
    assert eye.points[-1].height < eye.points[0].height


def test_p11_of_who_does_not_learn_no_change_can_be_told() -> None:
    state, eye = shown(course_of(replace(LEARNER, falls=0.0), 5, SHORT))
    assert "cannot be told yet" in state.head
    assert (eye.verdict, eye.said) == (Verdict.OPEN, "cannot be told yet")
    assert eye.numbers.count("−") + eye.numbers.count("+") >= 2
