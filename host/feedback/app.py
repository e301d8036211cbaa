"""The program's window: a timer shows the newest of a running session."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, QTimer

from host.feedback.bar_heights import jumped
from host.feedback.bar_state import ScreenState, screen_state
from host.feedback.collecting import collecting
from host.feedback.patient_window import PatientWindow
from host.feedback.rhythm import Rhythm
from host.feedback.starting import AfterFirstPaint, application
from host.translation import told_error, tr

if TYPE_CHECKING:
    from host.feedback.theme import Scheme
    from host.session.worker import Stage, Worker

__all__ = ["AfterFirstPaint", "Show", "application", "ended_state", "run_window"]


class Show(QObject):
    """Shows a worker's newest view in a window, 60 times a second."""

    def __init__(self, worker: Worker[Stage], window: PatientWindow) -> None:
        super().__init__(window)
        self._worker = worker
        self._window = window
        self.view = worker.view
        """What was shown last."""
        window.marked.connect(lambda: worker.ask(lambda session: session.mark()))
        window.touched.connect(lambda: worker.ask(lambda session: session.touch()))
        self.rhythm = Rhythm(self, urgent=lambda: jumped(self.view.frame, worker.newest))
        self.rhythm.due.connect(self.refresh)
        worker.tell(self.rhythm.tell)

    def refresh(self) -> None:
        """Show what is newest; when the session has ended, how it ended."""
        worker = self._worker
        if worker.error is not None:
            self._window.state = ended_state(self._window.state, told_error(worker.error))
        elif worker.done:
            self._window.state = ended_state(self._window.state, tr("The session has ended."))
        else:
            self.view = worker.view
            self._window.state = screen_state(self.view)


def ended_state(last: ScreenState, message: str) -> ScreenState:
    """Return a screen that says why nothing is measured any more, and shows no level."""
    return ScreenState(affected=last.affected, notice=last.notice, interruption=message)


def run_window(worker: Worker[Stage], *, scheme: Scheme, seconds: float | None) -> None:
    """Show the window, then start the session; return when the window is closed.

    With `seconds` it closes by itself so long after the first samples.
    """
    app = application()
    # Ctrl-C in the terminal closes the window; raised inside Qt it would end the program hard.
    signal.signal(signal.SIGINT, lambda _number, _frame: app.quit())
    window = PatientWindow(scheme)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    show = Show(worker, window)
    show.refresh()
    window.show()
    # The session's imports take a second: they begin when the first paint is done.
    AfterFirstPaint(window, worker.start)
    if seconds is not None:
        _close_when_done(worker, window)
    with collecting(lambda: False):
        app.exec()
    worker.stop()


def _close_when_done(worker: Worker[Stage], window: PatientWindow) -> None:
    timer = QTimer(window)
    timer.timeout.connect(lambda: window.close() if worker.done and not worker.error else None)
    timer.start(100)
