"""A slider with its number beside it."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from host.feedback.review.slider import NumberSlider
from tests.host.feedback.review.reviews import press


def slider(qtbot: QtBot, at_least: str = "") -> tuple[NumberSlider, list[float]]:
    made = NumberSlider("Line", 0.05, 1.5, 0.01, at_least=at_least)
    qtbot.addWidget(made)
    told = list[float]()
    made.valueChanged.connect(told.append)
    return made, told


def number(made: NumberSlider) -> str:
    label = made.findChild(QLabel)
    assert label is not None
    return label.text()


def test_it_takes_the_nearest_number_and_tells_changes_only(qtbot: QtBot) -> None:
    made, told = slider(qtbot)
    made.setValue(0.2534)
    assert (made.value(), number(made)) == (0.25, "0.25")
    made.setValue(0.2501)
    assert told == [0.25]
    made.setValue(99.0)
    assert made.value() == 1.5
    made.setValue(-1.0)
    assert made.value() == 0.05


def test_keys_move_it_step_by_step(qtbot: QtBot) -> None:
    made, told = slider(qtbot)
    made.setValue(0.5)
    press(qtbot, made._slider, Qt.Key.Key_Right)
    press(qtbot, made._slider, Qt.Key.Key_PageUp)
    assert told == [0.5, 0.51, 0.56]


def test_its_least_value_may_have_a_name(qtbot: QtBot) -> None:
    made, _ = slider(qtbot, at_least="as it was")
    assert number(made) == "as it was"
    made.setValue(0.06)
    assert number(made) == "0.06"
