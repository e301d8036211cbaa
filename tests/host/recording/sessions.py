"""Small sessions for tests: their manifests, samples, folders, and a disk that refuses."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from calibration.montage import plain_montage
from calibration.muscles import Side
from host.chain.stream import DIGITAL_MAX, Chunk, FloatArray, Stream, channel_names
from host.detection.watch import Watch
from host.recording import bdf, durable
from host.recording.events import Event
from host.recording.labels import bdf_labels
from host.recording.manifest import Manifest
from host.recording.writer import SessionWriter

CREATED = "2026-03-01T10:00:00.000000+00:00"


def manifest(rate_hz: float = 1000.0, channels: int = 2, range_uv: float = 187_500.0) -> Manifest:
    """Return the manifest of a session with plain channels."""
    stream = Stream(rate_hz=rate_hz, channels=channel_names(channels), range_uv=range_uv)
    watch = Watch(montage=plain_montage(channels))
    labels = bdf_labels(watch.montage, stream.channels)
    return Manifest(
        program="quietface test",
        created=CREATED,
        source="a test",
        stream=stream,
        watch=watch,
        affected=Side.LEFT,
        chain_digest="none",
        record_samples=bdf.layout(stream, labels).samples,
    )


def signal(stream: Stream, samples: int, seed: int = 1) -> FloatArray:
    """Return `(samples, n_channels)` of any counts that the grid has, its ends among them."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(-DIGITAL_MAX, DIGITAL_MAX + 1, (samples, len(stream.channels)))
    counts[: min(3, samples), 0] = [-DIGITAL_MAX, DIGITAL_MAX, 0][: min(3, samples)]
    return counts.astype(np.float64) * stream.step_uv


def write_session(
    folder: Path,
    pieces: Iterable[Chunk | Event],
    about: Manifest | None = None,
    *,
    closed: bool = True,
) -> Path:
    """Write samples and events in this order; `closed=False` leaves it as a crash would."""
    writer = SessionWriter(folder, about or manifest())
    for piece in pieces:
        if isinstance(piece, Chunk):
            writer.take(piece)
        else:
            writer.note(piece)
    writer.sync()
    if closed:
        writer.close()
    else:
        writer.abandon()
    return folder


class Disk:
    """Stands between the program and the real disk, and refuses when asked to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.code = 0
        """Number of the error that every write gives; 0 while all is well."""
        self.sync_code = 0
        """The same, for every sync."""
        self.room: int | None = None
        """Bytes that still fit; None for any number."""
        self.syncs = 0
        self.pretends = False
        """Whether a sync only counts, for tests that need thousands."""
        self._write_all, self._sync = durable.write_all, durable.sync
        patch.setattr(durable, "write_all", self._write)
        patch.setattr(durable, "sync", self._syncs)

    def _write(self, file: BinaryIO, content: bytes) -> None:
        refuse(self.code)
        if self.room is None:
            self._write_all(file, content)
            return
        fits = content[: self.room]
        self._write_all(file, fits)
        self.room -= len(fits)
        if len(fits) < len(content):
            refuse(errno.ENOSPC)

    def _syncs(self, file: BinaryIO) -> None:
        refuse(self.sync_code)
        self.syncs += 1
        if not self.pretends:
            self._sync(file)


def refuse(code: int) -> None:
    """Raise the error with this number; 0 is none."""
    if code:
        raise OSError(code, os.strerror(code))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s
