"""Write a session's folder: what it was, its samples, its events; each on the disk at once.

One thread at a time. Nothing is kept in memory but the samples of the record that is being
filled, so a crash costs no more than those.
"""

import shutil
from collections import deque
from contextlib import ExitStack
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from host.chain.stream import Chunk, IntArray
from host.errors import RecordingError
from host.recording import bdf, durable
from host.recording.events import CueGiven, Event, Gap, Marker, Touch, encode_event
from host.recording.manifest import Manifest, utc_now, write_manifest
from host.recording.reader import EMG, EVENTS, session_layout

_SYNC_HELD = 600
"""Records of held values between two syncs: there is nothing in them that could be lost."""


class AppendOnly:
    """A file that grows by whole pieces: what does not fit whole is taken back."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("xb", buffering=0)
        self.size = 0
        """Bytes of whole pieces."""

    def lock(self) -> bool:
        """Mark the file as in use; see `durable.lock`."""
        return durable.lock(self._file)

    def append(self, content: bytes) -> None:
        """Add a piece, or raise OSError and leave the file as it was."""
        try:
            self._file.seek(self.size)
            durable.write_all(self._file, content)
        except OSError:
            self._file.truncate(self.size)
            raise
        self.size += len(content)

    def take_back(self, size: int) -> None:
        """Cut the file back to `size` bytes, for a piece that never reached the disk."""
        if size < self.size:
            self._file.truncate(size)
            self.size = size

    def overwrite(self, at: int, content: bytes) -> None:
        """Replace bytes that are there already."""
        self._file.seek(at)
        durable.write_all(self._file, content)

    def sync(self) -> None:
        """Return when everything is on the disk."""
        durable.sync(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class SessionWriter:
    """A session's folder while it grows.

    `take` and `note` raise OSError when the disk refuses; everything before stays whole, and
    the next call goes on where that one failed, with a gap for the samples in between.
    """

    def __init__(self, folder: Path, manifest: Manifest, *, patient: str = "X") -> None:
        """Create the folder and its files; RecordingError where that cannot be."""
        self.folder = folder
        self._manifest = manifest
        self._shape = session_layout(manifest)
        self._rate = self._shape.rate
        self._rows: IntArray = np.empty(
            (self._shape.samples, len(self._shape.labels)), dtype=np.int64
        )
        self._filled = 0
        self._records = 0
        self._annotations: deque[bytes] = deque()
        self._last: IntArray = np.zeros(len(self._shape.labels), dtype=np.int64)
        self._unsynced_events = False
        started = datetime.fromisoformat(manifest.created).astimezone()
        with ExitStack() as undo:
            try:
                folder.mkdir(parents=True)
                undo.callback(shutil.rmtree, folder, ignore_errors=True)
                self._samples = AppendOnly(folder / EMG)
                undo.callback(self._samples.close)
                self._events = AppendOnly(folder / EVENTS)
                undo.callback(self._events.close)
                self._samples.lock()
                self._samples.append(bdf.header(self._shape, started=started, patient=patient))
                self._samples.sync()
                # Last: a folder with this file in it holds a session.
                write_manifest(folder, manifest)
            except OSError as error:
                raise RecordingError(
                    f"nothing can be recorded in {folder}: {error.strerror}."
                ) from error
            undo.pop_all()

    @property
    def next_sample(self) -> int:
        """Index of the sample that is expected next."""
        return self._records * self._shape.samples + self._filled

    @property
    def synced_sample(self) -> int:
        """Index after the last sample that is on the disk."""
        return self._records * self._shape.samples

    @property
    def rate_hz(self) -> float:
        """Samples per second and channel."""
        return self._manifest.stream.rate_hz

    @property
    def bytes_per_s(self) -> float:
        """How fast the samples' file grows."""
        return self._shape.record_bytes / float(self._shape.duration)

    def take(self, chunk: Chunk, *, why: str = "lost") -> None:
        """Write samples; a jump of the index is a gap, for which the last values are held."""
        if chunk.start < self.next_sample:
            raise ValueError(f"chunks must not overlap: {chunk.start} after {self.next_sample}")
        if chunk.start > self.next_sample:
            self._gap(self.next_sample, chunk.start, why)
        counts = np.rint(chunk.data / self._manifest.stream.step_uv).astype(np.int64)
        done = 0
        while done < len(counts):
            part = counts[done : done + self._shape.samples - self._filled]
            self._rows[self._filled : self._filled + len(part)] = part
            self._filled += len(part)
            self._last = part[-1]
            done += len(part)
            if self._filled == self._shape.samples:
                self._put_record(sync=True)

    def note(self, event: Event) -> None:
        """Write an event, and put those that other programs should see beside the samples.

        It is on the disk after `sync`, or with the next record.
        """
        self._events.append(encode_event(event))
        self._unsynced_events = True
        shown = _annotation(event, self._rate)
        if shown:
            self._annotations.append(shown)

    def sync(self) -> None:
        """Return when all events are on the disk; whole records are there already."""
        if self._unsynced_events:
            self._events.sync()
            self._unsynced_events = False

    def close(self) -> None:
        """Fill the last record, say how much there is, and let go of the files."""
        stop = self.next_sample
        try:
            self._end(stop)
            self.sync()
            self._samples.overwrite(bdf.COUNT_AT, bdf.record_count(self._records))
            self._samples.sync()
            ended = msgspec.structs.replace(self._manifest, samples=stop, ended=utc_now())
            write_manifest(self.folder, ended)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the files as they are; a repair closes them."""
        self._samples.close()
        self._events.close()

    def _end(self, stop: int) -> None:
        """Pad the record that is not full, and place the annotations that wait."""
        if self._filled:
            whole = (self._records + 1) * self._shape.samples
            self._annotations.appendleft(self._held(stop, whole))
            self._hold(whole - stop, sync=False)
        while self._annotations:
            # A record that holds nothing but annotations, after the end.
            begin = self.next_sample
            self._annotations.appendleft(self._held(begin, begin + self._shape.samples))
            self._hold(self._shape.samples, sync=False)

    def _gap(self, start: int, stop: int, why: str) -> None:
        """Note a gap first, so that no reader ever takes a held value for a measured one."""
        self._events.append(encode_event(Gap(sample=start, stop=stop, why=why)))
        self._events.sync()
        self._unsynced_events = False
        self._annotations.appendleft(self._held(start, stop))
        self._hold(stop - start, sync=True)

    def _held(self, start: int, stop: int) -> bytes:
        return bdf.annotation(start / self._rate, bdf.GAP, (stop - start) / self._rate)

    def _hold(self, samples: int, *, sync: bool) -> None:
        while samples:
            count = min(samples, self._shape.samples - self._filled)
            self._rows[self._filled : self._filled + count] = self._last
            self._filled += count
            samples -= count
            if self._filled == self._shape.samples:
                self._put_record(sync=sync and self._records % _SYNC_HELD == 0)

    def _put_record(self, *, sync: bool) -> None:
        began = self._records * self._shape.samples / self._rate
        notes = self._notes(bdf.room_for_notes(began))
        size = self._samples.size
        try:
            self.sync()
            self._samples.append(bdf.record(self._shape, self._rows, began, b"".join(notes)))
            if sync:
                self._samples.sync()
        except OSError:
            # The record is lost and its samples are a gap; its annotations wait for the next.
            self._annotations.extendleft(reversed(notes))
            self._filled = 0
            self._samples.take_back(size)
            raise
        self._records += 1
        self._filled = 0

    def _notes(self, room: int) -> list[bytes]:
        notes: list[bytes] = []
        while self._annotations and len(self._annotations[0]) <= room:
            room -= len(self._annotations[0])
            notes.append(self._annotations.popleft())
        return notes


def _annotation(event: Event, rate: Fraction) -> bytes:
    """Return what other programs see of an event; empty for what is of no use to them."""
    onset = event.sample / rate
    match event:
        case CueGiven():
            return bdf.annotation(onset, f"{event.pattern}: {event.phase.value}")
        case Marker():
            lasts = event.samples / rate if event.samples else None
            return bdf.annotation(onset, event.text or "marker", lasts)
        case Touch():
            return bdf.annotation(onset, f"touch {'on' if event.on else 'off'}")
        case _:
            return b""
