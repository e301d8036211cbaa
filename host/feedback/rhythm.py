"""When to paint: as soon as something new has come, and no oftener than a screen shows."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

if TYPE_CHECKING:
    from collections.abc import Callable

PAINTS_PER_S = 60
EARLY = 0.25
"""News that comes by so much of the time between two paints too early are painted at once.

A timer alone would paint whatever came some milliseconds ago, and leave what comes just behind its
tick to the next one.
"""
LATE = 0.3
"""News that are late by so much of that time are still waited for: without any, the last are
painted again, so that silence is told."""
SOONEST_S = 0.006
"""News that cannot wait are painted so soon after the last paint: the next picture of the screen,
whenever that is due, has them then."""


class Rhythm(QObject):
    """Says when to paint: at news, and at the latest when the next paint is due."""

    due = pyqtSignal()
    _news = pyqtSignal()

    def __init__(
        self,
        parent: QObject,
        clock: Callable[[], float] = time.perf_counter,
        *,
        urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        """Ask `urgent` of news that come early whether they can wait."""
        super().__init__(parent)
        self._clock, self._urgent = clock, urgent
        self._fired_s = clock()
        self._telling = threading.Lock()
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 * (1.0 + LATE) / PAINTS_PER_S))
        self._timer.timeout.connect(self._fire)
        self._news.connect(self._came)  # queued, from another thread
        self._timer.start()

    def tell(self) -> None:
        """Say from any thread that something new has come."""
        with self._telling:
            if self._stopped:
                return
            with contextlib.suppress(RuntimeError):  # the window was closed, and this with it
                self._news.emit()

    def stop(self) -> None:
        """Paint no more; from here on it may be deleted while other threads still tell."""
        with self._telling:
            self._stopped = True
        self._timer.stop()

    def _came(self) -> None:
        if not self._timer.isActive():
            return
        since_s = self._clock() - self._fired_s
        due = since_s >= (1.0 - EARLY) / PAINTS_PER_S
        if due or (since_s >= SOONEST_S and self._urgent()):
            self._timer.start()  # the next one is due a whole paint later
            self._fire()

    def _fire(self) -> None:
        self._fired_s = self._clock()
        self.due.emit()
