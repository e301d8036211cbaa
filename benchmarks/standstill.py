"""When the window stood still, and for how long the collection of garbage held it up."""

import gc
import time

from PyQt6.QtCore import Qt, QTimer

BEAT_S = 0.005
"""The loop is asked so often whether it is free."""
SILENCE_S = 0.01
"""Less is no silence."""


class Turns:
    """Asks the event loop all the time whether it is free, and remembers its silences."""

    def __init__(self) -> None:
        self.silences_s: list[tuple[float, float]] = []
        """When each silence worth to be told of began and ended."""
        self._last_s = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._timer.start(round(1000 * BEAT_S))

    def _turn(self) -> None:
        now_s = time.perf_counter()
        due_s = self._last_s + BEAT_S
        if now_s - due_s >= SILENCE_S:
            self.silences_s.append((due_s, now_s))
        self._last_s = now_s

    def stop(self) -> None:
        """Ask no more."""
        self._timer.stop()


class Collections:
    """Takes the time of full collections of garbage, which hold up every thread."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self._began_s = time.perf_counter()
        gc.callbacks.append(self._hear)

    def _hear(self, phase: str, about: dict[str, int]) -> None:
        now_s = time.perf_counter()
        if phase == "start":
            self._began_s = now_s
        elif about["generation"] == 2:
            self.longest_s = max(self.longest_s, now_s - self._began_s)

    def stop(self) -> None:
        """Listen no more."""
        gc.callbacks.remove(self._hear)
