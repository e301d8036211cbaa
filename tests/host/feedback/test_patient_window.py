"""The patient's window, from 900 x 600 up, light and dark."""

import gc
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PyQt6 import sip
from PyQt6.QtCore import QEvent, QRect, Qt
from PyQt6.QtGui import QFontMetrics, QKeyEvent
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.bar_state import ScreenState
from host.feedback.column import Column
from host.feedback.patient_window import PatientWindow
from host.feedback.theme import DARK, LIGHT
from tests.host.feedback.pixels import PaintCounter, near, painted
from tests.host.feedback.screens import SMILE, SMILE_WITH_ALL, bar, plain_bars, target

SIZES = [(900, 600), (1280, 800), (1920, 1080)]
SCREENS = {
    "smile": SMILE,
    "eight muscles": SMILE_WITH_ALL,
    "eight channels": ScreenState(bars=plain_bars(8)),
    "sixteen channels": ScreenState(bars=plain_bars(16), notice="Not calibrated"),
}


def shown(
    qtbot: QtBot, state: ScreenState = SMILE, size: tuple[int, int] = (1280, 800)
) -> PatientWindow:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.resize(*size)
    window.state = state
    with qtbot.waitExposed(window):
        window.show()
    return window


def columns(window: PatientWindow) -> list[QWidget]:
    corridor = window.row.corridor
    return [*window.row.bars, *([corridor] if corridor else [])]


def label_places(window: PatientWindow) -> list[QRect]:
    """Return what each written name covers, in the row's pixels."""
    places = []
    for column in columns(window):
        assert isinstance(column, Column)
        room, flags = column.label_rect(), Qt.AlignmentFlag.AlignHCenter
        used = QFontMetrics(column.font()).boundingRect(room, flags, column.label)
        assert room.adjusted(-1, -1, 1, 1).contains(used), f"{column.label!r} is clipped"
        places.append(used.translated(column.pos()))
    return places


def press(window: PatientWindow, key: Qt.Key) -> None:
    down = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, down)


@pytest.fixture(params=[1, 2], ids=["usual font", "font twice as large"])
def desktop_font(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[None]:
    """Set the desktop's font for one test."""
    usual = QApplication.font()
    large = QApplication.font()
    large.setPointSizeF(request.param * usual.pointSizeF())
    QApplication.setFont(large)
    yield
    QApplication.setFont(usual)


@pytest.mark.usefixtures("desktop_font")
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_no_name_is_clipped_or_overlaps_another(
    qtbot: QtBot, screen: ScreenState, size: tuple[int, int]
) -> None:
    window = shown(qtbot, screen, size)
    places = label_places(window)
    for one, other in pairwise(places):
        assert one.right() < other.left()
    for column in columns(window):
        assert isinstance(column, Column)
        assert column.track().rect.height() > 0.35 * window.height()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_parts_do_not_overlap(qtbot: QtBot, screen: ScreenState, size: tuple[int, int]) -> None:
    window = shown(qtbot, screen, size)
    parts = [
        part.geometry()
        for part in window.children()
        if isinstance(part, QWidget) and part.isVisible()
    ]
    assert all(window.rect().contains(part) for part in parts)
    for number, part in enumerate(parts):
        assert not any(part.intersects(other) for other in parts[number + 1 :])


def test_names_are_legible_from_two_metres(qtbot: QtBot) -> None:
    window = shown(qtbot)
    assert window.row.bars[0].font().pixelSize() == 28
    window.state = ScreenState(bars=plain_bars(8))
    assert window.row.bars[0].font().pixelSize() >= 26


def test_an_equal_state_paints_nothing(qtbot: QtBot) -> None:
    window = shown(qtbot)
    counter = PaintCounter(window)
    window.state = replace(SMILE)
    qtbot.wait(30)
    assert counter.count == 0


def test_a_new_level_paints_one_bar_only(qtbot: QtBot) -> None:
    window = shown(qtbot)
    counter = PaintCounter(window)
    window.state = replace(SMILE, bars=(bar("OOC", 0.25), *SMILE.bars[1:]))
    qtbot.waitUntil(lambda: counter.count > 0)
    qtbot.wait(30)
    assert counter.count == 1


def test_the_face_is_there_for_muscles_and_away_for_plain_channels(qtbot: QtBot) -> None:
    window = shown(qtbot)
    assert window.face.isVisible()
    narrow = window.row.width()
    window.state = ScreenState(bars=plain_bars(8))
    assert not window.face.isVisible()
    assert window.row.width() > narrow


def test_an_interruption_stands_in_place_of_the_prompt(qtbot: QtBot) -> None:
    unknown = tuple(replace(state, fill=None) for state in SMILE.bars)
    window = shown(qtbot, replace(SMILE, bars=unknown, target=target(None)))
    before = painted(window)
    window.state = replace(window.state, interruption="No signal. Looking for the board again.")
    texts = [part.accessibleName() for part in window.findChildren(QWidget) if part.isVisible()]
    assert "No signal. Looking for the board again." in texts
    assert (painted(window) != before).any()
    assert not near(painted(window), LIGHT.quiet, 6).any()
    window.state = SMILE
    assert near(painted(window), LIGHT.quiet, 6).any()


def test_an_interruption_without_bars_stands_in_the_middle(qtbot: QtBot) -> None:
    window = shown(qtbot, ScreenState(interruption="One moment."))
    ink_rows = np.flatnonzero(near(painted(window), LIGHT.ink).any(axis=1))
    assert ink_rows.mean() == pytest.approx(window.height() / 2, rel=0.1)


def test_the_scheme_changes_while_the_window_is_open(qtbot: QtBot) -> None:
    window = shown(qtbot)
    assert near(painted(window), LIGHT.background).mean() > 0.4
    window.scheme = "dark"
    assert near(painted(window), DARK.background).mean() > 0.4
    assert not near(painted(window), LIGHT.background, 2).any()


def test_f11_fills_the_screen_and_escape_leaves_it(qtbot: QtBot) -> None:
    window = shown(qtbot)
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    press(window, Qt.Key.Key_F11)
    press(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_windows_leave_nothing_behind(qtbot: QtBot) -> None:
    def live_widgets() -> int:
        for _ in range(2):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
            gc.collect()
        return sum(
            isinstance(one, QWidget) and not sip.isdeleted(one) for one in gc.get_objects()
        ) + len(QApplication.allWidgets())

    def open_and_close() -> None:
        window = PatientWindow("light")
        window.state = SMILE_WITH_ALL
        window.show()
        window.state = replace(SMILE, target=None)
        window.state = SMILE
        window.close()
        window.deleteLater()

    open_and_close()
    before = live_widgets()
    for _ in range(10):
        open_and_close()
    assert live_widgets() == before
