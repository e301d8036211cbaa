"""The recorder's thread: whatever the disk does, neither samples nor screen wait for it.

It takes chunks and events at once, and writes them in order. A disk that refuses stops nothing but
the recording: what could not be written is a gap, events are kept and written when it takes them
again, and `state` says so in words.
"""

import errno
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording.events import Event
from host.recording.writer import SessionWriter

_LATE_S = 1.0
"""The light goes out when what came so long ago is not on the disk."""
_MOST_WAITING_S = 60.0
"""So much is kept while the disk is busy; what comes then is not recorded."""
_MOST_EVENTS = 10_000
_RETRY_S = 2.0
_LOOK_S = 5.0
"""Free space is looked at so often."""
_LITTLE_S = 600.0
"""Less room than for so long is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingState:
    """What is known about the recording at this moment."""

    light: bool = False
    """True only while what came more than a second ago is known to be on the disk."""
    message: str = ""
    """One sentence where something is wrong or will be; empty while all is well."""
    folder: Path | None = None
    synced_sample: int = 0
    """Index after the last sample that is on the disk."""
    waiting_s: float = 0.0
    """How much has come and is not on the disk yet."""
    missed: int = 0
    """Samples that came and could not be recorded."""


class Recording(Protocol):
    """What a session tells of itself; no call of it ever waits."""

    @property
    def state(self) -> RecordingState:
        """The newest state, from any thread."""

    def take(self, chunk: Chunk) -> None:
        """Record samples."""

    def note(self, event: Event) -> None:
        """Record an event."""


class Unrecorded:
    """A session that is not recorded, and why."""

    def __init__(self, message: str = "") -> None:
        self.state = RecordingState(message=message)

    def take(self, chunk: Chunk) -> None:
        """Let samples pass."""

    def note(self, event: Event) -> None:
        """Let an event pass."""


class Recorder:
    """Writes a session's folder from a thread of its own; a context manager."""

    def __init__(
        self,
        writer: SessionWriter,
        *,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._free = free
        self._clock = clock
        self._most_waiting = round(_MOST_WAITING_S * writer.rate_hz)
        self._items: deque[Chunk | Event] = deque()
        self._kept: deque[Event] = deque(maxlen=_MOST_EVENTS)
        """Events that the disk has refused so far."""
        self._more = threading.Condition()
        self._closing = False
        self._taken = self._missed = 0
        self._dropped = False
        self._behind_since_s: float | None = None
        self._retry_s = self._look_s = float("-inf")
        self._trouble = self._room = ""
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
            self._more.notify()
        self._thread.join()

    @property
    def state(self) -> RecordingState:
        """Return the newest state, from any thread."""
        synced = self._writer.synced_sample
        waiting_s = max(0, self._taken - synced) / self._writer.rate_hz
        late = waiting_s > _LATE_S
        said = self._trouble or ("Recording lags: the disk is slow." if late else self._room)
        return RecordingState(
            light=synced > 0 and not self._trouble and not late,
            message=said,
            folder=self._writer.folder,
            synced_sample=synced,
            waiting_s=waiting_s,
            missed=self._missed,
        )

    def take(self, chunk: Chunk) -> None:
        """Queue samples; where too many wait already, they are not recorded."""
        with self._more:
            if self._taken - self._writer.next_sample > self._most_waiting:
                self._missed += len(chunk)
                self._dropped = True
                return
            self._taken = max(self._taken, chunk.stop)
            self._items.append(chunk)
            self._more.notify()

    def note(self, event: Event) -> None:
        """Queue an event."""
        with self._more:
            self._items.append(event)
            self._more.notify()

    def _run(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._items or self._closing, timeout=_LOOK_S)
                items, self._items = self._items, deque()
                closing = self._closing
            self._write(items)
            if self._clock() >= self._look_s:
                self._look()
            if closing and not self._items:
                self._close()
                return

    def _write(self, items: deque[Chunk | Event]) -> None:
        """Write what has come; while the disk refuses, keep the events and let samples go."""
        for item in items:
            if isinstance(item, Chunk):
                self._write_chunk(item)
            else:
                self._kept.append(item)
                self._write_events()
        self._attempt(self._writer.sync)

    def _write_chunk(self, chunk: Chunk) -> None:
        def take() -> None:
            self._writer.take(chunk, why="not recorded" if self._dropped else "lost")
            self._dropped = False

        before = self._writer.next_sample
        if not self._attempt(take):
            self._dropped = True
            written = max(0, self._writer.next_sample - max(before, chunk.start))
            self._missed += len(chunk) - min(written, len(chunk))

    def _write_events(self) -> None:
        while self._kept and self._attempt(lambda: self._writer.note(self._kept[0])):
            self._kept.popleft()

    def _attempt(self, write: Callable[[], None]) -> bool:
        """Write, unless the disk refused a moment ago; tell whether it was written."""
        if self._trouble and self._clock() < self._retry_s:
            return False
        try:
            write()
        except OSError as error:
            self._trouble = f"Not recorded: {_reason(error)}"
            self._retry_s = self._clock() + _RETRY_S
            return False
        self._trouble = ""
        return True

    def _look(self) -> None:
        """Look how long the disk has room for."""
        self._look_s = self._clock() + _LOOK_S
        try:
            left_s = self._free(self._writer.folder) / self._writer.bytes_per_s
        except OSError:
            return
        minutes = int(left_s // 60)
        self._room = (
            ""
            if left_s > _LITTLE_S
            else f"The disk has room for {minutes} more minute{'s' * (minutes != 1)}."
        )

    def _close(self) -> None:
        self._retry_s = float("-inf")
        self._write_events()
        try:
            self._writer.close()
        except OSError as error:
            self._trouble = f"The recording was not closed: {_reason(error)}"


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full."
    if error.errno == errno.EFBIG:
        return "the file has reached the largest size that is allowed."
    return f"the disk says: {error.strerror}."


def refuse_full_disk(root: Path, bytes_per_s: float) -> None:
    """Raise RecordingError where there is no room for a minute of recording."""
    existing = next((folder for folder in (root, *root.parents) if folder.is_dir()), root)
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        raise RecordingError(f"nothing can be recorded in {root}: {error.strerror}.") from error
    if free < 60.0 * bytes_per_s:
        raise RecordingError(f"nothing is recorded: the disk of {existing} is full.")
