"""How long the review window of an hour of 16 channels keeps a person waiting."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PyQt6.QtWidgets import QApplication

from benchmarks.figures import Figure
from benchmarks.hour import HOUR_S, SEED, write_hour
from benchmarks.memory import resident_mb
from host.feedback.app import application
from host.feedback.review.scale import Scale
from host.feedback.review.window import ReviewWindow
from host.feedback.screenless import has_screen
from host.report.study import Study
from host.session.asked import Asked
from host.session.opened import Opened, open_recording

SEEDS = (SEED,)
REPEATS = 25
GOAL_MS = 50.0
_SETTLE_S = 0.12
"""What an interaction sets off in the threads comes back to the window within this, mostly."""
_PLAY_S = 5.0
_WARM_S = 1.0
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_PLAIN = Qt.KeyboardModifier.NoModifier


def run() -> list[Figure]:
    """Judge an hour without a window, then use the window while it judges, and afterwards."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        opened = open_recording(write_hour(Path(folder) / "hour"), Asked())
        figures = _judged(opened)
        person = Person(app, opened)
        figures += person.figures("while it is judged", _DURING, seed=1)
        person.wait_until_judged()
        figures += person.figures("judged", _AFTER, seed=2)
        figures += [*person.playing(), person.other_line(), machine_alone()]
        person.window.close()
    return figures


def machine_alone() -> Figure:
    """Return for how long this machine lets a loop wait that does nothing, to compare with."""
    began_s = last_s = time.perf_counter()
    longest_s = 0.0
    while last_s - began_s < _PLAY_S:
        now_s = time.perf_counter()
        longest_s, last_s = max(longest_s, now_s - last_s), now_s
    return Figure(name="the machine alone: longest stall", value=1e3 * longest_s, unit="ms")


def _judged(opened: Opened) -> list[Figure]:
    before_mb = resident_mb()
    study, began_s = Study(opened), time.perf_counter()
    study.start()
    study.wait()
    took_s = time.perf_counter() - began_s
    grown_mb = resident_mb() - before_mb
    return [
        Figure(name="judging an hour, times real time", value=HOUR_S / took_s, unit="x"),
        Figure(name="outline, results and checkpoints", value=grown_mb, unit="MB", goal=150.0),
    ]


