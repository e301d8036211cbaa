"""XDF, as LabRecorder writes it: the stream of surface EMG, and what other streams marked."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording.foreign.inferring import usable
from host.recording.foreign.marks import MOST, Mark
from host.recording.foreign.reading import MICROVOLTS, Reading
from host.recording.foreign.remarks import AT_ONCE, listed
from host.recording.foreign.text_rows import Content
from host.recording.foreign.xdf_chunks import WIDTHS, XdfFile, XdfStream, scan
from host.recording.foreign.xdf_clock import even, synchronised
from host.recording.foreign.xdf_values import Values, read_texts, read_values

_KINDS = ("emg", "exg", "eeg")
_EVENTS = ("marker", "event", "trigger", "stim")
_MOST_VALUES = 2**26
"""An hour of 16 channels at 1165 samples per second; much more would not fit into memory."""
_LARGEST = 1e18
_UNITS = {
    "microvolt": "uv",
    "microvolts": "uv",
    "millivolt": "mv",
    "millivolts": "mv",
    "nanovolt": "nv",
    "nanovolts": "nv",
    "volt": "v",
    "volts": "v",
}


def read(content: Content) -> Reading:
    """Read a file that begins with `MAGIC`."""
    found = scan(content)
    stream = _choose(found)
    columns, about_columns = _columns(stream)
    values = read_values(
        content, found.samples[stream.number], stream, _MOST_VALUES // stream.channels + 1
    )
    if values.data.size > _MOST_VALUES:
        raise RecordingError(
            Saying("its stream {} has more than {:,} values", stream.name, _MOST_VALUES)
        )
    if not len(values.data):
        raise RecordingError(Saying("its stream {} holds no samples", stream.name))
    time_s = synchronised(values.time_s, found.offsets.get(stream.number, ()))
    marks, used, about_marks = _marks(found, stream, even(time_s, stream.rate_hz))
    scale, about_units = _scale(stream, columns)
    return Reading(
        format=f"XDF, stream {stream.name}",
        data_uv=_microvolts(values, columns, scale),
        rate_hz=stream.rate_hz,
        rate_from="the stream's header",
        time_s=time_s,
        labels=tuple(stream.labels[column] for column in columns) if stream.labels else (),
        marks=marks,
        started=found.started,
        remarks=(
            *about_columns,
            *about_units,
            *_about_streams(found, stream, used),
            *_about_damage(found.damaged + values.damaged),
            *about_marks,
        ),
    )


def _choose(found: XdfFile) -> XdfStream:
    """Choose the stream of EMG, or the next best; of several, that with most channels."""
    fitting = [
        stream
        for stream in found.streams.values()
        if _kind(stream) < len(_KINDS)
        and stream.format != "string"
        and usable(stream.rate_hz)
        and stream.number in found.samples
    ]
    if fitting:
        return min(fitting, key=lambda stream: (_kind(stream), -stream.channels))
    if not found.streams:
        raise RecordingError(Saying("it holds no stream that can be read"))
    raise RecordingError(
        Saying(
            "no stream of it holds EMG at 100 or more samples per second; it has {}",
            listed([stream.words for stream in found.streams.values()]),
        )
    )


def _kind(stream: XdfStream) -> int:
    """Return how good a stream's type is; one without a type may have it in its name."""
    words = (stream.type or stream.name).lower()
    return next((place for place, kind in enumerate(_KINDS) if kind in words), len(_KINDS))


def _columns(stream: XdfStream) -> tuple[list[int], tuple[str, ...]]:
    """Return the channels of the stream that are electrodes, where its header tells."""
    every = list(range(stream.channels))
    electrodes = [
        column for column in every if stream.types and stream.types[column].lower() in _KINDS
    ]
    if not electrodes or len(electrodes) == len(every):
        return every, ()
    left = [
        stream.labels[column] if stream.labels else f"channel {column + 1}"
        for column in every
        if column not in electrodes
    ]
    return electrodes, (f"Channels of another type were left out: {listed(left)}.",)


