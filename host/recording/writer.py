"""Write a session's folder: what it was, its samples, its events.

One thread at a time. Nothing is kept in memory but the samples of the record that is being
filled, and what waits for `sync`; so a crash costs no more than those.
"""

import shutil
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np

from calibration.saying import Saying
from host.chain.stream import DIGITAL_MAX, Chunk, IntArray
from host.errors import RecordingError
from host.recording import bdf, durable
from host.recording.appending import AppendOnly, Lines
from host.recording.events import Event, Gap, encode_event
from host.recording.manifest import Manifest, utc_now, write_manifest
from host.recording.placing import Annotations
from host.recording.reader import EMG, EVENTS, session_layout
from host.recording.risk import RISK_BYTES, risk_field

_MOST_UNSYNCED = 600
"""Records between two syncs, where nobody asks for one in between."""


class SessionWriter:
    """A session's folder while it grows.

    `take` and `sync` raise OSError when the disk refuses. What was synced stays whole, samples
    that could not be written become a gap, and events wait for the next `sync`.
    """

    measured: int
    """Samples that were taken and stand, on the disk or not; held values do not count."""
    synced_measured: int
    """How many of these are on the disk."""

    def __init__(
        self, folder: Path, manifest: Manifest, *, patient: str = "X", each: bool = True
    ) -> None:
        """Create the folder and its files; RecordingError where that cannot be.

        With `each=False` nothing is synced before the end: for what can be written again.
        """
        self.folder = folder
        self.measured = self.synced_measured = 0
        self._manifest = manifest
        self._shape = session_layout(manifest)
        channels = len(self._shape.labels)
        self._rows: IntArray = np.empty((self._shape.samples, channels), dtype=np.int64)
        self._last: IntArray = np.zeros(channels, dtype=np.int64)
        self._filled = self._fresh = 0
        """Samples in the record that is being filled; measured ones among them."""
        self._records = self._synced = 0
        self._annotations = Annotations(self._shape)
        self._placed: list[bytes] = []
        """Annotations in records that are not synced."""
        self._at_risk_s = 0.0
        self._most_unsynced = _MOST_UNSYNCED if each else sys.maxsize
        started = datetime.fromisoformat(manifest.created).astimezone()
        self._create(bdf.header(self._shape, started=started, patient=patient))

    def _create(self, header: bytes) -> None:
        with ExitStack() as undo:
            try:
                durable.make_folder(self.folder)
                undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
                self._samples = AppendOnly(self.folder / EMG)
                undo.callback(self._samples.close)
                self._lines = Lines(self.folder / EVENTS)
                undo.callback(self._lines.close)
                self._samples.lock()
                self._samples.append(header)
                self._samples.sync()
                # Last: a folder with this file in it holds a session.
                write_manifest(self.folder, self._manifest)
            except OSError as error:
                raise RecordingError(
                    Saying("nothing can be recorded in {}: {}.", self.folder, error.strerror)
                ) from error
            undo.pop_all()

    @property
    def next_sample(self) -> int:
        """Index of the sample that is expected next."""
        return self._records * self._shape.samples + self._filled

    @property
    def synced_sample(self) -> int:
        """Index after the last sample that is on the disk."""
        return self._synced * self._shape.samples

    @property
    def unsynced_events(self) -> int:
        """Events that are not on the disk yet."""
        return len(self._lines)

    @property
    def record_samples(self) -> int:
        """Samples per channel in a record."""
        return self._shape.samples

    @property
    def rate_hz(self) -> float:
        """Samples per second and channel."""
        return self._manifest.stream.rate_hz

    @property
    def bytes_per_s(self) -> float:
        """How fast the samples' file grows."""
        return self._shape.record_bytes / float(self._shape.duration)

    def take(self, chunk: Chunk, *, why: str = "lost") -> None:
        """Write samples; a jump of the index is a gap, for which the last values are held.

        Whole records are on the disk after `sync`.
        """
        if not len(chunk):
            return
        if chunk.start < self.next_sample:
            raise ValueError(f"chunks must not overlap: {chunk.start} after {self.next_sample}")
        if chunk.start > self.next_sample:
            self._gap(self.next_sample, chunk.start, why)
        counts = np.rint(chunk.data / self._manifest.stream.step_uv)
        np.clip(counts, -DIGITAL_MAX, DIGITAL_MAX, out=counts)
        done = 0
        while done < len(counts):
            part = counts[done : done + self._shape.samples - self._filled]
            self._rows[self._filled : self._filled + len(part)] = part
            self._last[:] = part[-1]
            self.measured += len(part)
            self._fresh += len(part)
            done += len(part)
            self._fill(len(part))

    def note(self, event: Event) -> None:
        """Keep an event for `sync`, and put what other programs should see beside the samples."""
        self._lines.add(encode_event(event))
        self._annotations.add(event)

    def sync(self) -> None:
        """Return when all events and all whole records are on the disk."""
        self._lines.sync()
        if self._synced == self._records:
            return
        try:
            self._samples.sync()
        except OSError:
            # Nobody knows what became of these records: they are a gap now.
            self._annotations.put_back(self._placed)
            self._drop_records(self._synced)
            self.measured, self._fresh = self.synced_measured, 0
            raise
        finally:
            self._placed.clear()
        self._synced = self._records
        self.synced_measured = self.measured - self._fresh

    def at_risk(self, seconds: float) -> None:
        """Write into the header what a crash would cost now; `inf` while the disk refuses."""
        if seconds != self._at_risk_s:
            self._samples.overwrite(self._shape.header_bytes - RISK_BYTES, risk_field(seconds))
            self._samples.sync()
            self._at_risk_s = seconds

    def close(self) -> None:
        """Fill the last record, say how much there is, and let go of the files.

        Where the disk refuses, they are let go of as they are: a repair closes them.
        """
        stop = self.next_sample
        try:
            self._end(stop)
            self.sync()
            self.at_risk(0.0)
            self._samples.overwrite(bdf.COUNT_AT, bdf.record_count(self._records))
            self._samples.sync()
            ended = msgspec.structs.replace(self._manifest, samples=stop, ended=utc_now())
            write_manifest(self.folder, ended)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the files as they are."""
        self._samples.close()
        self._lines.close()

    def _gap(self, start: int, stop: int, why: str) -> None:
        """Note a gap first, so that no reader ever takes a held value for a measured one."""
        size = self._lines.insist(encode_event(Gap(sample=start, stop=stop, why=why)))
        shown, records = self._annotations.add_gap(start, stop), self._records
        try:
            self._hold(stop - start)
        except OSError:
            if self._records <= records:
                # Nothing of it was written: the next attempt notes it anew.
                self._lines.take_back(size)
                self._annotations.remove(shown)
            raise

    def _end(self, stop: int) -> None:
        """Fill the last record, and so many more as annotations need that still wait."""
        if self._filled or self._annotations:
            end = self._annotations.add_end(stop, self._records) * self._shape.samples
            self._lines.insist(encode_event(Gap(sample=stop, stop=end, why="end")))
            self._hold(end - stop)

    def _hold(self, samples: int) -> None:
        while samples:
            part = min(samples, self._shape.samples - self._filled)
            self._rows[self._filled : self._filled + part] = self._last
            samples -= part
            self._fill(part)

    def _fill(self, samples: int) -> None:
        """Count samples that were put into the record, and write it when it is full."""
        self._filled += samples
        if self._filled < self._shape.samples:
            return
        notes = self._annotations.take(self._records)
        began = self._annotations.began(self._records)
        try:
            self._lines.write()
            self._samples.append(bdf.record(self._shape, self._rows, began, b"".join(notes)))
        except OSError:
            self._annotations.put_back(notes)
            self.measured -= self._fresh
            self._filled = self._fresh = 0
            raise
        self._placed += notes
        self._records += 1
        self._filled = self._fresh = 0
        if self._records - self._synced >= self._most_unsynced:
            self.sync()

    def _drop_records(self, keep: int) -> None:
        self._records, self._filled = keep, 0
        self._samples.take_back(self._shape.header_bytes + keep * self._shape.record_bytes)
