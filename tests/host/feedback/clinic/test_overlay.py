"""A calm sheet over the window: it asks, takes the keys meanwhile, and gives the focus back."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.overlay import Answer, Overlay
from host.feedback.theme import LIGHT
from tests.host.feedback.clinic.rooms import press


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    QLineEdit(made).setObjectName("field")
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def overlay(window: QWidget) -> Overlay:
    made = Overlay(LIGHT, window)
    made.dress(LIGHT, 16)
    return made


def test_it_gives_the_answer_that_was_chosen_and_the_focus_back(
    qtbot: QtBot, window: QWidget, overlay: Overlay
) -> None:
    given: list[str] = []
    field = window.findChild(QLineEdit, "field")
    assert field is not None
    field.setFocus()
    answers = (
        Answer(words="Stay", then=lambda: given.append("stay")),
        Answer(words="Go", then=lambda: given.append("go")),
    )
    overlay.ask("Leave?", answers)
    assert overlay.buttons[0].hasFocus()
    press(window, Qt.Key.Key_Tab)
    assert overlay.buttons[1].hasFocus()
    press(window, Qt.Key.Key_Return)
    assert given == ["go"]
    assert overlay.isHidden()
    assert field.hasFocus()


def test_esc_gives_the_first_answer(window: QWidget, overlay: Overlay) -> None:
    given: list[str] = []
    overlay.ask("Leave?", (Answer(words="Stay", then=lambda: given.append("stay")),))
    press(window, Qt.Key.Key_Escape)
    assert given == ["stay"]


def test_the_focus_goes_round_among_the_answers_only(window: QWidget, overlay: Overlay) -> None:
    overlay.ask("Leave?", (Answer(words="Stay"), Answer(words="Go")))
    for _ in range(2):
        press(window, Qt.Key.Key_Tab)
    assert overlay.buttons[0].hasFocus()


def test_it_stays_as_large_as_its_window_and_its_sheet_inside(
    window: QWidget, overlay: Overlay
) -> None:
    overlay.ask("Keys", (Answer(words="Close"),), content=QLabel("\n".join("abcdef" * 20)))
    window.resize(500, 300)
    assert overlay.size() == window.size()
    assert overlay.rect().contains(overlay.sheet.geometry())


def test_a_second_question_takes_the_place_of_the_first(window: QWidget, overlay: Overlay) -> None:
    first = QLabel("first")
    overlay.ask("One", (Answer(words="Close"),), content=first)
    overlay.ask("Two", (Answer(words="Good"),), detail="More words.")
    assert overlay.title == "Two"
    assert not first.isVisible()
    assert overlay.accessibleName() == "Two More words."
    assert [one.text() for one in overlay.buttons] == ["Good"]
