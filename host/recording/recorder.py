"""The recorder's thread: whatever the disk does, neither samples nor screen wait for it.

It takes chunks and events at once, and writes them in order. A disk that refuses stops nothing but
the recording: what could not be written is a gap, events are kept and written when it takes them
again, and `state` says so in words.
"""

import contextlib
import math
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from calibration.saying import Saying
from host.chain.stream import Chunk
from host.recording.events import Event
from host.recording.room import refuse_full_disk, room_left
from host.recording.state import RecordingState
from host.recording.stubborn import Piece, StubbornWriter
from host.recording.writer import SessionWriter
from host.translation import mark

__all__ = ["Recorder", "refuse_full_disk"]

_LATE_S = 1.0
"""The light goes out when what came so long ago is not on the disk."""
_MOST_WAITING_S = 60.0
"""So much is kept while the disk is busy; what comes then is not recorded."""
_MOST_EVENTS = 10_000
"""So many events are kept while the disk refuses."""
_LOOK_S = 5.0
"""Free space is looked at so often."""
_CLOSE_S = 10.0
"""A disk that gets nothing done for so long is not waited for at the end."""
_STUCK = mark("The recording was not closed: the disk is stuck.")
_LAGS = mark("Recording lags: the disk is slow.")


class Recorder:
    """Writes a session's folder from a thread of its own; a context manager."""

    def __init__(
        self,
        writer: SessionWriter,
        *,
        hurried: bool = True,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let samples go that the disk cannot take in time; `hurried=False` waits instead.

        Only a session that runs faster than time and that nobody watches may wait.
        """
        self._writer = writer
        self._stubborn = StubbornWriter(writer, clock)
        self._hurried = hurried
        self._free = free
        self._clock = clock
        self._most_waiting = round(_MOST_WAITING_S * writer.rate_hz)
        self._more = threading.Condition()
        self._items: deque[Piece | Event] = deque()
        self._came = self._noted = self._dropped = self._dropped_events = 0
        """Samples and events that were queued, and those that were not."""
        self._record = 0
        self._after_drop = self._due = self._closing = self._over = False
        self._busy_since_s: float | None = None
        self._look_s = -math.inf
        self._room = self._end = ""
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def __enter__(self) -> Self:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._more:
            self._closing = True
            self._more.notify_all()
        while self._thread.is_alive():
            before = self._stubborn.done
            self._thread.join(_CLOSE_S if self._hurried else None)
            if self._thread.is_alive() and self._stubborn.done == before:
                self._end, self._over = _STUCK, True
                return

    @property
    def state(self) -> RecordingState:
        """Return the newest state, from any thread."""
        done = self._stubborn.done
        lost = self._came - done.synced if self._over else done.lost
        waiting_s = max(0, self._came - lost - done.synced) / self._writer.rate_hz
        late = waiting_s > _LATE_S or self._busy_s() > _LATE_S
        well = not (self._over or self._stubborn.trouble or late)
        return RecordingState(
            light=well and done.synced_sample > 0,
            message=self._message(late=late),
            folder=self._writer.folder,
            synced_sample=done.synced_sample,
            waiting_s=waiting_s,
            missed=self._dropped + lost,
        )

    def take(self, chunk: Chunk) -> None:
        """Queue samples; where too many wait already, they are not recorded."""
        with self._more:
            while not self._hurried and self._crowded and self._thread.is_alive():
                self._more.wait(0.01)
            if self._crowded or self._closing or self._over:
                self._dropped += len(chunk)
                self._after_drop = True
                return
            self._items.append(Piece(chunk, self._after_drop))
            self._came += len(chunk)
            self._after_drop = False
            record = chunk.stop // self._writer.record_samples
            if record != self._record:
                # Less than a record could not be written anyway.
                self._record = record
                self._wake()

    def skip(self, samples: int) -> None:
        """Know of samples that came and were not even kept: a gap that is no loss of the link."""
        with self._more:
            self._dropped += samples
            self._after_drop = True

    def note(self, event: Event) -> None:
        """Queue an event; where too many wait already, it is not recorded."""
        with self._more:
            waiting = self._noted - self._stubborn.done.events
            if waiting >= _MOST_EVENTS or self._closing or self._over:
                self._dropped_events += 1
                return
            self._items.append(event)
            self._noted += 1
            self._wake()

    def _wake(self) -> None:
        self._due = True
        self._more.notify_all()

    @property
    def _crowded(self) -> bool:
        return self._came - self._stubborn.done.handled > self._most_waiting

    def _busy_s(self) -> float:
        """Return how long the thread has been writing without a pause."""
        since_s = self._busy_since_s
        return 0.0 if since_s is None else self._clock() - since_s

    def _message(self, *, late: bool) -> str:
        if self._end or self._stubborn.trouble:
            return self._end or self._stubborn.trouble
        if late and not self._over:
            return _LAGS
        if events := self._dropped_events + self._stubborn.unwritable_events:
            return _unrecorded(events)
        return "" if self._over else self._room

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        except Exception as error:  # noqa: BLE001  a mistake must put the light out
            self._end = Saying(
                "Not recorded any more, by a mistake of this program: {}.", repr(error)
            )
            with contextlib.suppress(OSError):
                self._writer.abandon()
        self._over = True

    def _turn(self) -> bool:
        """Wait for something to write, and write it; False after the end."""
        with self._more:
            self._more.wait_for(lambda: self._due or self._closing, timeout=_LOOK_S)
            items, self._items = self._items, deque()
            self._due = False
            closing = self._closing
        self._busy_since_s = self._clock()
        self._stubborn.write(items, lambda: self._came)
        if self._clock() >= self._look_s:
            self._look()
        if closing:
            self._stubborn.close()
        self._busy_since_s = None
        return not closing

    def _look(self) -> None:
        """Look how long the disk has room for."""
        self._look_s = self._clock() + _LOOK_S
        with contextlib.suppress(OSError):
            self._room = room_left(self._free(self._writer.folder), self._writer.bytes_per_s)


def _unrecorded(events: int) -> Saying:
    if events == 1:
        return Saying("1 event could not be recorded.")
    return Saying("{} events could not be recorded.", events)
