"""Open an hour of 16 channels at 1000 Hz, and read any ten seconds of it."""

import os
import random
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.figures import Figure
from benchmarks.victim import STREAM, about, counted
from host.recording import bdf
from host.recording.events import Marker, encode_event
from host.recording.manifest import write_manifest
from host.recording.reader import EMG, EVENTS, SessionRecording, read_session, session_layout

SEEDS = (1,)
HOUR = round(3600 * STREAM.rate_hz)
WINDOW = round(10 * STREAM.rate_hz)
EVENTS_IN_HOUR = 5000
OPENED = 20
WINDOWS = 300


def run() -> list[Figure]:
    """Measure opening with all events, and windows anywhere; then with nothing in memory."""
    with tempfile.TemporaryDirectory(prefix="quietface-open-") as root:
        folder = _write_hour(Path(root) / "session")
        opened = sorted(_seconds(folder) for _ in range(OPENED))
        warm = _windows(read_session(folder), forget=False)
        cold_s = _seconds(folder, forget=True)
        cold = _windows(read_session(folder), forget=True)
    figures = [
        Figure(name="open an hour, 95 of 100", value=opened[-2], unit="s", goal=0.1),
        Figure(name="read ten seconds, 95 of 100", value=1000.0 * warm, unit="ms", goal=20.0),
    ]
    if hasattr(os, "posix_fadvise"):
        figures += [
            Figure(name="open an hour, from the disk", value=cold_s, unit="s"),
            Figure(name="read ten seconds, from the disk", value=1000.0 * cold, unit="ms"),
        ]
    return figures


def _seconds(folder: Path, *, forget: bool = False) -> float:
    if forget:
        _forget(folder)
    began_s = time.perf_counter()
    session = read_session(folder)
    if session.stop != HOUR or len(session.events) != EVENTS_IN_HOUR:
        raise RuntimeError(f"the hour was not read: {session.remarks}")
    return time.perf_counter() - began_s


def _windows(session: SessionRecording, *, forget: bool) -> float:
    """Return how long 95 of 100 windows take at most."""
    rng, times_s = random.Random(SEEDS[0]), []
    for _ in range(WINDOWS):
        start = rng.randrange(HOUR - WINDOW)
        if forget:
            _forget(session.folder)
        began_s = time.perf_counter()
        window = session.samples(start, start + WINDOW)
        times_s.append(time.perf_counter() - began_s)
        if not np.array_equal(window, counted(start, start + WINDOW)):
            raise RuntimeError(f"samples from {start} on differ")
    return float(np.percentile(times_s, 95))


def _forget(folder: Path) -> None:
    """Let the system forget what it has of the files in memory."""
    if sys.platform != "linux":
        return
    for name in (EMG, EVENTS):
        with (folder / name).open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _write_hour(folder: Path) -> Path:
    """Write the hour record by record, without the syncs of a recording."""
    manifest = about()
    shape = session_layout(manifest)
    folder.mkdir()
    started = datetime.fromisoformat(manifest.created)
    records = HOUR // shape.samples
    with (folder / EMG).open("wb") as file:
        file.write(bdf.header(shape, started=started, records=records))
        for number in range(records):
            start = number * shape.samples
            rows = counted(start, start + shape.samples) / STREAM.step_uv
            counts = np.rint(rows).astype(np.int64)
            file.write(bdf.record(shape, counts, start / shape.rate, b""))
        file.flush()
        os.fsync(file.fileno())
    every = HOUR // EVENTS_IN_HOUR
    markers = (Marker(sample=k * every, text=f"marker {k}") for k in range(EVENTS_IN_HOUR))
    (folder / EVENTS).write_bytes(b"".join(map(encode_event, markers)))
    write_manifest(folder, msgspec.structs.replace(manifest, samples=HOUR))
    return folder
