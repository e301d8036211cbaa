"""Keys in practice: what is typed while a note is written, and quiet and its end."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.keys import Act
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.practising.note_line import NoteLine
from host.feedback.clinic.screens import Place
from host.feedback.clinic.steps import Step
from host.session.practising.view import BoutPhase, PracticeView
from tests.host.feedback.clinic.practising.moments import Pretended, moment, running, view
from tests.host.feedback.clinic.rooms import at_practice, press
from tests.host.session.practising.bench import SMILE

K = Qt.Key


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinical:
    return at_practice(qtbot, tmp_path, monkeypatch)


def page(app: Clinical) -> PractisePage:
    assert isinstance(app.page, PractisePage)
    return app.page


def note(app: Clinical) -> NoteLine:
    return page(app).part.note


def practising(app: Clinical, practice: PracticeView | None = None) -> Pretended:
    """Let pretended practice run on the page."""
    made, worker = running(moment(practice))
    page(app).show_running(made, (SMILE, "pucker"))
    return worker


def apart(qtbot: QtBot, app: Clinical) -> None:
    """Let the patient's window be one of its own, in front, with the keys."""
    app.room.show_on(Place(0, 0, 800, 600))
    app.room.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is app.room)


def typed(window: QWidget, words: str) -> None:
    """Type where that window has its focus, as if it were the one in front."""
    for letter in words:
        at = window.focusWidget() or window
        QTest.keyClicks(at, letter)  # type: ignore[call-arg, arg-type]  # its stub has self twice


def test_a_note_takes_the_keys_from_the_patients_window(qtbot: QtBot, app: Clinical) -> None:
    worker = practising(app)
    apart(qtbot, app)
    press(app.room, K.Key_W)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note(app))
    typed(app, "tired h?")
    press(app, K.Key_Return)
    assert worker.asked == [("note", "tired h?")]
    assert QApplication.activeWindow() is app


def test_no_letter_is_a_command_while_a_note_is_written_whichever_window_has_it(
    qtbot: QtBot, app: Clinical
) -> None:
    worker = practising(app)
    apart(qtbot, app)
    press(app.room, K.Key_W)
    typed(app.room, "tired h?")
    assert worker.asked == []
    assert note(app).text() == "tired h?"
    press(app.room, K.Key_Return)
    assert worker.asked == [("note", "tired h?")]
    typed(app.room, "t")
    assert worker.asked[-1] == ("touch", None)


@pytest.mark.parametrize("key", [K.Key_PageDown, K.Key_Up, K.Key_Left])
def test_a_key_that_is_no_letter_is_no_command_either(app: Clinical, key: Qt.Key) -> None:
    worker = practising(app)
    steering = page(app).steering
    assert steering is not None
    press(app, K.Key_W)
    before = steering.memory.selected, steering.memory.draft
    press(app, key)
    press(app.room, key)
    assert (steering.memory.selected, steering.memory.draft) == before
    assert worker.asked == []
    assert not note(app).isHidden()


@pytest.mark.parametrize("own_window", [False, True])
def test_p6_a_tap_on_the_face_does_not_end_the_note_nor_take_its_keys(
    qtbot: QtBot, app: Clinical, *, own_window: bool
) -> None:
    worker = practising(app, view(BoutPhase.ASK))
    if own_window:
        apart(qtbot, app)
    face = page(app).room.felt.face
    press(app.room, K.Key_W)
    spot = frozenset({("ZYG", Side.RIGHT)})
    face.activateWindow()
    face.setFocus()
    face.setValue(spot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note(app))
    typed(app.room, "a b")
    assert note(app).text() == "a b"
    assert face.value() == spot, "the space was a letter"
    assert worker.asked == []


def test_the_face_that_was_tapped_before_gives_its_keys_to_a_note(
    qtbot: QtBot, app: Clinical
) -> None:
    practising(app, view(BoutPhase.ASK))
    apart(qtbot, app)
    face = page(app).room.felt.face
    face.setFocus()
    press(app.room, K.Key_W)
    assert app.room.focusWidget() is not face
    typed(app.room, "a b")
    assert note(app).text() == "a b"


def test_esc_drops_a_note_and_is_quiet_and_space_goes_on(app: Clinical) -> None:
    worker = practising(app)
    press(app, K.Key_W)
    typed(app, "tired")
    press(app, K.Key_Escape)
    assert note(app).isHidden()
    assert "nothing to do" in app.room.words
    assert worker.asked == ["quiet"]
    worker.moment = moment(view(BoutPhase.QUIET))
    press(app, K.Key_Space)
    assert app.room.words == ""
    assert worker.asked == ["quiet", "resume"]
    press(app, K.Key_W)
    assert note(app).text() == ""


def test_one_press_of_space_ends_the_quiet_and_goes_on_with_the_bout(app: Clinical) -> None:
    worker = practising(app)
    press(app, K.Key_Escape)
    assert worker.asked == ["quiet"]
    assert "nothing to do" in app.room.words
    press(app, K.Key_Space)
    assert app.room.words == ""
    assert app.foot.text() == ""
    assert worker.asked == ["quiet", "resume"], "also before the session says that it is quiet"


@pytest.mark.parametrize("phase", [BoutPhase.READY, BoutPhase.OVER])
def test_p7_between_bouts_space_only_ends_the_quiet(app: Clinical, phase: BoutPhase) -> None:
    worker = practising(app, view(phase))
    press(app, K.Key_Escape)
    press(app, K.Key_Space)
    assert not app.room.quiet
    assert worker.asked == ["quiet"]


@pytest.mark.parametrize("act", [Act.START_STOP, Act.PAUSE])
def test_whatever_goes_on_with_a_bout_shows_it_to_the_patient(app: Clinical, act: Act) -> None:
    worker = practising(app)
    press(app, K.Key_Escape)
    worker.moment = moment(view(BoutPhase.QUIET))
    page(app).refresh()
    page(app).part.commands.asked.emit(act)
    assert worker.asked == ["quiet", "resume"]
    assert not app.room.quiet
    assert app.foot.text() == ""


def test_a_page_that_is_left_keeps_no_open_note(qtbot: QtBot, app: Clinical) -> None:
    practising(app)
    press(app, K.Key_W)
    typed(app, "tired")
    app.go(Step.PLAN)
    with qtbot.waitSignal(app.journey.began, timeout=10_000):
        app.overlay.buttons[1].click()
    app.go(Step.PRACTISE)
    assert note(app).isHidden()
