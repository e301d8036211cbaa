"""A field to choose from."""

from PyQt6.QtGui import QFont
from pytestqt.qtbot import QtBot

from host.feedback.review.choice import Choice


def test_a_choice_in_smaller_letters_needs_less_room(qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.addItem("Right side is affected")
    large, small = QFont(choice.font()), QFont(choice.font())
    large.setPixelSize(30)
    small.setPixelSize(12)
    choice.setFont(large)
    wide, high = choice.minimumSizeHint().width(), choice.minimumSizeHint().height()
    choice.setFont(small)
    assert choice.minimumSizeHint().width() < 0.6 * wide
    assert choice.minimumSizeHint().height() < 0.8 * high
