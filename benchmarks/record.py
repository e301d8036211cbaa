"""Cost of recording 16 channels at 1000 Hz in real time, and how much disk an hour takes."""

import contextlib
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.victim import CHUNK, STREAM, about, counted
from host.chain.stream import Chunk
from host.recording.events import Marker
from host.recording.reader import read_session
from host.recording.recorder import Recorder
from host.recording.state import Recording, Unrecorded
from host.recording.writer import SessionWriter

SEEDS = ()
SECONDS = 10
REPEATS = 3
EVENT_EVERY = 500
"""Samples from event to event: more than a busy session has."""


def run() -> list[Figure]:
    """Feed a recorder in 10 ms chunks as a board would, and nothing in the same way.

    What both cost is compared, some times over, and the least taken: other programs on the machine
    can only add to it.
    """
    chunks = [
        Chunk(start, counted(start, start + CHUNK))
        for start in range(0, round(SECONDS * STREAM.rate_hz), CHUNK)
    ]
    costs, waits_ms = [], []
    with tempfile.TemporaryDirectory(prefix="quietface-record-") as root:
        for repeat in range(REPEATS):
            idle_s, _ = _feed(Unrecorded(), chunks)
            folder = Path(root) / f"{repeat}"
            writer = SessionWriter(folder, about())
            with Recorder(writer) as recorder:
                busy_s, longest_s = _feed(recorder, chunks)
            costs.append(100.0 * (busy_s - idle_s) / SECONDS)
            waits_ms.append(1000.0 * longest_s)
        session = read_session(folder)
        if session.stop != SECONDS * STREAM.rate_hz or recorder.state.missed:
            raise RuntimeError(f"not everything was recorded: {recorder.state}")
    return [
        Figure(name="recording, 16 channels, 1000 Hz", value=min(costs), unit="% core", goal=1.0),
        Figure(name="recording, dearest of the repeats", value=max(costs), unit="% core"),
        Figure(name="longest wait of the session", value=min(waits_ms), unit="ms"),
        Figure(name="disk for an hour", value=3600 * writer.bytes_per_s / 1e6, unit="MB"),
    ]


def _feed(recording: Recording, chunks: list[Chunk]) -> tuple[float, float]:
    """Return the processor time of all threads, and the longest time of one step."""
    longest_s = 0.0
    cpu_s, began_s = time.process_time(), time.perf_counter()
    for chunk in chunks:
        with contextlib.suppress(ValueError):  # late already
            time.sleep(began_s + chunk.stop / STREAM.rate_hz - time.perf_counter())
        before_s = time.perf_counter()
        recording.take(chunk)
        if chunk.stop % EVENT_EVERY == 0:
            recording.note(Marker(sample=chunk.stop, text="a marker of some length"))
        longest_s = max(longest_s, time.perf_counter() - before_s)
    return time.process_time() - cpu_s, longest_s
