"""The patient's window: a part of the page, or a calm room; closing it loses nothing."""

import pytest
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.room import PatientRoom
from host.feedback.theme import DARK, LIGHT


@pytest.fixture
def room(qtbot: QtBot) -> PatientRoom:
    made = PatientRoom(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_shows_a_part_and_gives_it_back(qtbot: QtBot, room: PatientRoom) -> None:
    first, second = QLabel("one"), QLabel("two")
    for one in (first, second):
        qtbot.addWidget(one)
    room.part = first
    assert first.isVisible()
    assert room.words == ""
    room.part = second
    assert first.parentWidget() is None
    assert second.isVisible()
    room.part = None
    assert room.words == "Welcome. There is nothing to do yet."


def test_quiet_hides_whatever_a_page_shows_and_whatever_it_shows_next(
    qtbot: QtBot, room: PatientRoom
) -> None:
    part, other = QWidget(), QWidget()
    for one in (part, other):
        qtbot.addWidget(one)
    room.part = part
    room.quiet = True
    assert not part.isVisible()
    room.part = other
    assert not other.isVisible()
    assert room.words == "Rest now. There is nothing to do."
    room.quiet = False
    assert other.isVisible()


def test_closing_it_keeps_its_part(qtbot: QtBot, room: PatientRoom) -> None:
    part = QLabel("one")
    room.part = part
    with qtbot.waitSignal(room.closed):
        room.close()
    room.show()
    assert part.isVisible()


def test_it_takes_the_colours_of_the_theme(room: PatientRoom) -> None:
    room.dress(DARK)
    assert room.palette().window().color().name() == DARK.background
