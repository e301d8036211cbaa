"""From a sample's arrival to its picture, through simulated Cyton, BrainFlow, chain and window.

The simulated board is played by another process, as a real one has a processor of its own.
"""

import os
import time
from contextlib import ExitStack
from functools import partial

import numpy as np
from PyQt6.QtCore import QEvent, QTimer

from benchmarks.board_apart import BoardApart, patient_feed
from benchmarks.figures import Figure
from host.acquisition.simulated.settings import PatientSettings
from host.feedback.app import Show, application
from host.feedback.patient_window import PatientWindow
from host.feedback.rhythm import PAINTS_PER_S
from host.feedback.screenless import has_screen
from host.session.asked import Asked
from host.session.setup import board_session
from host.session.worker import Stage, Worker

SEEDS = (1,)
SECONDS = 12.0
WARM_S = 4.0


class TimedWindow(PatientWindow):
    """A window that notes when each of its paints is done, and how long it took."""

    def __init__(self) -> None:
        super().__init__("light")
        self.painted: list[tuple[float, float]] = []

    def event(self, event: QEvent | None) -> bool:
        """Qt paints everything that changed while it handles an update request."""
        began_s = time.perf_counter()
        handled = super().event(event)
        if event is not None and event.type() == QEvent.Type.UpdateRequest:
            done_s = time.perf_counter()
            self.painted.append((done_s, done_s - began_s))
        return handled


def run() -> list[Figure]:
    """Watch the simulated patient in a 1920 x 1080 window, and date every paint."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    window = TimedWindow()
    window.resize(1920, 1080)
    worker = Worker(_build)
    show = Show(worker, window)
    ages: list[tuple[float, float, float]] = []

    def refresh() -> None:
        """Show the newest; once it is painted, note how old its newest sample was."""
        before = len(window.painted)
        show.refresh()
        window.event(QEvent(QEvent.Type.UpdateRequest))
        stage, frame = worker.stage, show.view.frame
        if stage is None or frame is None or len(window.painted) == before:
            return
        done_s, took_s = window.painted[-1]
        source = stage.session.source
        # The frame needed one sample more than it contains, to know a garbled one.
        newest_s = source.host_time_s(frame.sample)
        if frame.time_s > WARM_S and not np.isnan(newest_s):
            ages.append((done_s - newest_s, took_s, done_s))

    show.rhythm.due.disconnect()
    show.rhythm.due.connect(refresh)
    window.show()
    worker.start()
    QTimer.singleShot(round(1000 * (SECONDS + WARM_S)), app.quit)
    app.exec()
    worker.stop()
    window.close()
    if worker.error is not None:
        raise worker.error
    age_s, took_s, done_s = np.array(ages).T
    per_s = len(done_s) / (done_s[-1] - done_s[0])
    return [
        Figure(name="arrival to painted, median", value=1e3 * float(np.median(age_s)), unit="ms"),
        Figure(
            name="arrival to painted, p95",
            value=1e3 * float(np.quantile(age_s, 0.95)),
            unit="ms",
            goal=10.0,
        ),
        Figure(name="one paint, p95", value=1e3 * float(np.quantile(took_s, 0.95)), unit="ms"),
        Figure(name=f"time per paint (asked: {PAINTS_PER_S}/s)", value=1e3 / per_s, unit="ms"),
    ]


def _build(stack: ExitStack) -> Stage:
    patient = PatientSettings(seed=SEEDS[0])
    board = stack.enter_context(BoardApart(partial(patient_feed, patient)))
    asked = Asked(montage=patient.montage, affected=patient.affected, pattern="gentle closed smile")
    return board_session(board.settings, asked)(stack)
