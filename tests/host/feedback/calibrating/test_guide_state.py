"""What the therapist's column shows."""

from dataclasses import replace

import pytest

from host.feedback.calibrating.guide_state import Offers, guide_state, step_meant, told_once
from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.moment import Moment
from host.recording.state import RecordingState
from host.session.calibrating.view import CalibrationView, CoursePhase, StepState
from tests.host.feedback.calibrating.moments import (
    CHEEK_BOTH,
    REST,
    SILENT,
    STEPS,
    SWAPPED,
    WEAK,
    done,
    judged,
    moment,
    view,
)


def offers(shown: CalibrationView, chosen: int | None = None) -> Offers:
    """Return the buttons."""
    return guide_state(moment(shown), chosen=chosen).offers


def test_it_says_what_runs_and_what_the_therapist_says() -> None:
    state = guide_state(moment())
    assert state.title == "Cheek, both sides"
    assert state.say == STEPS[CHEEK_BOTH].therapist
    assert guide_state(moment(done())).title == "All done"


def test_each_state_of_a_step_has_a_mark_of_its_own() -> None:
    rows = tuple(
        replace(one, state=state) for one, state in zip(view().steps, StepState, strict=False)
    )
    shown = guide_state(moment(replace(view(), steps=rows, step=0))).steps
    assert [row.mark for row in shown] == [
        Mark.AHEAD,
        Mark.RUNNING,
        Mark.GOOD,
        Mark.FINDING,
        Mark.SKIPPED,
    ]
    assert [row.current for row in shown] == [True, False, False, False, False]
    assert shown[3].spoken == f"{rows[3].title}: with finding"


def test_in_the_middle_of_a_step_nobody_can_go_on() -> None:
    state = offers(view())
    assert not state.go_on.possible
    assert state.pause.possible
    assert state.repeat.possible
    assert state.skip.possible


def test_a_finding_advises_to_repeat_and_lets_go_on_all_the_same() -> None:
    state = offers(judged(WEAK))
    assert (state.go_on.words, state.go_on.possible) == ("Go on all the same", True)
    assert state.repeat.advised
    assert not state.go_on.advised
    assert not state.pause.possible


def test_swapped_sides_advise_to_begin_again() -> None:
    state = offers(judged(SWAPPED))
    assert state.begin_again.advised
    assert not state.repeat.advised
    assert not state.go_on.advised


def test_after_a_break_going_on_is_advised() -> None:
    paused = replace(view(phase=CoursePhase.PAUSED), waiting=True)
    state = offers(paused)
    assert state.go_on.advised
    assert not state.pause.possible


def test_at_the_end_only_steps_can_be_done_again() -> None:
    state = offers(done())
    assert state.repeat.possible
    assert state.begin_again.possible
    offered = (state.go_on.possible, state.skip.possible, state.pause.possible)
    assert offered == (False, False, False)


def test_the_buttons_say_that_they_are_about_the_chosen_step() -> None:
    state = offers(done(), chosen=REST)
    assert (state.repeat.words, state.skip.words) == ("Repeat chosen", "Skip chosen")
    assert state.skip.possible


def test_the_chosen_step_is_meant_else_the_running_one_else_the_last() -> None:
    assert step_meant(view(), REST) == REST
    assert step_meant(view(REST), None) == REST
    assert step_meant(done(), None) == CHEEK_BOTH
    left_out = replace(done().steps[-1], state=StepState.SKIPPED)
    assert step_meant(replace(done(), steps=(*done().steps[:-1], left_out)), None) == CHEEK_BOTH - 1


def test_what_was_found_often_is_told_once() -> None:
    (one,) = told_once((WEAK, replace(WEAK, start=20), replace(WEAK, start=30)))
    assert one.sentence == f"{WEAK.sentence} 3 times."
    assert one.advice == WEAK.advice
    assert [found.sentence for found in told_once((WEAK, SWAPPED))] == [
        WEAK.sentence,
        SWAPPED.sentence,
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(3.4, "About 3 minutes left"), (1.2, "About 1 minute left"), (0.3, "Under a minute left")],
)
def test_the_time_that_is_left_is_told_in_whole_minutes(minutes: float, said: str) -> None:
    assert guide_state(moment(replace(view(), minutes_left=minutes))).left == said


def test_when_it_has_ended_no_button_does_anything() -> None:
    for ended in (replace(moment(), error="off", over=True), replace(moment(), over=True)):
        assert guide_state(ended).offers == Offers()
    assert guide_state(replace(moment(), over=True)).say == "Nothing is measured any more."


def test_the_therapist_reads_in_full_why_nothing_is_measured() -> None:
    for begun in (moment(), Moment()):
        stopped = replace(begun, error="The board is off.")
        state = guide_state(replace(stopped, over=True))
        assert state.say == "Nothing is measured any more."
        (said,) = state.findings
        assert (said.sentence, said.advice) == ("The calibration has stopped.", "The board is off.")
    for silent in (replace(moment(), link=SILENT), Moment(link=SILENT)):
        assert "goes on by itself" in guide_state(silent).say
        assert [one.advice for one in guide_state(silent).findings] == [SILENT.message]
    assert not guide_state(Moment()).findings, "it is only being reached"
    working = guide_state(replace(moment(), concluding=True))
    assert (working.say, working.findings) == (STEPS[CHEEK_BOTH].therapist, ())


def test_the_recording_is_told_as_it_is() -> None:
    assert (guide_state(moment()).recording, guide_state(moment()).recording_light) == (
        "Recording",
        True,
    )
    full = guide_state(replace(moment(), recording=RecordingState(message="The disk is full.")))
    assert (full.recording, full.recording_light, full.recording_wrong) == (
        "The disk is full.",
        False,
        True,
    )
    assert guide_state(replace(moment(), recording=RecordingState())).recording == ""
