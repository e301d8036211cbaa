"""When Python looks for garbage that refers to itself: at calm moments, on the window's thread.

Left to itself it does so in whichever thread happens to make an object, and all threads stand still
meanwhile; a session's thread would even let go of widgets, which only the window's may.
"""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOK_MS = 1000
YOUNG, MIDDLE = 700, 10
"""As Python itself: so many objects more than before, so many collections of the youngest. Those
take a few milliseconds."""
FULL_S = 60.0
"""A full collection, which walks through everything, is due so long after the last."""
LONGEST_S = 900.0
"""It is not put off for longer, calm or not: a bout lasts five minutes at most (P7)."""


def due(counts: tuple[int, int, int], *, calm: bool, since_full_s: float) -> int | None:
    """Return the generation to be collected now, 0 to 2; None where there is nothing to do.

    `counts` are those of `gc.get_count`: objects that are new on balance, then how often the
    younger generation was collected since.
    """
    young, middle, old = counts
    late = since_full_s >= (FULL_S if calm else LONGEST_S)
    if late and (old or middle or young >= YOUNG):
        return 2
    if middle >= MIDDLE:
        return 1
    return 0 if young >= YOUNG else None


class Collector(QObject):
    """Takes collections into its own hands from `begin` to `end`."""

    def __init__(
        self,
        parent: QObject | None,
        calm: Callable[[], bool],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """`calm` says whether a moment without a new picture would be noticed by nobody."""
        super().__init__(parent)
        self._calm, self._clock = calm, clock
        self._full_s = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Let no thread collect by itself any more."""
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """Let Python collect as it likes again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Collect what is due."""
        now_s = self._clock()
        generation = due(gc.get_count(), calm=self._calm(), since_full_s=now_s - self._full_s)
        if generation is None:
            return
        gc.collect(generation)
        if generation == 2:
            self._full_s = now_s


@contextmanager
def collecting(calm: Callable[[], bool]) -> Iterator[None]:
    """Collect on this thread alone while windows are run; `calm` as of a `Collector`."""
    collector = Collector(None, calm)
    collector.begin()
    try:
        yield
    finally:
        collector.end()
