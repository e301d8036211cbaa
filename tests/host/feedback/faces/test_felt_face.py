"""The question "What moved?" by finger and by keyboard alone."""

import numpy as np
import pytest
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.feedback.faces.face_paint import fitting
from host.feedback.faces.face_state import Spot
from host.feedback.faces.felt_drawing import BOTTOM, LEFT, RIGHT, TOP
from host.feedback.faces.felt_face import FeltFace
from host.feedback.faces.felt_state import choices_for
from host.feedback.theme import DARK, LIGHT, Theme
from host.report.face.geometry import region
from tests.host.feedback.pixels import near, painted

EYE, CHEEK = ("OOC", Side.RIGHT), ("ZYG", Side.RIGHT)
CHOICES = choices_for(["OOC", "ZYG", "OOR", "PLA"])
Key = Qt.Key


def shown(qtbot: QtBot, theme: Theme = LIGHT) -> FeltFace:
    widget = FeltFace(CHOICES, theme)
    qtbot.addWidget(widget)
    widget.resize(400, 560)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def pixel(widget: FeltFace, spot: Spot) -> QPointF:
    place = fitting(QRectF(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP), QRectF(widget.rect()))
    return place.map(QPointF(*region(*spot).touch))


def tap(widget: FeltFace, spot: Spot) -> None:
    left, point = Qt.MouseButton.LeftButton, pixel(widget, spot).toPoint()
    QTest.mouseClick(widget, left, pos=point)  # type: ignore[call-overload]  # stub has self twice


def press(widget: FeltFace, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)  # type: ignore[call-overload]  # its stub has self twice


def test_p6_a_tap_names_a_muscle_and_another_takes_it_back(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    for expected in (frozenset({CHEEK}), frozenset()):
        with qtbot.waitSignal(widget.valueChanged) as told:
            tap(widget, CHEEK)
        assert told.args == [expected]
        assert widget.value() == expected


def test_it_is_answered_by_keyboard_alone(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    widget.setFocus()
    press(widget, Key.Key_Down)
    first = widget.state.cursor
    press(widget, Key.Key_Space)
    assert widget.value() == {first}
    press(widget, Key.Key_Down)
    press(widget, Key.Key_Return)
    assert widget.value() == {first, widget.state.cursor}
    assert "now at" in widget.accessibleName()


def test_keys_that_it_does_not_know_are_the_pages(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    before = widget.state
    press(widget, Key.Key_M)
    assert widget.state == before


def test_its_value_can_be_set_and_is_told_once(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    told: list[frozenset[Spot]] = []
    widget.valueChanged.connect(told.append)
    widget.setValue(frozenset({EYE}))
    widget.setValue(frozenset({EYE}))
    assert told == [{EYE}]
    assert widget.value() == {EYE}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_answer_is_painted_on_the_muscle_itself(qtbot: QtBot, theme: Theme) -> None:
    widget = shown(qtbot, theme)
    widget.reveal({EYE: None, CHEEK: True})
    point = pixel(widget, CHEEK).toPoint()
    around = painted(widget)[point.y() - 9 : point.y() + 9, point.x() - 9 : point.x() + 9]
    assert near(around, theme.warm, 30).any()
    assert not near(painted(widget), theme.target, 10).any()


def test_once_revealed_taps_change_nothing(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    widget.reveal({EYE: True})
    tap(widget, CHEEK)
    assert widget.value() == frozenset()
    widget.setValue(frozenset())
    assert widget.state.open


def test_as_in_a_mirror_the_patients_right_is_on_the_right(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    plain = painted(widget)
    widget.setValue(frozenset({EYE}))
    columns = np.flatnonzero((plain != painted(widget)).any(axis=(0, 2)))
    assert columns.min() > 200
