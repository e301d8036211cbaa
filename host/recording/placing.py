"""Annotations on their way into records: what other programs see of a session's events."""

import contextlib
from collections import deque
from collections.abc import Sequence
from fractions import Fraction

from host.recording import bdf
from host.recording.events import CueGiven, Event, Marker, Touch

_MOST = 200
"""So many wait for a record at most; all of them stand in the events."""


class Annotations:
    """A queue of annotations; each record takes as many as it has room for."""

    def __init__(self, shape: bdf.Layout) -> None:
        self._rate = shape.rate
        self._samples = shape.samples
        self._queue: deque[bytes] = deque()

    def __len__(self) -> int:
        return len(self._queue)

    def began(self, record: int) -> Fraction:
        """Return when a record began, in seconds."""
        return record * self._samples / self._rate

    def add(self, event: Event) -> None:
        """Let an event wait for a record, if other programs should see it."""
        shown = _shown(event, self._rate)
        if 0 < len(shown) <= bdf.LONGEST_NOTE and len(self._queue) < _MOST:
            self._queue.append(shown)

    def add_gap(self, start: int, stop: int) -> bytes:
        """Let a gap go before all others; return its annotation."""
        shown = self._held(start, stop)
        if len(self._queue) < _MOST:
            self._queue.appendleft(shown)
        return shown

    def add_end(self, stop: int, record: int) -> int:
        """Let the end of the recording be the last; return the record after all of them."""
        last = record
        while True:
            last += 1
            self._queue.append(self._held(stop, last * self._samples))
            if self._record_after(record) <= last:
                return last
            self._queue.pop()

    def take(self, record: int) -> list[bytes]:
        """Return what goes into a record."""
        taken: list[bytes] = []
        room = bdf.room_for_notes(self.began(record))
        while self._queue and len(self._queue[0]) <= room:
            room -= len(self._queue[0])
            taken.append(self._queue.popleft())
        return taken

    def put_back(self, taken: Sequence[bytes]) -> None:
        """Let annotations wait again whose record never reached the disk."""
        self._queue.extendleft(reversed(taken))

    def remove(self, shown: bytes) -> None:
        """Forget an annotation that still waits."""
        with contextlib.suppress(ValueError):
            self._queue.remove(shown)

    def _held(self, start: int, stop: int) -> bytes:
        return bdf.annotation(start / self._rate, bdf.GAP, (stop - start) / self._rate)

    def _record_after(self, record: int) -> int:
        """Return the record after those that all who wait will need."""
        room = bdf.room_for_notes(self.began(record))
        for note in self._queue:
            if len(note) > room:
                record += 1
                room = bdf.room_for_notes(self.began(record))
            room -= len(note)
        return record + 1


def _shown(event: Event, rate: Fraction) -> bytes:
    """Return what other programs see of an event; empty for what is of no use to them."""
    onset = event.sample / rate
    match event:
        case CueGiven():
            return bdf.annotation(onset, f"{event.pattern}: {event.phase.value}")
        case Marker():
            lasts = event.samples / rate if event.samples else None
            return bdf.annotation(onset, event.text.strip() or "marker", lasts)
        case Touch():
            return bdf.annotation(onset, f"touch {'on' if event.on else 'off'}")
        case _:
            return b""
