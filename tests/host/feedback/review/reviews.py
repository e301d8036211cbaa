"""Review windows on the screen, for tests: judged, and closed in the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.review.strips import Strips
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import Scheme
from host.session.opened import Opened


@contextmanager
def reviewed(
    qtbot: QtBot, opened: Opened, scheme: Scheme = "light", size: tuple[int, int] = (1280, 800)
) -> Iterator[ReviewWindow]:
    """Show a window whose recording has been judged; no thread is left behind."""
    window = ReviewWindow(opened, scheme)
    qtbot.addWidget(window)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    window.begin()
    try:
        qtbot.waitUntil(lambda: window.supposing.before is not None, timeout=20_000)
        window.refresh()
        yield window
    finally:
        window.close()
    parts = (window.study, window.player, window.supposing, window._decimation)
    assert not any(part._thread.is_alive() for part in parts)


def arrived(qtbot: QtBot, window: ReviewWindow) -> None:
    """Wait until the bars have come to where the cursor is, and are shown."""
    player = window.player
    qtbot.waitUntil(lambda: player._reached.number == player._wish.number, timeout=20_000)
    window.refresh()


def judged_otherwise(qtbot: QtBot, window: ReviewWindow) -> None:
    """Wait until the recording has been judged by the other terms, and that is shown."""
    qtbot.waitUntil(window.terms.save.isEnabled, timeout=20_000)


def raw_read(qtbot: QtBot, window: ReviewWindow) -> None:
    """Wait until the raw signal in view has been read, and is shown."""
    reader = window._decimation

    def finished() -> bool:
        traces = reader.traces
        return traces is not None and traces.whole and traces.view == reader._wanted

    qtbot.waitUntil(finished, timeout=20_000)
    window.refresh()


def place(strips: Strips, sample: float, row: int = 0, *, lower: bool = False) -> QPoint:
    """Return where a sample stands in a strip, in the middle of one of its halves."""
    rect = strips.row_rect(row)
    share = 0.75 if lower else 0.25
    x = strips.field.left() + strips.state.scale.x(sample)
    return QPointF(x, rect.top() + share * rect.height()).toPoint()


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    """Press a key and let go of it."""
    qtbot.keyClick(widget, key)  # type: ignore[no-untyped-call]


def write(qtbot: QtBot, widget: QWidget, words: str) -> None:
    """Type words."""
    qtbot.keyClicks(widget, words)  # type: ignore[no-untyped-call]


def click(
    qtbot: QtBot, widget: QWidget, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton
) -> None:
    """Click on a place of a widget."""
    qtbot.mouseClick(widget, button, pos=at)  # type: ignore[no-untyped-call]


def drag(qtbot: QtBot, widget: QWidget, *places: QPoint) -> None:
    """Drag with the left button from place to place."""
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(widget, left, pos=places[0])  # type: ignore[no-untyped-call]
    for at in places[1:]:
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            left,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, move)
    qtbot.mouseRelease(widget, left, pos=places[-1])  # type: ignore[no-untyped-call]


def turn(
    strips: Strips,
    at: QPoint,
    turns: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    *,
    sideways: int = 0,
) -> None:
    """Turn the mouse's wheel."""
    event = QWheelEvent(
        QPointF(at),
        QPointF(strips.mapToGlobal(at)),
        QPoint(),
        QPoint(120 * sideways, 120 * turns),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's own way
    )
    QApplication.sendEvent(strips, event)


def texts(window: QWidget) -> set[str]:
    """Return what can be read in a window."""
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
