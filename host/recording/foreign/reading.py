"""What a file's columns say, before they are put on one axis of samples."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from host.chain.stream import FloatArray
from host.recording.foreign.marks import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What matters here about the board that made a recording."""

    name: str
    range_uv: float
    """Largest magnitude at the board's usual gain."""
    band_share: float | None = None
    """-3 dB bandwidth as a share of the rate; None where unknown or above half of it."""


CYTON = Board(name="Cyton", range_uv=187_500.0, band_share=0.262)
"""ADS1299 at gain 24; its sinc³ decimator is 3 dB down at 0.262 of the rate."""
DAISY = Board(name="Cyton with Daisy", range_uv=187_500.0, band_share=0.368)
"""As the Cyton at 250 Hz, then the mean of two samples: 46 Hz at 125 Hz."""
GANGLION = Board(name="Ganglion", range_uv=1.2e6 / (1.5 * 51), band_share=0.2616)
UNKNOWN = Board(name="unknown board", range_uv=187_500.0)

KNOWN_RANGES_UV = (*(4.5e6 / gain for gain in (24, 12, 8, 6, 4, 3, 2, 1)), GANGLION.range_uv)
"""The ADS1299 at each of its gains, and the Ganglion."""

MICROVOLTS = {"nv": 1e-3, "uv": 1.0, "µv": 1.0, "μv": 1.0, "mv": 1e3, "v": 1e6}
"""Microvolts in one of each unit, whose names are in lower case."""


def fitting_range_uv(nominal_uv: float, largest_uv: float) -> float | None:
    """Return the range of the board, or of a lower gain where a value exceeds it; None if none."""
    ranges = [nominal_uv, *KNOWN_RANGES_UV[:-1]]
    # The ADS1299 has one code below its negative limit; text is rounded to 0.01 µV.
    fitting = [range_uv for range_uv in ranges if largest_uv <= range_uv * (1 + 2**-22) + 0.01]
    return min(fitting, default=None) if nominal_uv not in fitting else nominal_uv


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """The columns of one file, one entry per row."""

    format: str
    """Which program wrote it, in plain words."""
    board: Board = UNKNOWN
    data_uv: FloatArray
    """`(n_rows, n_channels)`; NaN where a cell held no number."""
    rate_hz: float | None
    rate_from: str
    """Where the rate was found, to end the sentence "250 Hz, from …"."""
    counter: FloatArray | None = None
    """The board's own count, wrapping as it likes; NaN where unreadable."""
    time_s: FloatArray | None = None
    """When rows arrived, on any clock; NaN where unreadable."""
    remarks: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Names of the channels in the other program; empty where it has none."""
    marks: tuple[Mark, ...] = ()
    """What the other program marked, by row."""
    started: str = ""
    """When it began, ISO 8601; empty where the file does not say."""

    def __post_init__(self) -> None:
        """Refuse columns of different lengths."""
        for column in (self.counter, self.time_s):
            if column is not None and column.shape != (len(self.data_uv),):
                raise ValueError(f"need {len(self.data_uv)} rows, got {column.shape}")


_USUAL_HZ = (125, 200, 250, 256, 500, 512, 1000, 1024, 1600, 2000, 2048, 4000, 4096)
_BLOCK = 250


def rate_from_times(time_s: FloatArray) -> float | None:
    """Return the rate that arrival times speak of; None if they speak of none.

    The middle one of the rates of blocks of rows: neither gaps nor bursts move it. Within 2 %
    of a rate that boards have, it is that rate, unless the times are too even for a clock.
    """
    known = time_s[np.isfinite(time_s)]
    if len(known) < 3:
        return None
    steps = np.diff(known)
    typical = float(np.median(steps))
    if typical > 0 and np.quantile(np.abs(steps - typical), 0.9) < 0.02 * typical:
        return round(1.0 / typical, 3)
    block = min(_BLOCK, len(known) - 1)
    spans = known[block::block] - known[:-block:block]
    span = float(np.median(spans))
    if not 1e-6 < span < 1e6:
        return None
    rate_hz = block / span
    usual = min(_USUAL_HZ, key=lambda usual_hz: abs(usual_hz - rate_hz))
    return float(usual) if abs(usual - rate_hz) <= 0.02 * usual else round(rate_hz, 2)


def day_and_time(time_s: FloatArray | None) -> str:
    """Return when rows with time stamps since 1970 began, ISO 8601; empty for other clocks."""
    if time_s is None:
        return ""
    # The first row can be all zeros.
    known = time_s[(time_s > 1e8) & (time_s < 1e10)]
    if 2 * len(known) < len(time_s) or not len(known):
        return ""
    return datetime.fromtimestamp(float(known[0]), tz=UTC).isoformat("T", "milliseconds")
