"""One line to write a note."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from host.feedback.review.notes_line import NoteLine
from tests.host.feedback.review.reviews import press, write


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    with qtbot.waitExposed(parent):
        parent.show()
    return parent


def lines(parent: QWidget) -> tuple[NoteLine, list[str]]:
    line, kept = NoteLine(parent), list[str]()
    line.written.connect(kept.append)
    return line, kept


def test_enter_keeps_it_and_escape_leaves_it(qtbot: QtBot, parent: QWidget) -> None:
    line, kept = lines(parent)
    assert not line.isVisible()
    line.open("0:55.0")
    assert line.isVisible()
    assert line.placeholderText() == "A note at 0:55.0: Enter keeps it, Esc leaves it"
    write(qtbot, line, "  her neck let go ")
    press(qtbot, line, Qt.Key.Key_Return)
    assert kept == ["her neck let go"]
    assert not line.isVisible()
    line.open("1:00.0")
    assert line.text() == ""
    write(qtbot, line, "not this")
    press(qtbot, line, Qt.Key.Key_Escape)
    assert kept == ["her neck let go"]
    assert not line.isVisible()


def test_no_words_are_no_note(qtbot: QtBot, parent: QWidget) -> None:
    line, kept = lines(parent)
    line.open("0:01.0")
    write(qtbot, line, "   ")
    press(qtbot, line, Qt.Key.Key_Return)
    assert kept == []
    assert not line.isVisible()
