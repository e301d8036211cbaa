"""A running session in its window: live, silent, alive again, ended."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from PyQt6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from host.acquisition.simulated import pty_port
from host.acquisition.simulated.faults import Faults
from host.acquisition.source import Link
from host.errors import DeviceError
from host.feedback.app import AfterFirstPaint, Show
from host.feedback.patient_window import PatientWindow
from host.session.asked import Asked
from host.session.setup import patient_session
from host.session.worker import Stage, Worker


@pytest.fixture
def watched(qtbot: QtBot) -> Callable[[Worker[Stage]], tuple[PatientWindow, Show]]:
    """Return how to show a worker in a window of the test's own."""

    def show(worker: Worker[Stage]) -> tuple[PatientWindow, Show]:
        window = PatientWindow("light")
        qtbot.addWidget(window)
        window.show()
        return window, Show(worker, window)

    return show


def has_levels(window: PatientWindow) -> bool:
    """Tell whether all bars have a level."""
    bars = window.state.bars
    return bool(bars) and all(bar.fill is not None for bar in bars)


Watched = Callable[[Worker[Stage]], tuple[PatientWindow, Show]]


@pytest.mark.skipif(not pty_port.AVAILABLE, reason="no pseudo-terminals for a simulated Cyton")
def test_a_pulled_cable_says_no_signal_within_300_ms_and_the_session_goes_on(
    qtbot: QtBot, watched: Watched
) -> None:
    worker = Worker(patient_session(Asked(faults=Faults.parse("pull=5+1.5"))))
    window, show = watched(worker)
    assert window.state.interruption == "" or not has_levels(window)
    worker.start()
    try:
        qtbot.waitUntil(lambda: has_levels(window), timeout=12_000)
        frame = show.view.frame
        newest_s, shown = time.perf_counter(), frame.sample if frame else 0
        looked_s, slowest_s = newest_s, 0.0
        while has_levels(window):
            frame = show.view.frame
            now_s = time.perf_counter()
            slowest_s, looked_s = max(slowest_s, now_s - looked_s), now_s
            if frame is not None and frame.sample != shown:
                newest_s, shown, slowest_s = now_s, frame.sample, 0.0
            qtbot.wait(1)
            assert now_s - newest_s < 5.0
        # On a machine that halts this very loop for long, so much later is not the program's.
        assert time.perf_counter() - newest_s < 0.3 + max(0.0, slowest_s - 0.05)
        assert show.view.link.link is not Link.STREAMING
        assert window.state.interruption.startswith("No signal")
        assert all(bar.fill is None and not bar.over for bar in window.state.bars)
        qtbot.waitUntil(lambda: has_levels(window), timeout=20_000)
        assert show.view.link.reconnects == 1
        assert show.view.link.gaps == 1
    finally:
        worker.stop()
    assert worker.error is None


def test_what_ends_a_session_early_is_told_in_the_window(qtbot: QtBot, watched: Watched) -> None:
    def build(stack: ExitStack) -> Stage:
        del stack
        raise DeviceError("The board is off: switch it on.")

    worker = Worker(build)
    window, _ = watched(worker)
    worker.start()
    qtbot.waitUntil(lambda: "switch it on" in window.state.interruption, timeout=3000)
    assert window.state.bars == ()


def test_a_session_that_has_ended_shows_no_level_any_more(qtbot: QtBot, watched: Watched) -> None:
    worker = Worker(patient_session(Asked(through_board=False, watched=False, seconds=8.0)))
    window, _ = watched(worker)
    worker.start()
    worker.join(20.0)
    qtbot.waitUntil(lambda: window.state.interruption == "The session has ended.", timeout=3000)
    assert not has_levels(window)


def test_the_window_says_what_is_not_known(qtbot: QtBot, watched: Watched) -> None:
    worker = Worker(patient_session(Asked(through_board=False, seconds=3.0)))
    window, _ = watched(worker)
    worker.start()
    qtbot.waitUntil(lambda: bool(window.state.notice), timeout=8000)
    worker.stop()
    assert "Not calibrated" in window.state.notice
    assert "about 65 Hz of bandwidth" in window.state.notice
    assert "read directly" in window.state.notice


class Noting(PatientWindow):
    """A window that notes when Qt has painted it."""

    def __init__(self, order: list[str]) -> None:
        self.order = order
        super().__init__("light")

    def event(self, event: QEvent | None) -> bool:
        """Qt paints everything that changed while it handles an update request."""
        done = super().event(event)
        if event is not None and event.type() == QEvent.Type.UpdateRequest:
            self.order.append("painted")
        return done


def test_what_waits_for_the_first_paint_comes_after_it_and_once(qtbot: QtBot) -> None:
    order: list[str] = []
    window = Noting(order)
    qtbot.addWidget(window)
    waiting = AfterFirstPaint(window, lambda: order.append("begun"))
    window.show()
    qtbot.waitUntil(lambda: "begun" in order, timeout=5000)
    waiting.go()
    assert order[0] == "painted"
    assert order.count("begun") == 1
