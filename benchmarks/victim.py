"""A program that records until it is killed: `python -m benchmarks.victim FOLDER`.

Before it hands samples or an event to the recorder, it says so on its output, so that whoever
killed it knows what it had.
"""

import os
import struct
import sys
import time
from itertools import count
from pathlib import Path

import numpy as np

from calibration.montage import plain_montage
from calibration.muscles import Side
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.detection.watch import Watch
from host.recording import bdf
from host.recording.events import Marker
from host.recording.labels import bdf_labels
from host.recording.manifest import Manifest, utc_now
from host.recording.recorder import Recorder
from host.recording.writer import SessionWriter

STREAM = Stream(rate_hz=1000.0, channels=channel_names(16))
CHUNK = 10
"""Samples that come at once."""
EVENT_EVERY = 47
"""Samples from event to event."""
REPORT = struct.Struct("<qq")
"""Index after the last sample, and number of events, that the recorder was about to get."""


def about(stream: Stream = STREAM) -> Manifest:
    """Return the manifest of a session with plain channels."""
    watch = Watch(montage=plain_montage(len(stream.channels)))
    labels = bdf_labels(watch.montage, stream.channels)
    return Manifest(
        program="quietface benchmark",
        created=utc_now(),
        source="a benchmark",
        stream=stream,
        watch=watch,
        affected=Side.LEFT,
        chain_digest="none",
        record_samples=bdf.layout(stream, labels).samples,
    )


def counted(start: int, stop: int, stream: Stream = STREAM) -> FloatArray:
    """Return samples of which each tells its own index and channel."""
    index = np.arange(start, stop)[:, np.newaxis]
    counts = (index * 7919 + 104_729 * np.arange(len(stream.channels))) % 16_777_213 - 8_388_606
    return counts.astype(np.float64) * stream.step_uv


def main() -> None:
    """Record in real time, for ever."""
    with Recorder(SessionWriter(Path(sys.argv[1]), about())) as recorder:
        began_s = time.perf_counter()
        for start in count(0, CHUNK):
            stop = start + CHUNK
            time.sleep(max(0.0, began_s + stop / STREAM.rate_hz - time.perf_counter()))
            chunk = Chunk(start, counted(start, stop))
            events = stop // EVENT_EVERY
            os.write(sys.stdout.fileno(), REPORT.pack(stop, events))
            recorder.take(chunk)
            if events > start // EVENT_EVERY:
                recorder.note(Marker(sample=stop, text=str(events)))


if __name__ == "__main__":
    main()
