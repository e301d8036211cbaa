"""Monitors on the way through a recording, so that playing can begin near any moment. No Qt."""

from __future__ import annotations

import threading
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from host.detection.monitor import Monitor

    Stand = tuple[int, Callable[[], Monitor]]
    """Up to which sample a monitor has judged, and what makes a new one like it."""


class Checkpoints:
    """Has a monitor for the beginning, and takes more from any thread."""

    def __init__(self, first: Callable[[], Monitor]) -> None:
        self._kept: list[Stand] = [(0, first)]
        self._lock = threading.Lock()

    def add(self, stands: Iterable[Stand]) -> None:
        """Take more of them."""
        with self._lock:
            self._kept = sorted([*self._kept, *stands], key=lambda one: one[0])

    def before(self, sample: int) -> tuple[int, Monitor]:
        """Return a monitor that has judged up to at most `sample`, and how far it has."""
        with self._lock:
            kept = self._kept
        at, make = kept[bisect_right([at for at, _ in kept], sample) - 1]
        return at, make()
