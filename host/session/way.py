"""Threads that work in the background stand aside while somebody paints.

Python runs one thread at a time: a picture of forty quick steps beside a thread that judges would
wait for it at each of them, and take ten times as long.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE_S = 0.012
"""Who claims the way waits no longer for the others: a piece of their work takes less, mostly."""
_LONGEST_S = 0.2
"""Nobody stands aside for longer, whatever happens to who claimed the way."""


class Way:
    """Is claimed by the thread that must not wait; the others give it between two pieces."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._claimed = False
        self._working = 0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work in pieces, and call `give` between them."""
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)

    def give(self) -> None:
        """Stand aside while somebody claims the way; only for who is `working`."""
        if not self._claimed:
            return
        self._count(-1)
        with self._changed:
            self._changed.wait_for(lambda: not self._claimed, _LONGEST_S)
        self._count(1)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Wait for something else meanwhile, while `working`: nobody waits for who is away."""
        self._count(-1)
        try:
            yield
        finally:
            self._count(1)

    @contextmanager
    def claimed(self) -> Iterator[None]:
        """Have the way for a moment, once the others stand aside."""
        with self._changed:
            self._claimed = True
            self._changed.wait_for(lambda: not self._working, _PATIENCE_S)
        try:
            yield
        finally:
            with self._changed:
                self._claimed = False
                self._changed.notify_all()

    def _count(self, more: int) -> None:
        with self._changed:
            self._working += more
            self._changed.notify_all()
