"""Recordings made by other programs, as runs of samples and plain words about what was found."""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from host.chain.stream import Chunk, FloatArray, IntArray, Stream, channel_names
from host.errors import RecordingError
from host.recording import brainflow_csv, openbci_text, plain_csv
from host.recording.counting import place
from host.recording.events import Marker
from host.recording.reading import Reading, fitting_range_uv
from host.recording.recorded import Span
from host.recording.text_rows import read_lines

_RATE_OFF = 0.02
_SLOWEST_HZ, _FASTEST_HZ = 100, 50_000
_LONG_S = 5.0
"""Shorter runs say little about the rate: timestamps come in bursts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ForeignRecording:
    """A recording as a stream, its continuous runs, and what a reader should know about it."""

    stream: Stream
    runs: tuple[Chunk, ...]
    """Continuous stretches in order; the first starts at 0, a gap is a jump of `start`."""
    format: str
    """In plain words: "OpenBCI GUI text, version 6"."""
    remarks: tuple[str, ...] = ()
    """Whole sentences about everything that was inferred, left out or found missing."""
    measured_hz: float | None = None
    """Rate by the timestamps over the longest run; None without timestamps."""
    markers: tuple[Marker, ...] = ()
    """What the other program, or somebody in it, marked."""

    def __post_init__(self) -> None:
        """Refuse runs that overlap or are empty."""
        if not self.runs or any(not len(run) for run in self.runs):
            raise ValueError(f"a recording needs runs with samples, got {len(self.runs)} runs")
        if any(later.start <= earlier.stop for earlier, later in pairwise(self.runs)):
            raise ValueError("runs must be in order, with a gap between them")

    @property
    def spans(self) -> tuple[Span, ...]:
        """Continuous stretches, as `Recorded` asks."""
        return tuple(Span(run.start, run.stop) for run in self.runs)

    def samples(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts, from within one run."""
        for run in self.runs:
            if run.start <= start <= stop <= run.stop:
                return run.data[start - run.start : stop - run.start]
        raise ValueError(f"samples {start} to {stop} do not lie in one run")

    @property
    def duration_s(self) -> float:
        """From the first to after the last sample, gaps included."""
        return self.runs[-1].stop / self.stream.rate_hz


def read_foreign(path: Path, *, rate_hz: float | None = None) -> ForeignRecording:
    """Read a recording of another program; `rate_hz` goes before what the file says.

    Raises RecordingError, one sentence for the user, whatever the file holds.
    """
    try:
        reading = _read(read_lines(path))
        return _recording(reading, rate_hz)
    except RecordingError as error:
        raise RecordingError(f"{path.name or path}: {error}") from error


def _read(lines: list[str]) -> Reading:
    if lines[0].startswith("%"):
        return openbci_text.read(lines)
    if brainflow_csv.looks_numeric(lines[0]):
        return brainflow_csv.read(lines)
    return plain_csv.read(lines)


def _recording(reading: Reading, asked_hz: float | None) -> ForeignRecording:
    rate_hz, about_rate = _rate(reading, asked_hz)
    reading, about_ends = _trimmed(reading)
    placed = place(reading.counter, reading.time_s, reading.data_uv, rate_hz)
    whole = np.isfinite(reading.data_uv[placed.rows]).all(axis=1)
    rows, index = placed.rows[whole], placed.index[whole]
    if not len(rows):
        raise RecordingError("no row of it holds an index and a number in every channel")
    stream, about_range = _stream(reading, reading.data_uv[rows], rate_hz)
    data = stream.on_grid(reading.data_uv[rows])
    cuts = [0, *(np.flatnonzero(np.diff(index) != 1) + 1).tolist(), len(rows)]
    starts = index - index[0]
    runs = tuple(Chunk(int(starts[a]), data[a:b]) for a, b in pairwise(cuts))
    times = None if reading.time_s is None else reading.time_s[rows]
    measured_hz = _measured(times, cuts, rate_hz)
    return ForeignRecording(
        stream=stream,
        runs=runs,
        format=reading.format,
        measured_hz=measured_hz,
        remarks=(
            *about_rate,
            *_about_measured(measured_hz, rate_hz),
            *about_range,
            *reading.remarks,
            *about_ends,
            *_about_unreadable(reading),
            *placed.remarks,
            *_about_gaps(runs),
            *_about_channels(data, stream),
        ),
    )


def _rate(reading: Reading, asked_hz: float | None) -> tuple[float, tuple[str, ...]]:
    """Return the rate that counts, and where it is from."""
    rate_hz = reading.rate_hz if asked_hz is None else asked_hz
    if rate_hz is not None and not _SLOWEST_HZ <= rate_hz <= _FASTEST_HZ:
        raise RecordingError(
            f"surface EMG has {_SLOWEST_HZ} to {_FASTEST_HZ} samples per second, not {rate_hz:g}"
        )
    found_hz = reading.rate_hz
    if asked_hz is None:
        if found_hz is None:
            raise RecordingError("it does not say its rate; give it: --rate 250")
        return found_hz, (f"{found_hz:g} samples per second, from {reading.rate_from}.",)
    if found_hz is None or abs(found_hz - asked_hz) <= _RATE_OFF * found_hz:
        return asked_hz, (f"{asked_hz:g} samples per second, as asked.",)
    return asked_hz, (
        f"{asked_hz:g} samples per second, as asked; {reading.rate_from} says {found_hz:g}.",
    )


