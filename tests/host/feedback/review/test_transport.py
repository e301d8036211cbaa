"""The bar at the top."""

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from host.feedback.review.transport import Transport
from host.session.opened import Opened
from tests.host.feedback.review.reviews import click
from tests.host.session.recordings import opened


def transport(qtbot: QtBot, made: Opened) -> Transport:
    bar = Transport(made)
    qtbot.addWidget(bar)
    bar.resize(900, 60)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def test_buttons_and_speed_say_what_is_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    bar = transport(qtbot, opened(tmp_path))
    asked = list[object]()
    bar.played.connect(lambda: asked.append("play"))
    bar.noted.connect(lambda: asked.append("note"))
    bar.raw.connect(lambda on: asked.append(("raw", on)))
    bar.supposed.connect(lambda on: asked.append(("what if", on)))
    bar.sped.connect(asked.append)
    for button in bar.findChildren(QPushButton):
        click(qtbot, button, QPoint(10, 10))
        assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
    click(qtbot, bar.raw_button, QPoint(10, 10))
    bar.change_speed(1)
    bar.change_speed(-3)
    bar.change_speed(-9)
    bar.change_speed(99)
    assert asked == [
        "play", "note", ("raw", True), ("what if", True), ("raw", False), 2.0, 0.25, 16.0,
    ]  # fmt: skip


def test_the_place_is_written_as_on_a_clock(qtbot: QtBot, tmp_path: Path) -> None:
    bar = transport(qtbot, opened(tmp_path))
    bar.show_place(7.3, playing=False)
    texts = {label.text() for label in bar.findChildren(QLabel)}
    assert {"0:07.3 / 0:32", "smiles"} <= texts
    assert bar.play.text() == "Play"
    bar.show_place(7.4, playing=True)
    assert bar.play.text() == "Pause"


def test_long_words_push_no_button_out(qtbot: QtBot, tmp_path: Path) -> None:
    made = replace(opened(tmp_path), name="a session with a very long name " * 9)
    bar = transport(qtbot, made)
    bar.show_about("It was recorded by another version, whose filters differ. " * 9)
    for button in bar.findChildren(QPushButton):
        assert bar.rect().contains(button.geometry())
        assert button.width() > 30
    assert bar.minimumSizeHint().width() < 700


def test_the_wheel_over_a_choice_chooses_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    bar = transport(qtbot, opened(tmp_path))
    before = bar.speed.currentIndex()
    at = bar.speed.rect().center().toPointF()
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        bar.speed.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        *none,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's own way
    )
    QApplication.sendEvent(bar.speed, event)
    assert bar.speed.currentIndex() == before