def _scale(stream: XdfStream, columns: Sequence[int]) -> tuple[FloatArray, tuple[str, ...]]:
    """Return microvolts in one of each channel's unit."""
    units = [stream.units[column].lower() if stream.units else "" for column in columns]
    scale = np.array([MICROVOLTS.get(_UNITS.get(unit, unit), np.nan) for unit in units])
    if not np.isnan(scale).any():
        return scale, ()
    return np.nan_to_num(scale, nan=1.0), (
        "The stream names no volts as its unit; its values were taken as microvolts.",
    )


def _microvolts(values: Values, columns: Sequence[int], scale: FloatArray) -> FloatArray:
    every = len(columns) == values.data.shape[1]
    data_uv = _floats(values.data if every else values.data[:, list(columns)])
    for first in range(0, len(data_uv), AT_ONCE):
        part = data_uv[first : first + AT_ONCE]
        with np.errstate(over="ignore", invalid="ignore"):
            part *= scale
            part[~(np.abs(part) < _LARGEST)] = np.nan
    return data_uv


def _floats(values: NDArray[np.generic]) -> FloatArray:
    # A signalling NaN, as damage makes it, would warn.
    with np.errstate(invalid="ignore"):
        return values.astype(np.float64)


def _marks(
    found: XdfFile, chosen: XdfStream, time_s: FloatArray
) -> tuple[tuple[Mark, ...], list[XdfStream], tuple[str, ...]]:
    """Return what other streams marked, by row of the chosen one, and which streams those are."""
    marks: list[Mark] = []
    used = []
    for stream in found.streams.values():
        if stream is chosen or stream.number not in found.samples or not _marks_something(stream):
            continue
        texts = _texts(found, stream)
        used.append(stream)
        if not texts:
            continue
        times = np.array([time for time, _ in texts])
        times = synchronised(times, found.offsets.get(stream.number, ()))
        rows = _rows(times, time_s, chosen.rate_hz)
        marks += [
            Mark(start=row, stop=row + 1, text=text, by=stream.name)
            for row, (_, text) in zip(rows.tolist(), texts, strict=True)
        ]
    said: tuple[str, ...] = ()
    if len(marks) >= MOST:
        said = (f"Of its markers, the first {MOST} were read.",)
    return tuple(sorted(marks, key=lambda mark: mark.start)[:MOST]), used, said


def _marks_something(stream: XdfStream) -> bool:
    if stream.format == "string":
        return True
    words = f"{stream.type} {stream.name}".lower()
    return stream.channels == 1 and any(word in words for word in _EVENTS)


def _texts(found: XdfFile, stream: XdfStream) -> list[tuple[float, str]]:
    """Return times and texts; numbers are texts where they are not 0, and change."""
    chunks = found.samples[stream.number]
    if not WIDTHS[stream.format]:
        return read_texts(found.content, chunks, stream)
    values = read_values(found.content, chunks, stream, 100 * MOST)
    numbers = _floats(values.data[:, 0])
    new = np.nan_to_num(numbers) != 0
    if stream.rate_hz:
        new[1:] &= np.diff(numbers) != 0
    where = np.flatnonzero(new)[:MOST]
    return [(float(values.time_s[row]), f"{numbers[row]:g}") for row in where.tolist()]


def _rows(times: FloatArray, time_s: FloatArray, rate_hz: float) -> FloatArray:
    """Return the row, and part of a row, that was sampled at each time."""
    rising = np.maximum.accumulate(time_s)
    rows = np.interp(times, rising, np.arange(len(rising)))
    before = np.minimum(times - rising[0], 0.0) * rate_hz
    after = np.maximum(times - rising[-1], 0.0) * rate_hz
    outside: FloatArray = rows + before + after
    return outside


def _about_streams(found: XdfFile, chosen: XdfStream, used: Sequence[XdfStream]) -> tuple[str, ...]:
    said = []
    if used:
        said.append(f"Markers are from {listed([stream.words for stream in used])}.")
    left = [
        stream.words
        for stream in found.streams.values()
        if stream is not chosen and stream not in used
    ]
    if left:
        said.append(f"Other streams were left out: {listed(left)}.")
    return tuple(said)


def _about_damage(places: int) -> tuple[str, ...]:
    if not places:
        return ()
    if places == 1:
        return ("The file is damaged or cut short in 1 place, where samples may be missing.",)
    return (f"The file is damaged or cut short in {places} places, where samples may be missing.",)
