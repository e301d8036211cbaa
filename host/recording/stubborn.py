"""Write on in spite of a disk that refuses now and then, and keep account of what was lost.

One thread. Samples that the disk refused become a gap, events are kept until it takes them again.
"""

import contextlib
import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

from calibration.saying import Saying
from host.chain.stream import Chunk
from host.recording.events import Event
from host.recording.room import reason
from host.recording.writer import SessionWriter

_RETRY_S = 2.0
_AT_RISK_RECORDS = 2
"""Records that a crash costs in any case: the one being filled, and the one being written."""


class Piece(NamedTuple):
    """Samples to be written."""

    chunk: Chunk
    after_drop: bool = False
    """Whether samples before it were dropped, so that the gap before it is our own."""


class Done(NamedTuple):
    """How far the writer is, as one value that other threads may read at any time."""

    handled: int = 0
    """Samples that were written, or that the disk refused."""
    measured: int = 0
    """Those that were written."""
    synced: int = 0
    """Those that are on the disk."""
    synced_sample: int = 0
    """Index after the last sample that is on the disk."""
    events: int = 0
    """Events that are on the disk."""

    @property
    def lost(self) -> int:
        """Samples that the disk refused."""
        return self.handled - self.measured


class StubbornWriter:
    """Tries again every two seconds while the disk refuses."""

    def __init__(self, writer: SessionWriter, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._clock = clock
        self._handled = self._handled_events = self._explained = 0
        self._retry_s = -math.inf
        self._refused_at = 0
        self._risk_s = 0.0
        self._record_s = writer.record_samples / writer.rate_hz
        self.done = Done()
        self.trouble = ""
        """One sentence while the disk refuses."""
        self.unwritable_events = 0
        """Events that no disk could take; there should be none."""

    def write(self, items: Iterable[Piece | Event], came: Callable[[], int]) -> None:
        """Write all items, then sync once; `came` tells how many samples have come by now."""
        for item in items:
            if isinstance(item, Piece):
                self._write_piece(item)
            else:
                self._write_event(item)
            self._publish()
        self._sync(came)
        self._publish()
        with contextlib.suppress(OSError):
            self._writer.at_risk(math.inf if self.trouble else self._risk_s)

    def close(self) -> None:
        """Close the files as well as the disk lets us."""
        try:
            self._writer.close()
            self.trouble = ""
        except OSError as error:
            self.trouble = Saying("The recording was not closed: {}", reason(error))
        self._publish()

    def _write_piece(self, piece: Piece) -> None:
        lost = self._handled - self._writer.measured
        why = "not recorded" if piece.after_drop or lost > self._explained else "lost"
        self._handled += len(piece.chunk)
        if self._attempt(lambda: self._writer.take(piece.chunk, why=why)):
            self._explained = lost

    def _write_event(self, event: Event) -> None:
        try:
            self._writer.note(event)
        except (TypeError, ValueError, OverflowError):
            # No disk could take it; that is no reason to lose samples.
            self.unwritable_events += 1
        self._handled_events += 1

    def _sync(self, came: Callable[[], int]) -> None:
        before = self._writer.synced_measured
        if not self._attempt(self._writer.sync):
            return
        lost = self._handled - self._writer.measured
        at_risk_s = (came() - lost - before) / self._writer.rate_hz
        if at_risk_s > max(self._risk_s, _AT_RISK_RECORDS * self._record_s):
            self._risk_s = math.ceil(at_risk_s * 10.0) / 10.0
        if self._writer.synced_sample > self._refused_at:
            self.trouble = ""

    def _attempt(self, write: Callable[[], None]) -> bool:
        """Write, unless the disk refused a moment ago; tell whether it was written."""
        if self._clock() < self._retry_s:
            return False
        try:
            write()
        except OSError as error:
            self.trouble = Saying("Not recorded: {}", reason(error))
            self._refused_at = self._writer.synced_sample
            self._retry_s = self._clock() + _RETRY_S
            return False
        return True

    def _publish(self) -> None:
        self.done = Done(
            handled=self._handled,
            measured=self._writer.measured,
            synced=self._writer.synced_measured,
            synced_sample=self._writer.synced_sample,
            events=self._handled_events - self._writer.unsynced_events,
        )