def _trimmed(reading: Reading) -> tuple[Reading, tuple[str, ...]]:
    """Return the rows from the first that is not all zeros to the last whole one."""
    data_uv = reading.data_uv
    known = np.flatnonzero(np.isfinite(data_uv).all(axis=1))
    if 2 * len(known) < len(data_uv):
        raise RecordingError(
            f"{len(known)} of its {len(data_uv)} rows hold a number in every channel; "
            "a recording has more"
        )
    filled = np.flatnonzero(np.nan_to_num(data_uv[known]).any(axis=1))
    first = int(known[filled[0]]) if len(filled) else int(known[0])
    zeros = int(np.count_nonzero(known < first))
    stop = int(known[-1]) + 1
    rest = len(data_uv) - stop
    said = []
    if zeros:
        said.append(
            "The first row is all zeros and was dropped."
            if zeros == 1
            else f"The first {zeros} rows are all zeros and were dropped."
        )
    if rest:
        said.append(
            "The last line is incomplete and was left out."
            if rest == 1
            else f"The last {rest} lines are incomplete and were left out."
        )
    trimmed = replace(
        reading,
        data_uv=data_uv[first:stop],
        counter=None if reading.counter is None else reading.counter[first:stop],
        time_s=None if reading.time_s is None else reading.time_s[first:stop],
    )
    return trimmed, tuple(said)


def _stream(
    reading: Reading, data_uv: FloatArray, rate_hz: float
) -> tuple[Stream, tuple[str, ...]]:
    """Return the stream; where values exceed the board's range, its gain was lower."""
    board = reading.board
    largest = float(np.max(np.abs(data_uv)))
    range_uv = fitting_range_uv(board.range_uv, largest)
    if range_uv is None:
        raise RecordingError(f"values up to {largest:.3g} cannot be microvolts from a skin")
    stream = Stream(
        rate_hz=rate_hz,
        channels=channel_names(data_uv.shape[1]),
        range_uv=range_uv,
        bandwidth_hz=None if board.band_share is None else board.band_share * rate_hz,
    )
    if range_uv == board.range_uv:
        return stream, ()
    return stream, (f"Values exceed ±{board.range_uv:.0f} µV; the range is ±{range_uv:.0f} µV.",)


def _measured(times: FloatArray | None, cuts: list[int], rate_hz: float) -> float | None:
    """Return the rate by the timestamps over the longest run, if that is long."""
    first, stop = max(pairwise(cuts), key=lambda run: run[1] - run[0])
    if times is None or stop - first < _LONG_S * rate_hz:
        return None
    span_s = float(times[stop - 1] - times[first])
    return (stop - 1 - first) / span_s if span_s > 0 else None


def _about_measured(measured_hz: float | None, rate_hz: float) -> tuple[str, ...]:
    if measured_hz is None or abs(measured_hz - rate_hz) <= _RATE_OFF * rate_hz:
        return ()
    return (f"By its timestamps it has {measured_hz:.2f} samples per second, not {rate_hz:g}.",)


def _about_unreadable(reading: Reading) -> tuple[str, ...]:
    """Say how many rows between the ends hold something else than numbers."""
    unknown = np.isnan(reading.data_uv).any(axis=1)
    if reading.counter is not None:
        unknown = unknown | np.isnan(reading.counter)
    rows = int(np.count_nonzero(unknown))
    if not rows:
        return ()
    if rows == 1:
        return ("1 row without a number in every channel became a gap.",)
    return (f"{rows} rows without a number in every channel became gaps.",)


def _about_gaps(runs: tuple[Chunk, ...]) -> tuple[str, ...]:
    gaps = len(runs) - 1
    missing = runs[-1].stop - sum(len(run) for run in runs)
    if not gaps:
        return ()
    samples = "1 sample is" if missing == 1 else f"{missing} samples are"
    return (f"{samples} missing in {gaps} gap{'s' * (gaps > 1)}.",)


def _about_channels(data: FloatArray, stream: Stream) -> tuple[str, ...]:
    """Say which channels hold no signal: railed, or the same value throughout."""
    numbers: IntArray = np.arange(1, data.shape[1] + 1)
    railed = (np.abs(data) >= stream.range_uv - 2 * stream.step_uv).all(axis=0)
    flat = (data == data[0]).all(axis=0) & ~railed
    said = []
    if railed.any():
        said.append(f"{_named(numbers[railed])} railed throughout.")
    for value in dict.fromkeys(data[0, flat].tolist()):
        which = numbers[flat & (data[0] == value)]
        said.append(f"{_named(which)} flat at {f'{value:.2f} µV' if value else 'zero'}.")
    return tuple(said)


def _named(numbers: IntArray) -> str:
    """Write `Channels 1, 3–5 are`, or `Channel 3 is`."""
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    parts = [
        f"{part[0]}" if len(part) == 1 else f"{part[0]}–{part[-1]}"
        for part in np.split(numbers, breaks)
    ]
    many = len(numbers) > 1
    return f"Channel{'s' * many} {', '.join(parts)} {'are' if many else 'is'}"
