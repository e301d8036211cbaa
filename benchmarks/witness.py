"""A process that only sleeps and wakes: what it is late by, the machine took from everybody.

A shared machine stops for tens of milliseconds without telling. What happens in a long measurement
is to be read beside what happened to somebody at the same time who wanted next to nothing.
"""

from __future__ import annotations

import multiprocessing
import time
from typing import TYPE_CHECKING, Self

from benchmarks.figures import Figure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import TracebackType

_NAP_S = 0.002
_ANSWER_S = 30.0


class Witness:
    """Watches from entering to leaving, in another process."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_watch, args=(theirs,), daemon=True)
        self.longest_s = 0.0
        """By how much it woke too late at the worst; known after leaving."""

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
            self.longest_s = self._ours.recv()
        self._process.join()

    def figure(self) -> Figure:
        """Return what it saw, to compare with."""
        return Figure(
            name="the machine meanwhile, to a process that only sleeps: longest stall",
            value=1e3 * self.longest_s,
            unit="ms",
        )


def _watch(theirs: Connection) -> None:
    """Sleep and look at the clock until something is said."""
    longest_s = 0.0
    while not theirs.poll(0.0):
        due_s = time.perf_counter() + _NAP_S
        time.sleep(_NAP_S)
        longest_s = max(longest_s, time.perf_counter() - due_s)
    theirs.send(longest_s)
