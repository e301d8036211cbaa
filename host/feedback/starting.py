"""The one QApplication, and what waits until its first window has been painted."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QLoggingCategory, QObject, QTimer
from PyQt6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_PAINTS = QEvent.Type.UpdateRequest
_made: list[QApplication] = []
"""Holds it as long as the program runs. PyQt does not hear what a second one's Qt deletes: Python
objects of widgets that are gone were then taken for others, which ended in crashes."""


def application() -> QApplication:
    """Return the one QApplication, making it if need be."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Else Qt tells the terminal at length which libraries for films it lacks. Why nothing is heard
    # is told in the window; QT_LOGGING_RULES brings this back.
    QLoggingCategory.setFilterRules("qt.multimedia.*=false")
    made = QApplication(sys.argv[:1])
    made.setApplicationName("Quietface")
    _made.append(made)
    atexit.register(_end)
    return made


def _end() -> None:
    """Let go of windows first: PyQt crashes over some that are left when the application goes."""
    for window in QApplication.topLevelWidgets():
        if not sip.isdeleted(window) and window.parent() is None:
            sip.delete(window)
    gc.collect()
    _made.clear()


class AfterFirstPaint(QObject):
    """Does something once a window has been painted, or has not been for a second."""

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)
        # A window that starts minimised is not painted, and its session runs all the same.
        QTimer.singleShot(1000, self.go)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Wait for the request in whose handling Qt paints; what follows comes after it."""
        if watched is not None and event is not None and event.type() == _PAINTS:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.go)
        return False

    def go(self) -> None:
        """Do it now, if it has not been done."""
        then, self._then = self._then, None
        if then is not None:
            then()
