"""A line of words that says as much as there is room for."""

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.fitting_label import FittingLabel

PATTERN = "Gentle closed smile"
WAYS = (f"{PATTERN} · bout 1 · bars", f"{PATTERN} · bout 1", PATTERN)


@pytest.fixture
def label(qtbot: QtBot) -> FittingLabel:
    made = FittingLabel()
    qtbot.addWidget(made)
    made.say(WAYS)
    made.show()
    return made


def test_it_says_all_where_there_is_room_and_less_where_there_is_not(label: FittingLabel) -> None:
    said = []
    for way in WAYS:
        width = label.fontMetrics().horizontalAdvance(way)
        for room in (width + 1, width - 3):
            label.resize(room, 30)
            said.append(label.text())
    shortest = said.pop()
    assert said == [WAYS[0], WAYS[1], WAYS[1], WAYS[2], WAYS[2]]
    assert shortest.endswith("…")
    assert shortest[:-1] in WAYS[2]
    label.resize(2000, 30)
    assert label.text() == WAYS[0]


def test_larger_letters_leave_room_for_less(label: FittingLabel) -> None:
    label.resize(label.fontMetrics().horizontalAdvance(WAYS[0]) + 1, 30)
    assert label.text() == WAYS[0]
    font = label.font()
    font.setPointSizeF(1.2 * font.pointSizeF())
    label.setFont(font)
    assert label.text() in WAYS[1:]


def test_whoever_listens_hears_all_of_it(label: FittingLabel) -> None:
    label.resize(60, 30)
    assert label.text() != WAYS[0]
    assert label.accessibleName() == WAYS[0]
