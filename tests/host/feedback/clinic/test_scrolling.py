"""What is higher than its room, and pages that are not seen."""

from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.scrolling import PageStack, Scrolled
from host.feedback.steady import SteadyDate, SteadySlider
from tests.host.feedback.clinic.rooms import press


def area(qtbot: QtBot, *parts: QWidget) -> Scrolled:
    """Return parts above each other, in room for some of them."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    for part in parts:
        column.addWidget(part)
    made = Scrolled(inside)
    qtbot.addWidget(made)
    made.resize(200, 120)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def whole(part: QWidget, within: Scrolled) -> bool:
    """Tell whether a part is seen from its top to its foot."""
    room = within.viewport()
    assert room is not None
    top = part.mapTo(room, QPoint(0, 0)).y()
    return top >= 0 and top + part.height() <= room.height()


def turned(part: QWidget) -> QWheelEvent:
    """Turn the wheel by one notch above a part."""
    at = QPointF(part.rect().center())
    event = QWheelEvent(
        at,
        QPointF(part.mapToGlobal(at)),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's own way
    )
    QApplication.sendEvent(part, event)
    return event


def test_what_has_the_focus_is_brought_into_sight(qtbot: QtBot) -> None:
    buttons = [QPushButton(str(number)) for number in range(12)]
    made = area(qtbot, *buttons)
    assert whole(buttons[0], made)
    assert not whole(buttons[11], made)
    buttons[10].setFocus()
    press(buttons[10], Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: whole(buttons[11], made))
    buttons[1].setFocus()
    press(buttons[1], Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: whole(buttons[0], made))


def test_the_wheel_scrolls_and_changes_no_number_in_passing(qtbot: QtBot) -> None:
    slider, day = SteadySlider(), SteadyDate()
    slider.setValue(50)
    before = day.date()
    made = area(qtbot, slider, day, *(QPushButton() for _ in range(8)))
    for part in (slider, day):
        assert not turned(part).isAccepted()
    assert slider.value() == 50
    assert day.date() == before
    assert made.isVisible()


def test_contents_are_as_wide_as_the_room_and_ask_for_few_lines(qtbot: QtBot) -> None:
    wide = QPushButton()
    wide.setMinimumWidth(300)
    made = area(qtbot, wide, *(QPushButton() for _ in range(8)))
    least = made.minimumSizeHint()
    assert least.width() > 300
    assert least.height() < 120


def test_a_page_that_is_not_seen_makes_no_other_one_wider(qtbot: QtBot) -> None:
    stack = PageStack()
    qtbot.addWidget(stack)
    for wide in (500, 80):
        page = QWidget()
        page.setMinimumWidth(wide)
        QVBoxLayout(page).addWidget(QPushButton("x" * (wide // 10)))
        stack.addWidget(page)
    assert stack.minimumSizeHint().width() >= 300
    stack.setCurrentIndex(1)
    assert stack.minimumSizeHint().width() < 300
