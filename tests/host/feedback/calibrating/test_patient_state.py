"""What the patient's part of the calibration page shows."""

from dataclasses import replace

import pytest

from calibration.muscles import Side
from host.acquisition.source import Link, LinkState
from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.calibrating.patient_state import divided, patient_state
from host.session.calibrating.view import CoursePhase
from tests.host.feedback.calibrating.moments import (
    REST,
    SIDE_CHECK,
    SILENT,
    STEPS,
    WEAK,
    done,
    flawed,
    judged,
    moment,
    view,
)

CHEEK = ("ZYG", Side.RIGHT)


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        (
            "Smile gently, lips closed, right side, 2 of 10",
            ("", "Smile gently, lips closed", "right side, 2 of 10"),
        ),
        (
            "Next: smile gently, lips closed, left side only",
            ("Next", "Smile gently, lips closed", "left side only"),
        ),
        (
            "Frown softly, left side, slowly up to 2 of 10",
            ("", "Frown softly", "left side, slowly up to 2 of 10"),
        ),
        ("Frown softly, 2 of 10", ("", "Frown softly", "2 of 10")),
        ("Let your face rest", ("", "Let your face rest", "")),
        ("Let go", ("", "Let go", "")),
    ],
)
def test_a_prompt_says_what_first_then_which_side_and_how_gently_p8(
    prompt: str, parts: tuple[str, str, str]
) -> None:
    assert divided(prompt) == parts


def test_what_is_to_be_done_stands_there_in_the_same_words_before_it_begins() -> None:
    before = patient_state(moment(view(phase=CoursePhase.PREPARE, hold=1)))
    during = patient_state(moment(view(hold=1)))
    assert (before.prompt, before.detail) == (during.prompt, during.detail)
    assert (before.ahead, during.ahead) == ("Next", "")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.title)
def test_no_prompt_loses_a_word(step: object) -> None:
    number = [one.title for one in STEPS].index(getattr(step, "title", ""))
    state = patient_state(moment(view(number)))
    assert ", ".join(filter(None, (state.prompt, state.detail))) == STEPS[number].prompt


def test_the_hold_is_counted_where_there_are_several() -> None:
    assert patient_state(moment()).count == "Hold 2 of 3"
    assert patient_state(moment(view(phase=CoursePhase.PREPARE))).count == "3 times"
    assert patient_state(moment(view(phase=CoursePhase.PAUSE))).count == "Next: hold 2 of 3"
    assert patient_state(moment(judged())).count == ""
    assert patient_state(moment(view(REST))).count == ""


def test_seconds_are_whole_and_never_nought() -> None:
    assert patient_state(moment()).seconds == "3 s"
    assert patient_state(moment(replace(view(), seconds_left=0.02))).seconds == "1 s"
    assert patient_state(moment(replace(view(), seconds_left=0.0))).seconds == ""


def test_the_face_marks_what_is_asked_on_the_side_that_is_asked() -> None:
    face = patient_state(moment()).face
    assert face.target == {("ZYG", side) for side in Side}
    assert not face.lit
    assert not face.calm
    assert patient_state(moment(view(SIDE_CHECK))).face.target == {CHEEK}


def test_at_rest_all_muscles_rest() -> None:
    face = patient_state(moment(view(REST))).face
    assert face.calm == {(code, side) for code in ("OOC", "ZYG") for side in Side}
    assert not face.target


def test_an_electrode_that_is_not_good_is_dashed_and_never_lit() -> None:
    face = patient_state(moment(replace(view(), channels=flawed(3)))).face
    assert face.unknown == {CHEEK}
    assert face.target == {("ZYG", Side.LEFT)}
    resting = patient_state(moment(replace(view(REST), channels=flawed(3)))).face
    assert CHEEK not in resting.calm


def test_in_a_break_nothing_is_asked() -> None:
    assert patient_state(moment(view(phase=CoursePhase.PAUSED))).face.blank


def test_while_the_therapist_decides_the_patient_is_told_to_wait() -> None:
    assert patient_state(moment(judged(WEAK))).detail == "One moment, please"
    assert patient_state(moment(judged())).detail == ""


def test_while_no_samples_come_a_calm_sentence_stands_in_place_of_the_prompt() -> None:
    state = patient_state(replace(moment(), link=SILENT))
    assert state.interruption == "Rest now. Nothing is measured for a moment. It goes on by itself."
    assert (state.prompt, state.seconds, state.pace.ball) == ("", "", None)
    assert len(state.face.unknown) == 4
    silent = replace(moment(), link=LinkState(link=Link.RECONNECTING))
    assert patient_state(silent).interruption == state.interruption


def test_what_went_wrong_is_not_for_the_patient_to_read() -> None:
    failed = replace(moment(), error="The board sends 263.3 samples per second.", over=True)
    assert patient_state(failed).interruption == "Rest now. Nothing is measured any more."
    assert patient_state(replace(moment(), over=True)) == patient_state(failed)
    port = LinkState(link=Link.SILENT, message="/dev/ttyUSB0 is gone.")
    assert "tty" not in patient_state(replace(moment(), link=port)).interruption


def test_the_end_is_no_interruption() -> None:
    ended = replace(moment(done()), over=True, concluded=Concluded(sentence="No profile."))
    assert patient_state(ended).interruption == ""
    assert "worked out" in patient_state(replace(moment(), concluding=True)).interruption


def test_before_the_source_is_connected_it_takes_a_moment() -> None:
    assert patient_state(Moment()).interruption == "One moment."
    connecting = replace(SILENT, link=Link.CONNECTING)
    assert patient_state(Moment(link=connecting)).interruption == "One moment."
