"""What a file leaves open: which rate counts, where the samples begin and end, and their range."""

from dataclasses import replace

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray, Stream, channel_names
from host.errors import RecordingError
from host.recording.foreign.reading import Reading, fitting_range_uv
from host.recording.foreign.remarks import RATE_OFF

_SLOWEST_HZ, _FASTEST_HZ = 100, 50_000


def settle_rate(
    found_hz: float | None, rate_from: str, asked_hz: float | None
) -> tuple[float, tuple[str, ...]]:
    """Return the rate that counts, and where it is from."""
    rate_hz = found_hz if asked_hz is None else asked_hz
    if rate_hz is not None and not usable(rate_hz):
        raise RecordingError(
            Saying(
                "surface EMG has {} to {} samples per second, not {:g}",
                _SLOWEST_HZ,
                _FASTEST_HZ,
                rate_hz,
            )
        )
    if asked_hz is None:
        if found_hz is None:
            raise RecordingError(Saying("it does not say its rate; give it: --rate 250"))
        return found_hz, (f"{found_hz:g} samples per second, from {rate_from}.",)
    if found_hz is None or abs(found_hz - asked_hz) <= RATE_OFF * found_hz:
        return asked_hz, (f"{asked_hz:g} samples per second, as asked.",)
    return asked_hz, (f"{asked_hz:g} samples per second, as asked; {rate_from} says {found_hz:g}.",)


def usable(rate_hz: float) -> bool:
    """Tell whether surface EMG can have this rate."""
    return _SLOWEST_HZ <= rate_hz <= _FASTEST_HZ


def trimmed(reading: Reading) -> tuple[Reading, tuple[str, ...]]:
    """Return the rows from the first that is not all zeros to the last whole one."""
    data_uv = reading.data_uv
    whole = np.isfinite(data_uv).all(axis=1)
    known = np.flatnonzero(whole)
    if 2 * len(known) < len(data_uv) or not len(known):
        raise RecordingError(
            Saying(
                "{} of its {} rows hold a number in every channel; a recording has more",
                len(known),
                len(data_uv),
            )
        )
    filled = np.flatnonzero(whole & (data_uv != 0.0).any(axis=1))
    first = int(filled[0]) if len(filled) else int(known[0])
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
    cut = replace(
        reading,
        data_uv=data_uv[first:stop],
        counter=None if reading.counter is None else reading.counter[first:stop],
        time_s=None if reading.time_s is None else reading.time_s[first:stop],
        marks=tuple(mark.moved(first) for mark in reading.marks),
    )
    return cut, tuple(said)


def fitting_stream(
    reading: Reading, data_uv: FloatArray, rate_hz: float
) -> tuple[Stream, tuple[str, ...]]:
    """Return the stream; where values exceed the board's range, its gain was lower."""
    board = reading.board
    largest = float(max(np.max(data_uv), -np.min(data_uv)))
    range_uv = fitting_range_uv(board.range_uv, largest)
    if range_uv is None:
        raise RecordingError(
            Saying("values up to {:.3g} cannot be microvolts from a skin", largest)
        )
    stream = Stream(
        rate_hz=rate_hz,
        channels=channel_names(data_uv.shape[1]),
        range_uv=range_uv,
        bandwidth_hz=None if board.band_share is None else board.band_share * rate_hz,
    )
    if range_uv == board.range_uv:
        return stream, ()
    return stream, (f"Values exceed ±{board.range_uv:.0f} µV; the range is ±{range_uv:.0f} µV.",)
