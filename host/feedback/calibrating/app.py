"""Show a running calibration in its window, or draw a moment of one."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, QTimer

from host.errors import SettingsError
from host.feedback.app import AfterFirstPaint, application
from host.feedback.calibrating.room import CalibrationRoom
from host.feedback.calibrating.window import CalibrationWindow
from host.feedback.picture import picture

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.profile import Profile
    from host.feedback.calibrating.moment import Moment, Running
    from host.feedback.calibrating.worker import CalibrationWorker
    from host.feedback.theme import Scheme

REFRESH_MS = 33


class CalibrationShow(QObject):
    """Shows a calibration's newest moment in a window, and passes on what is asked there."""

    def __init__(self, running: Running, window: CalibrationRoom) -> None:
        super().__init__(window)
        self._running = running
        self._window = window
        window.went_on.connect(running.go_on)
        window.repeated.connect(running.repeat)
        window.skipped.connect(running.skip)
        window.paused.connect(running.pause)
        window.began_again.connect(running.begin_again)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.refresh)
        self.timer.start(REFRESH_MS)

    def refresh(self) -> None:
        """Show what is newest."""
        self._window.show_moment(self._running.moment)


def run_calibration(worker: CalibrationWorker, *, scheme: Scheme) -> Profile | None:
    """Show the window, then start the calibration; return the profile when it is closed."""
    app = application()
    signal.signal(signal.SIGINT, lambda _number, _frame: app.quit())
    window = CalibrationWindow(scheme)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    CalibrationShow(worker, window).refresh()
    window.show()
    # The session's imports take a second: they begin when the first paint is done.
    AfterFirstPaint(window, worker.start)
    app.exec()
    worker.stop()
    concluded = worker.moment.concluded
    return None if concluded is None else concluded.profile


def draw_calibration(moment: Moment, path: Path, scheme: Scheme, size: tuple[int, int]) -> None:
    """Write a picture of a moment."""
    app = application()
    window = CalibrationWindow(scheme)
    window.resize(*size)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    window.show_moment(moment)
    # Scroll bars appear where their contents are laid out, not before.
    app.processEvents()
    drawn = picture(window).save(str(path), "PNG")
    window.close()
    window.deleteLater()
    if not drawn:
        raise SettingsError(f"the picture cannot be written to {path}")
