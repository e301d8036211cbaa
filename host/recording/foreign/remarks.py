"""Plain sentences about what was found in a recording of another program."""

from collections.abc import Sequence

import numpy as np

from calibration.saying import Saying
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream
from host.recording.foreign.reading import Reading
from host.recording.recorded import Span

RATE_OFF = 0.02
"""Rates that differ by less are the same."""
AT_ONCE = 2**16
"""Rows looked at in one go, so that looking takes little memory beside them."""


def listed(names: Sequence[str], most: int = 12) -> str:
    """Write `a, b and c`; of many, the first and how many more there are."""
    if len(names) > most:
        return Saying("{} and {} more", _row(names[:most]), len(names) - most)
    if len(names) < 2:
        return names[0] if names else ""
    return Saying("{} and {}", _row(names[:-1]), names[-1])


def _row(names: Sequence[str]) -> Saying:
    return Saying(", ".join(["{}"] * len(names)), *names)


def about_measured(measured_hz: float | None, rate_hz: float) -> tuple[str, ...]:
    """Say when the timestamps speak of another rate."""
    if measured_hz is None or abs(measured_hz - rate_hz) <= RATE_OFF * rate_hz:
        return ()
    return (f"By its timestamps it has {measured_hz:.2f} samples per second, not {rate_hz:g}.",)


def about_unreadable(reading: Reading) -> tuple[str, ...]:
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


def about_gaps(spans: Sequence[Span]) -> tuple[str, ...]:
    """Say how much is missing between the first sample and the last."""
    gaps = len(spans) - 1
    missing = spans[-1].stop - spans[0].start - sum(len(span) for span in spans)
    if not gaps:
        return ()
    samples = "1 sample is" if missing == 1 else f"{missing} samples are"
    return (f"{samples} missing in {gaps} gap{'s' * (gaps > 1)}.",)


def about_outside(markers: int) -> tuple[str, ...]:
    """Say how many markers lie where no samples are."""
    if not markers:
        return ()
    lie = "1 marker lies" if markers == 1 else f"{markers} markers lie"
    were = "was" if markers == 1 else "were"
    return (f"{lie} before the first or after the last sample and {were} left out.",)


def about_data(data: FloatArray, stream: Stream) -> tuple[str, ...]:
    """Say which channels hold no signal: railed, or the same value throughout."""
    railed: BoolArray = np.ones(data.shape[1], dtype=np.bool_)
    flat: BoolArray = np.ones(data.shape[1], dtype=np.bool_)
    for first in range(0, len(data), AT_ONCE):
        part = data[first : first + AT_ONCE]
        railed &= (np.abs(part) >= rail_uv(stream)).all(axis=0)
        flat &= (part == data[0]).all(axis=0)
        if not (railed | flat).any():
            return ()
    return about_channels(railed, np.where(flat, data[0], np.nan))


def rail_uv(stream: Stream) -> float:
    """Return the magnitude from which a sample is at the converter's limit."""
    return stream.range_uv - 2 * stream.step_uv


def about_channels(railed: BoolArray, constant: FloatArray) -> tuple[str, ...]:
    """Say which channels are railed, and which hold one value (NaN for those that change)."""
    numbers: IntArray = np.arange(1, len(railed) + 1)
    said = []
    if railed.any():
        said.append(f"{_named(numbers[railed])} railed throughout.")
    flat = np.isfinite(constant) & ~railed
    for value in dict.fromkeys(constant[flat].tolist()):
        which = numbers[flat & (constant == value)]
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
