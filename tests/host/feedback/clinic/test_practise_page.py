"""The practice page in the app: keys, the patient's window, editions, and a real session."""

import gc
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.appointment import standing
from host.feedback.clinic.patient.patient_state import Middle
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.practise_state import allowed_today
from host.feedback.clinic.practising.show import THERAPIST_S, Show
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.steps import Step
from host.recording.state import RecordingState
from host.session.practising.view import BoutPhase, PracticeView, Trouble, TroubleKind
from tests.host.feedback.clinic.practising.moments import (
    Pretended,
    moment,
    running,
    tried,
    view,
)
from tests.host.feedback.clinic.rooms import (
    appointment,
    at_practice,
    clinic,
    press,
    profile_of,
    shown,
)
from tests.host.session.practising.bench import FACE, SMILE

K = Qt.Key


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinical:
    return at_practice(qtbot, tmp_path, monkeypatch)


def page(app: Clinical) -> PractisePage:
    assert isinstance(app.page, PractisePage)
    return app.page


def practising(app: Clinical, practice: PracticeView | None = None) -> Pretended:
    """Let pretended practice run on the page."""
    made, worker = running(moment(practice))
    page(app).show_running(made, (SMILE, "pucker"))
    return worker


def test_p16_the_page_cannot_be_opened_without_a_confirmed_plan(tmp_path: Path) -> None:
    now = replace(appointment(clinic(tmp_path)), profile=profile_of("P01"))
    assert standing(Step.PRACTISE, now).possible
    assert now.patient is not None
    unconfirmed = replace(now, patient=replace(now.patient, synkinesis=None))
    assert not standing(Step.PRACTISE, unconfirmed).possible
    assert allowed_today(unconfirmed) == ()
    assert allowed_today(now)


def test_single_keys_reach_the_session(app: Clinical) -> None:
    worker = practising(app)
    for key in (K.Key_T, K.Key_M, K.Key_S, K.Key_P, K.Key_Space):
        press(app, key)
    assert worker.asked == [("touch", None), ("note", ""), "next", "pause", "stop"]


def test_p6_h_hides_the_patients_bars_and_the_therapists_stay(app: Clinical) -> None:
    practising(app)
    assert page(app).room.state.middle is Middle.BARS
    press(app, K.Key_H)
    assert page(app).room.state.middle is Middle.FACE
    assert page(app).part.state.board.rows[0].right is not None
    press(app, K.Key_H)
    assert page(app).room.state.middle is Middle.BARS


def test_a_note_is_written_without_its_letters_being_keys(app: Clinical) -> None:
    worker = practising(app, view(BoutPhase.ASK))
    press(app, K.Key_W)
    press(app, K.Key_A, "she felt tmp")
    assert worker.asked == []
    press(app, K.Key_Return)
    assert worker.asked == [("note", "she felt tmp")]
    assert not page(app).part.note.isVisible()
    press(app, K.Key_T)
    assert worker.asked[-1] == ("touch", None)


def test_p6_the_patient_taps_and_the_therapist_keys_in_the_same_answer(app: Clinical) -> None:
    worker = practising(app, view(BoutPhase.ASK))
    felt = page(app).room.felt
    press(app, K.Key_1)
    assert felt.face.value() == {("OOC", FACE.affected)}
    felt.face.setValue(frozenset({("ZYG", FACE.affected)}))
    page(app).refresh()
    checked = {code: made.isChecked() for code, made in page(app).part.felt.buttons.items()}
    assert checked == {"OOC": False, "ZYG": True}
    felt.done.click()
    assert worker.asked == [("felt", ("ZYG",))]


def test_p7_between_bouts_the_next_is_offered_by_list_digit_or_button(app: Clinical) -> None:
    worker = practising(app, view(BoutPhase.OVER, attempts=(tried(),)))
    offer = page(app).part.offer
    assert offer.isVisible()
    assert offer.patterns.currentRow() == 1
    press(app, K.Key_1)
    assert offer.patterns.currentRow() == 0
    offer.modes[FeedbackMode.FADED].click()
    press(app, K.Key_Space)
    assert worker.asked == [("begin", SMILE, FeedbackMode.FADED)]


@pytest.mark.parametrize("phase", BoutPhase)
def test_memory_is_tidied_up_only_while_nobody_moves(app: Clinical, phase: BoutPhase) -> None:
    practising(app, replace(view(), phase=phase))
    assert page(app).calm is not phase.moving


def test_no_later_collection_walks_through_what_was_imported(app: Clinical) -> None:
    gc.unfreeze()
    practising(app)
    walked = len(gc.get_objects())
    assert gc.get_freeze_count() > walked, "a collection in a bout would stall both windows"


def test_a_mistake_while_attempts_are_measured_is_told_once(app: Clinical) -> None:
    made, _ = running(moment())
    page(app).show_running(made, (SMILE,))
    made.live.error = ValueError("a mistake")
    for _ in range(2):
        page(app).refresh()
    told = [line for line in page(app).part.state.happened if "no longer measured" in line]
    assert len(told) == 1


