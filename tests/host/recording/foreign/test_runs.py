"""Runs in a file: decoded where somebody looks, and alike to those in memory."""

import numpy as np

from host.chain.stream import Chunk, FloatArray, Stream
from host.recording.foreign.files import ForeignRecording
from host.recording.foreign.runs import FileRun, part_of
from host.recording.recorded import Recorded, Span

FILE = np.arange(40.0).reshape(20, 2)


def decode(start: int, stop: int) -> FloatArray:
    return FILE[start:stop]


def test_a_run_in_a_file_is_like_one_in_memory() -> None:
    lazy = FileRun(start=100, length=8, at=5, decode=decode)
    chunk = Chunk(100, FILE[5:13])
    assert (lazy.start, lazy.stop, len(lazy)) == (chunk.start, chunk.stop, len(chunk))
    np.testing.assert_array_equal(lazy.data, chunk.data)
    np.testing.assert_array_equal(part_of(lazy, 103, 106), part_of(chunk, 103, 106))


def test_only_what_is_asked_for_is_decoded() -> None:
    asked = []

    def noting(start: int, stop: int) -> FloatArray:
        asked.append((start, stop))
        return FILE[start:stop]

    stream = Stream(rate_hz=250.0, channels=("ch1", "ch2"))
    recording: Recorded = ForeignRecording(
        stream=stream,
        runs=(
            FileRun(start=0, length=5, at=0, decode=noting),
            FileRun(start=9, length=6, at=5, decode=noting),
        ),
        format="test",
    )
    assert recording.spans == (Span(0, 5), Span(9, 15))
    assert not asked
    np.testing.assert_array_equal(recording.samples(10, 12), FILE[6:8])
    assert asked == [(6, 8)]
