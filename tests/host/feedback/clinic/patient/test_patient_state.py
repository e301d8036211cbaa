"""What the patient's window shows: only what helps in this second."""

from dataclasses import replace

import numpy as np
import pytest

from host.acquisition.source import Link
from host.clinic.plan import FeedbackMode
from host.feedback.clinic.patient.patient_state import Middle, patient_state
from host.recording.state import RecordingState
from host.session.practising.tried import Agreement, FeltMuscle
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from tests.host.feedback.clinic.practising.moments import moment, tried, view
from tests.host.session.practising.bench import CHEEK_LEFT, EYE, EYE_LEFT, FACE

RIGHT = FACE.affected


def test_p3_bars_are_the_quiet_muscles_of_the_affected_side() -> None:
    shown = patient_state(moment(active=(EYE, EYE_LEFT)))
    assert shown.middle is Middle.BARS
    assert [(bar.muscle, bar.side) for bar in shown.screen.bars] == [("OOC", RIGHT)]
    assert shown.screen.bars[0].over


def test_p5_the_touch_cue_is_drawn_until_it_is_time_to_let_go() -> None:
    for phase in (BoutPhase.SETTLE, BoutPhase.RISE, BoutPhase.HOLD, BoutPhase.REST):
        assert patient_state(moment(view(phase))).face.touch == {("OOC", RIGHT)}
    assert not patient_state(moment(view(BoutPhase.RELEASE))).face.touch


@pytest.mark.parametrize(
    ("practice", "hidden"),
    [
        (view(mode=FeedbackMode.SOUND), False),
        (view(mode=FeedbackMode.FEEL_FIRST, bars=False), False),
        (view(mode=FeedbackMode.FADED, bars=False), False),
        (view(), True),
    ],
)
def test_p6_where_bars_are_hidden_nothing_tells_a_level(
    practice: PracticeView,
    hidden: bool,  # noqa: FBT001
) -> None:
    quiet, along = (
        patient_state(moment(practice, active=active, level=level), hidden=hidden)
        for active, level in (((), 0.0), ((EYE,), 0.9))
    )
    assert quiet == along
    assert quiet.middle is Middle.FACE
    assert quiet.face.touch
    assert not quiet.face.lit
    assert not quiet.face.calm


def test_unknown_is_never_quiet_a_bar_without_a_signal_has_no_height() -> None:
    shown = patient_state(moment(unknown=(EYE,)))
    assert shown.screen.bars[0].fill is None
    assert ("OOC", RIGHT) in shown.face.unknown


def test_a_silent_board_shows_no_bar_at_all() -> None:
    wrong = Trouble(kind=TroubleKind.LINK, sentence="Silent.", advice="")
    shown = patient_state(moment(view(troubles=(wrong,)), link=Link.SILENT))
    assert (shown.middle, shown.loop) == (Middle.WORDS, None)


def test_p6_the_question_is_open_until_it_is_answered() -> None:
    shown = patient_state(moment(view(BoutPhase.ASK)))
    assert shown.middle is Middle.FELT
    assert shown.question is not None
    assert shown.question.measured is None
    assert set(shown.question.choices) == {("OOC", RIGHT), ("ZYG", RIGHT)}
    assert shown.loop is None


def test_p6_then_felt_and_measured_stand_beside_each_other() -> None:
    told = Agreement(
        muscles=(
            FeltMuscle(muscle="OOC", felt=True, measured=False),
            FeltMuscle(muscle="ZYG", felt=False, measured=True),
        )
    )
    shown = patient_state(moment(view(BoutPhase.REVEAL, attempts=(tried(agreement=told),))))
    assert shown.question is not None
    assert shown.question.felt == {("OOC", RIGHT)}
    assert dict(shown.question.measured or ()) == {("OOC", RIGHT): False, ("ZYG", RIGHT): True}


def test_p7_between_bouts_the_room_is_calm() -> None:
    for phase in (BoutPhase.READY, BoutPhase.OVER, BoutPhase.PAUSED, BoutPhase.QUIET):
        shown = patient_state(moment(view(phase)))
        assert (shown.middle, shown.loop, shown.question) == (Middle.WORDS, None, None)


def test_p8_above_the_ceiling_softer_is_the_only_advice() -> None:
    now = moment(view())
    frame = now.view.frame
    assert frame is not None
    strong = np.zeros(4, dtype=np.bool_)
    strong[3] = True
    harder = replace(now, view=replace(now.view, frame=replace(frame, too_strong=strong)))
    assert patient_state(now).said.hint == "hold softly"
    shown = patient_state(harder)
    assert shown.screen.target is not None
    assert shown.screen.target.softer
    assert shown.said.hint == ""


def test_before_the_board_is_reached_there_are_only_words() -> None:
    wrong = Trouble(kind=TroubleKind.CONNECTING, sentence="The board is being reached.", advice="")
    shown = patient_state(moment(PracticeView(troubles=(wrong,)), scene=None))
    assert shown.middle is Middle.WORDS
    assert shown.said.prompt == "One moment"


def test_the_light_is_one_word() -> None:
    assert patient_state(moment()).light.on
    full = patient_state(moment(recording=RecordingState(message="The disk is full.")))
    assert (full.light.on, full.light.words) == (False, "Not recording")
    assert patient_state(moment(recording=RecordingState())).light.words == ""


def test_a_muscle_of_the_other_side_is_no_bar_of_its_own() -> None:
    shown = patient_state(moment(active=(CHEEK_LEFT,)))
    assert not any(bar.over for bar in shown.screen.bars)