class _Paints(QObject):
    """Notes which widgets are painted, in order."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.order: list[QWidget] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, widget: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 Qt's name
        if event is not None and event.type() is QEvent.Type.Paint:
            assert isinstance(widget, QWidget)
            self.order.append(widget)
        return False


def test_the_patient_sees_a_moment_first_and_the_therapist_the_same(
    qtbot: QtBot, app: Clinical
) -> None:
    worker = practising(app)
    hill, board, show = page(app).room.hill, page(app).part.board, page(app).findChild(Show)
    assert show is not None
    show._rhythm._timer.start(60_000)  # only news are shown
    for second in range(1, 13):
        qtbot.wait(round(1e3 * THERAPIST_S) + 10)
        paints = _Paints(hill, board)
        worker.moment = moment(view(phase_s=0.3 * second), level=0.02 * second)
        threading.Thread(target=show._rhythm.tell).start()  # as the session's own does
        qtbot.waitUntil(lambda paints=paints: board in paints.order)  # type: ignore[misc]
        assert paints.order[0] is hill
        assert show.moment is worker.moment


def test_raw_signals_come_and_go_with_one_key(app: Clinical) -> None:
    practising(app)
    press(app, K.Key_V)
    assert page(app).part.sweep.isVisible()
    press(app, K.Key_V)
    assert page(app).part.board.isVisible()


def test_the_session_is_handed_on_once_a_bout_is_in_it(app: Clinical, tmp_path: Path) -> None:
    worker = practising(app, PracticeView())
    folder = RecordingState(light=True, folder=tmp_path / "s1")
    worker.moment = moment(PracticeView(), recording=folder)
    page(app).refresh()
    assert not app.appointment.sessions
    worker.moment = moment(view(), recording=folder)
    page(app).refresh()
    page(app).refresh()
    assert app.appointment.sessions == (tmp_path / "s1",)


def test_leaving_a_bout_is_asked_about_and_its_session_is_closed(
    qtbot: QtBot, app: Clinical
) -> None:
    worker = practising(app)
    app.go(Step.PLAN)
    assert app.overlay.title == "A bout is running."
    with qtbot.waitSignal(app.journey.began, timeout=10_000):
        app.overlay.buttons[1].click()
    assert worker.asked == ["closed"]


def test_troubles_are_told_calmly_while_they_last(app: Clinical) -> None:
    worker = practising(app)
    told = Trouble(kind=TroubleKind.LINK, sentence="Nothing comes.", advice="Is it plugged in?")
    worker.moment = moment(view(BoutPhase.WAIT, troubles=(told,)))
    page(app).refresh()
    head = page(app).part.head
    assert head.troubles.isVisible()
    assert "Is it plugged in?" in head.troubles.text()
    worker.moment = moment()
    page(app).refresh()
    assert not head.troubles.isVisible()
    happened = page(app).part.state.happened
    assert [line.partition("  ")[2] for line in happened] == [
        "All is well again.",
        "Nothing comes.",
    ]


def test_a_session_that_ended_is_begun_anew_once_the_board_was_let_go(app: Clinical) -> None:
    worker = practising(app)
    over = Trouble(kind=TroubleKind.ENDED, sentence="The board is gone.", advice="It is kept.")
    worker.moment = moment(view(troubles=(over,)))
    press(app, K.Key_Space)
    assert "letting go" in app.foot.text()
    assert page(app).steering is not None
    worker.done = True
    press(app, K.Key_Space)
    assert page(app).steering is None  # here the next session would begin


def test_practice_really_begins_is_edited_recorded_and_its_board_is_let_go(
    qtbot: QtBot, tmp_path: Path
) -> None:
    where = clinic(tmp_path)
    app = shown(qtbot, where)
    now = replace(appointment(where), profile=profile_of("P01"), reach=Reach(through_board=False))
    app.renew(now)
    app.go(Step.PRACTISE)
    made = page(app)
    qtbot.waitUntil(lambda: len(made.part.state.board.rows) > 0, timeout=30_000)
    press(app, K.Key_N)
    press(app, K.Key_Space)
    qtbot.waitUntil(lambda: made.part.state.head.left != "", timeout=30_000)
    press(app, K.Key_Left)
    made._settled.timeout.emit()
    assert app.appointment.plan is not None
    assert app.appointment.plan.version == 2
    assert app.appointment.plan.edition.by == "T07"
    qtbot.waitUntil(lambda: len(app.appointment.sessions) == 1, timeout=30_000)
    app.go(Step.PLAN)
    with qtbot.waitSignal(app.journey.began, timeout=30_000):
        app.overlay.buttons[1].click()
    (session,) = where.sessions("P01").found
    assert session.folder == app.appointment.sessions[0]
    assert session.duration_s is not None
