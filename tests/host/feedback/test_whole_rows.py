"""No list shows half a row."""

import pytest
from PyQt6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.choices import Choices
from host.feedback.whole_rows import has_room, show_whole_rows


@pytest.mark.parametrize(
    ("top", "room", "seen"), [(0, 100, True), (80, 100, True), (81, 100, False), (-1, 100, False)]
)
def test_a_row_that_an_edge_cuts_has_no_room(top: int, room: int, seen: bool) -> None:  # noqa: FBT001
    assert has_room(top, 20, room) is seen


def test_a_row_that_is_higher_than_its_list_is_seen_all_the_same() -> None:
    assert has_room(-5, 40, 30)


def painted(within: QListWidget, row: int) -> bool:
    """Tell whether anything is seen of a row."""
    place = within.visualItemRect(within.item(row))
    view = within.viewport()
    assert view is not None
    image = view.grab(place.intersected(view.rect())).toImage()
    colors = {
        image.pixel(x, y) for x in range(image.width()) for y in range(image.height())
    }  # fmt: skip
    return len(colors) > 1


def test_the_last_row_is_whole_or_waits_until_it_is_scrolled_to(qtbot: QtBot) -> None:
    made = QListWidget()
    qtbot.addWidget(made)
    show_whole_rows(made)
    made.addItems([f"Eye, right came along {number}" for number in range(8)])
    with qtbot.waitExposed(made):
        made.show()
    row = made.sizeHintForRow(0)
    edges = made.height() - made.contentsRect().height()
    made.resize(300, round(3.5 * row) + edges)
    assert painted(made, 2)
    assert not painted(made, 3)
    made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    made.scrollToBottom()
    assert painted(made, 7)


def test_lists_to_choose_from_show_whole_rows(qtbot: QtBot) -> None:
    made = Choices("Patients")
    qtbot.addWidget(made)
    made.addItems(["P01", "P02", "P03"])
    with qtbot.waitExposed(made):
        made.show()
    made.setCurrentRow(0)
    assert painted(made, 0)
