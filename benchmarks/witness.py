"""A process that only sleeps and wakes: what it is late by, the machine took from everybody.

A shared machine stops for tens of milliseconds without telling. What happens in a long measurement
is to be read beside what happened to somebody at the same time who wanted next to nothing.
"""

from __future__ import annotations

import multiprocessing
import time
from bisect import bisect
from typing import TYPE_CHECKING, Self

from benchmarks.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from types import TracebackType

_NAP_S = 0.002
_PLAIN_S = 0.004
"""Less may be the scheduler, which had somebody else's turn to end first."""
AFTER_S = 0.02
"""So long afterwards everybody does what was left undone."""
_ANSWER_S = 30.0


class Witness:
    """Watches from entering to leaving, in another process."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_watch, args=(theirs,), daemon=True)
        self._late: list[tuple[float, float]] = []
        """When it should have woken and when it did, where that was plainly too late."""

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ours.send("enough")
        if self._ours.poll(_ANSWER_S):
            self._late = self._ours.recv()
        self._process.join()

    def saw(self, begin_s: float, end_s: float) -> bool:
        """Tell whether the machine kept it waiting at any moment between two; after leaving.

        Moments are those of `time.perf_counter`, which is one clock for all processes.
        """
        return touched(self._late, begin_s, end_s)

    def figure(self) -> Figure:
        """Return what it saw, to compare with."""
        return Figure(
            name="the machine meanwhile, to a process that only sleeps: longest stall",
            value=1e3 * max((woke_s - due_s for due_s, woke_s in self._late), default=0.0),
            unit="ms",
        )


def touched(late_s: Sequence[tuple[float, float]], begin_s: float, end_s: float) -> bool:
    """Tell whether one of these spans, which are in order, or what follows it lies in another."""
    place = bisect(late_s, (end_s, end_s))
    return place > 0 and late_s[place - 1][1] + AFTER_S > begin_s


def _watch(theirs: Connection) -> None:
    """Sleep and look at the clock until something is said."""
    late: list[tuple[float, float]] = []
    while not theirs.poll(0.0):
        due_s = time.perf_counter() + _NAP_S
        time.sleep(_NAP_S)
        woke_s = time.perf_counter()
        if woke_s - due_s > _PLAIN_S:
            late.append((due_s, woke_s))
    theirs.send(late)
