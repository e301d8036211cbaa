"""Recordings made by other programs, as runs of samples and plain words about what was found."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from calibration.saying import Saying, words_of
from host.chain.stream import Chunk, FloatArray, IntArray, Stream
from host.errors import RecordingError
from host.recording.events import Marker
from host.recording.foreign import (
    brainflow_csv,
    edf,
    mapped_csv,
    marks,
    openbci_text,
    plain_csv,
    xdf,
)
from host.recording.foreign.content import open_content
from host.recording.foreign.counting import place
from host.recording.foreign.edf_header import FIXED_BYTES, is_edf
from host.recording.foreign.inferring import fitting_stream, settle_rate, trimmed
from host.recording.foreign.mapping import CsvMapping
from host.recording.foreign.reading import Reading
from host.recording.foreign.remarks import (
    AT_ONCE,
    about_data,
    about_gaps,
    about_measured,
    about_outside,
    about_unreadable,
)
from host.recording.foreign.runs import Run, part_of
from host.recording.foreign.text_rows import Content, lines_of, text_of
from host.recording.foreign.xdf_chunks import MAGIC
from host.recording.recorded import Span

_LONG_S = 5.0
"""Shorter runs say little about the rate: timestamps come in bursts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForeignRecording:
    """A recording as a stream, its continuous runs, and what a reader should know about it."""

    stream: Stream
    runs: tuple[Run, ...]
    """Continuous stretches in order; the first starts at 0, a gap is a jump of `start`."""
    format: str
    """In plain words: "OpenBCI GUI text, version 6"."""
    remarks: tuple[str, ...] = ()
    """Whole sentences about everything that was inferred, left out or found missing."""
    measured_hz: float | None = None
    """Rate by the timestamps over the longest run; None without timestamps."""
    markers: tuple[Marker, ...] = ()
    """What the other program, or somebody in it, marked."""
    labels: tuple[str, ...] = ()
    """Names of the channels in the other program, one per channel; empty where unknown."""
    started: str = ""
    """When it began, ISO 8601, without a zone where the file has none; empty where unknown."""

    def __post_init__(self) -> None:
        """Refuse runs that overlap or are empty."""
        if not self.runs or any(not len(run) for run in self.runs):
            raise ValueError(f"a recording needs runs with samples, got {len(self.runs)} runs")
        if any(later.start <= earlier.stop for earlier, later in pairwise(self.runs)):
            raise ValueError("runs must be in order, with a gap between them")
        if self.labels and len(self.labels) != len(self.stream.channels):
            raise ValueError(f"need a label for each channel, got {self.labels}")

    @property
    def spans(self) -> tuple[Span, ...]:
        """Continuous stretches, as `Recorded` asks."""
        return tuple(Span(run.start, run.stop) for run in self.runs)

    def samples(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts, from within one run."""
        where = bisect_right(self.runs, start, key=lambda run: run.start) - 1
        if where < 0 or not start <= stop <= self.runs[where].stop:
            raise ValueError(f"samples {start} to {stop} do not lie in one run")
        return part_of(self.runs[where], start, stop)

    @property
    def duration_s(self) -> float:
        """From the first to after the last sample, gaps included."""
        return self.runs[-1].stop / self.stream.rate_hz


def read_foreign(
    path: Path, *, rate_hz: float | None = None, mapping: CsvMapping | None = None
) -> ForeignRecording:
    """Read a recording of another program; `rate_hz` goes before what the file says.

    With a `mapping`, it is text in columns, and the mapping says what they hold. Raises
    RecordingError, one sentence for the user, whatever the file holds.
    """
    try:
        return _read(open_content(path), path.name, rate_hz, mapping)
    except RecordingError as error:
        raise RecordingError(Saying("{}: {}", path.name or path, words_of(error))) from error


def read_foreign_bytes(
    content: bytes, name: str, *, rate_hz: float | None = None, mapping: CsvMapping | None = None
) -> ForeignRecording:
    """Read the bytes of a recording, as `read_foreign` reads a file."""
    try:
        return _read(content, name, rate_hz, mapping)
    except RecordingError as error:
        raise RecordingError(Saying("{}: {}", name, words_of(error))) from error


def _read(
    content: Content, name: str, rate_hz: float | None, mapping: CsvMapping | None
) -> ForeignRecording:
    """Tell the formats apart by how they begin."""
    if is_edf(content[:FIXED_BYTES]):
        _refuse_mapping(mapping, "EDF or BDF")
        return _from_file(edf.read(content, name, rate_hz))
    if content[: len(MAGIC)] == MAGIC:
        _refuse_mapping(mapping, "XDF")
        return _from_rows(xdf.read(content), rate_hz)
    text = text_of(content)
    if mapping is not None:
        return _from_rows(mapped_csv.read(text, mapping), rate_hz)
    return _from_rows(_text(lines_of(text)), rate_hz)


def _text(lines: list[str]) -> Reading:
    if lines[0].startswith("%"):
        return openbci_text.read(lines)
    if brainflow_csv.looks_numeric(lines[0]):
        return brainflow_csv.read(lines)
    return plain_csv.read(lines)


def _refuse_mapping(mapping: CsvMapping | None, kind: str) -> None:
    if mapping is not None:
        raise RecordingError(
            Saying("this is {}, which says itself what it holds; leave the mapping", kind)
        )


def _from_file(found: edf.EdfReading) -> ForeignRecording:
    return ForeignRecording(
        stream=found.stream,
        runs=found.runs,
        format=found.format,
        remarks=(*found.remarks, *about_gaps([Span(run.start, run.stop) for run in found.runs])),
        markers=found.markers,
        labels=found.labels,
        started=found.started,
    )


def _from_rows(reading: Reading, asked_hz: float | None) -> ForeignRecording:
    rate_hz, about_rate = settle_rate(reading.rate_hz, reading.rate_from, asked_hz)
    reading, about_ends = trimmed(reading)
    placed = place(reading.counter, reading.time_s, reading.data_uv, rate_hz)
    whole = np.isfinite(reading.data_uv[placed.rows]).all(axis=1)
    rows, index = placed.rows[whole], placed.index[whole]
    if not len(rows):
        raise RecordingError(Saying("no row of it holds an index and a number in every channel"))
    # Nobody else has the rows: where all are kept they are put on the grid where they are.
    data = reading.data_uv if len(rows) == len(reading.data_uv) else reading.data_uv[rows]
    stream, about_range = fitting_stream(reading, data, rate_hz)
    _put_on_grid(data, stream)
    runs = _runs(data, index - index[0])
    times = None if reading.time_s is None else reading.time_s[rows]
    measured_hz = _measured(times, runs, rate_hz)
    markers, outside = marks.on_axis(reading.marks, rows, index - index[0])
    return ForeignRecording(
        stream=stream,
        runs=runs,
        format=reading.format,
        measured_hz=measured_hz,
        markers=markers,
        labels=reading.labels,
        started=reading.started,
        remarks=(
            *about_rate,
            *about_measured(measured_hz, rate_hz),
            *about_range,
            *reading.remarks,
            *about_ends,
            *about_unreadable(reading),
            *placed.remarks,
            *about_gaps([Span(run.start, run.stop) for run in runs]),
            *about_data(data, stream),
            *about_outside(outside),
        ),
    )


def _put_on_grid(data: FloatArray, stream: Stream) -> None:
    for first in range(0, len(data), AT_ONCE):
        data[first : first + AT_ONCE] = stream.on_grid(data[first : first + AT_ONCE])


def _runs(data: FloatArray, index: IntArray) -> tuple[Chunk, ...]:
    cuts = [0, *(np.flatnonzero(np.diff(index) != 1) + 1).tolist(), len(data)]
    return tuple(Chunk(int(index[a]), data[a:b]) for a, b in pairwise(cuts))


def _measured(times: FloatArray | None, runs: tuple[Chunk, ...], rate_hz: float) -> float | None:
    """Return the rate by the timestamps over the longest run, if that is long."""
    longest = max(range(len(runs)), key=lambda number: len(runs[number]))
    first = sum(len(run) for run in runs[:longest])
    last = first + len(runs[longest]) - 1
    if times is None or last - first + 1 < _LONG_S * rate_hz:
        return None
    span_s = float(times[last] - times[first])
    return (last - first) / span_s if span_s > 0 else None