class Person:
    """Somebody who clicks, drags and turns the wheel, with a stopwatch."""

    def __init__(self, app: QApplication, opened: Opened) -> None:
        self._app = app
        self._rng = np.random.default_rng(0)
        self._place = QPointF()
        self.opened = opened
        self.window = ReviewWindow(opened, "light")
        self.window.resize(1920, 1080)
        self.window.show()
        self.window.begin()
        self._spin(_WARM_S)

    def figures(self, when: str, kinds: "dict[str, Interaction]", *, seed: int) -> list[Figure]:
        """Do everything some times over; a time reaches from the event to the painted window."""
        self._rng = np.random.default_rng(seed)
        found, slowest = [], 0.0
        for name, act in kinds.items():
            act(self, -1)
            self._spin(_WARM_S)
            times = [self._busy_ms(act, at) for at in range(REPEATS)]
            p95, slowest = float(np.quantile(times, 0.95)), max(slowest, *times)
            found.append(Figure(name=f"{when}: {name}, p95", value=p95, unit="ms", goal=GOAL_MS))
            found.append(Figure(name=f"{when}: {name}, longest", value=max(times), unit="ms"))
        return [*found, Figure(name=f"{when}: longest of all", value=slowest, unit="ms")]

    def wait_until_judged(self) -> None:
        """Let the window run until the whole hour has been judged."""
        while self.window.study.results is None and self.window.study.error is None:
            self._spin(0.1)
        self._spin(_WARM_S)

    def playing(self) -> list[Figure]:
        """Play at 16 times the speed; return how long the loop takes from turn to turn."""
        self.window.look_at(self._whole.fitted(60_000, 120_000))
        self.window.scrub(60_000)
        self.window.player.set_speed(16.0)
        turns, timer, loop = [time.perf_counter()], QTimer(), QEventLoop()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda: turns.append(time.perf_counter()))
        timer.start(1)
        self.key(Qt.Key.Key_Space)
        QTimer.singleShot(round(1000 * _PLAY_S), loop.quit)
        loop.exec()
        timer.stop()
        self.key(Qt.Key.Key_Space)
        gaps_ms = 1e3 * np.diff(turns)
        most_ms, longest_ms = float(np.quantile(gaps_ms, 0.999)), float(gaps_ms.max())
        name = "playing at 16 x: time between two turns"
        return [
            Figure(name=f"{name}, p99.9", value=most_ms, unit="ms", goal=GOAL_MS),
            Figure(name=f"{name}, longest", value=longest_ms, unit="ms"),
        ]

    def other_line(self) -> Figure:
        """Wait for the hour to be judged by another line; return the longest turn meanwhile."""
        self.window.terms.line.setValue(0.6)
        longest_s = 0.0
        while self.window.supposing.busy and self.window.supposing.error is None:
            longest_s = max(longest_s, self._spin(0.1))
        longest_s = max(longest_s, self._spin(_WARM_S))
        name = "judged by another line: longest turn"
        return Figure(name=name, value=1e3 * longest_s, unit="ms")

    @property
    def _whole(self) -> Scale:
        return Scale.whole(self.opened.stop, self.opened.recorded.stream.rate_hz)

    def _busy_ms(self, act: "Interaction", at: int) -> float:
        """Return the longest that the window had no time, from an event to what it sets off."""
        began_s = time.perf_counter()
        act(self, at)
        self._app.processEvents()
        longest_s = time.perf_counter() - began_s
        return 1e3 * max(longest_s, self._spin(_SETTLE_S))

    def _spin(self, seconds: float) -> float:
        """Let the event loop run; return its longest turn, in seconds."""
        until_s, longest_s = time.perf_counter() + seconds, 0.0
        while (began_s := time.perf_counter()) < until_s:
            self._app.processEvents()
            longest_s = max(longest_s, time.perf_counter() - began_s)
            time.sleep(0.001)
        return longest_s

    def somewhere(self) -> QPointF:
        """Return a point on the strips."""
        field = self.window.strips.field
        across, down = self._rng.uniform(0.02, 0.98, 2)
        return QPointF(field.left() + across * field.width(), field.top() + down * field.height())

    def click(self, _at: int) -> None:
        """Scrub."""
        place = self.somewhere()
        self.mouse(QEvent.Type.MouseButtonPress, place)
        self.mouse(QEvent.Type.MouseButtonRelease, place)

    def drag(self, at: int) -> None:
        """Scrub along, one step of a drag from the left to the right."""
        field = self.window.strips.field
        place = QPointF(field.left() + (0.1 + 0.8 * at / REPEATS) * field.width(), 300.0)
        if at <= 0:
            self.mouse(QEvent.Type.MouseButtonPress, place)
        self.mouse(QEvent.Type.MouseMove, place)
        if at == REPEATS - 1:
            self.mouse(QEvent.Type.MouseButtonRelease, place)

    def wheel(self, at: int) -> None:
        """Zoom in ten times at a place, then out again, and so on elsewhere."""
        if at <= 0 or at % 20 == 0:
            self._place = self.somewhere()
        turn = QPoint(0, 120 if at % 20 < 10 else -120)
        strips, phase = self.window.strips, Qt.ScrollPhase.NoScrollPhase
        on_screen = strips.mapToGlobal(self._place)
        upright = False
        event = QWheelEvent(self._place, on_screen, QPoint(), turn, _NONE, _PLAIN, phase, upright)
        QApplication.sendEvent(strips, event)

    def next_attempt(self, _at: int) -> None:
        """Go on by one attempt."""
        self.key(Qt.Key.Key_Right)

    def raw_whole(self, at: int) -> None:
        """Show or hide the raw signal of the whole hour."""
        if at < 0:
            self.key(Qt.Key.Key_0)
        self.key(Qt.Key.Key_R)

    def raw_near(self, at: int) -> None:
        """Show or hide the raw signal of ten seconds."""
        if at < 0:
            self.window.look_at(self._whole.fitted(1_800_000, 1_810_000))
        self.key(Qt.Key.Key_R)

    def what_if(self, at: int) -> None:
        """Open the form of other terms, then move the line."""
        if at < 0:
            self.key(Qt.Key.Key_0)
            self.key(Qt.Key.Key_W)
        self.window.terms.line.setValue(0.3 + 0.01 * (at + 1))

    def form(self, _at: int) -> None:
        """Open the form of other terms, or close it."""
        self.key(Qt.Key.Key_W)

    def key(self, key: Qt.Key) -> None:
        """Press a key."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.window, QKeyEvent(kind, key, _PLAIN))

    def mouse(self, kind: QEvent.Type, place: QPointF) -> None:
        """Do something with the left button on the strips."""
        strips = self.window.strips
        event = QMouseEvent(kind, place, strips.mapToGlobal(place), _LEFT, _LEFT, _PLAIN)
        QApplication.sendEvent(strips, event)


Interaction = Callable[[Person, int], None]
"""What somebody does for the so-manieth time; -1 to begin with, which is not measured."""

_DURING: dict[str, Interaction] = {
    "click to scrub": Person.click,
    "drag": Person.drag,
    "wheel": Person.wheel,
}
_AFTER: dict[str, Interaction] = {
    **_DURING,
    "next attempt": Person.next_attempt,
    "raw, an hour": Person.raw_whole,
    "raw, ten seconds": Person.raw_near,
    "form of other terms": Person.form,
    "other line": Person.what_if,
}
