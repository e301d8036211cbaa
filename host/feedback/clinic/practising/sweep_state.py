"""Raw traces that are written over themselves from left to right, column by column. No Qt.

Only columns that have come are turned into pixels, so that a paint costs the same however wide the
window is. A column's place follows from the number of its first sample: a gap is a gap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from host.chain.stream import Chunk, FloatArray

WINDOW_S = 10.0
BASE_S = 0.5
"""The slow part of a raw signal, its electrode's offset, follows it so fast; it is not drawn."""
_STEPS = 10
"""The slow part moves in so many steps on its way."""
SCALES_UV = (20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)
FIRST_UV = 100.0
_ROOM = 1.25
_MOST_OF = 0.98
"""The scale leaves room for so much of what was drawn; single spikes may stand out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Consecutive columns that have come; arrays are `(n_channels, n_columns)` in microvolts."""

    first: int
    """Number of the first since the stream began."""
    low: FloatArray
    high: FloatArray
    """NaN where nothing came."""


class Sweep:
    """Turns chunks into columns of lowest and highest samples."""

    def __init__(self, channels: int, rate_hz: float, width: int) -> None:
        """Sweep over `width` columns in about `WINDOW_S`; ValueError where none has room."""
        if width < 1:
            raise ValueError(f"a sweep needs some width, got {width}")
        self.width = width
        self.per_column = max(1, round(WINDOW_S * rate_hz / width))
        """Samples in a column."""
        self._rate_hz = rate_hz
        self._base: FloatArray = np.full(channels, math.nan)
        self._part: FloatArray = np.empty((0, channels))
        """Samples of the column that is not whole yet."""
        self._next: int | None = None
        """The sample that comes next; None before the first."""

    @property
    def seconds(self) -> float:
        """Time from one edge to the other."""
        return self.width * self.per_column / self._rate_hz

    def push(self, chunk: Chunk) -> Columns | None:
        """Take samples, `(n_samples, n_channels)`; return the columns that became whole."""
        if not len(chunk.data):
            return None
        if self._next is None:
            self._next = chunk.start - chunk.start % self.per_column
        data = self._without_base(chunk.data)
        missing = chunk.start - self._next
        if missing > 0:
            # Longer than a whole sweep it leaves nothing but a gap anyway.
            gap = min(missing, self.width * self.per_column + missing % self.per_column)
            self._next += missing - gap
            data = np.vstack([np.full((gap, data.shape[1]), math.nan), data])
        first = self._next - len(self._part)
        samples = np.vstack([self._part, data])
        self._next = chunk.stop
        whole = len(samples) // self.per_column
        self._part = samples[whole * self.per_column :]
        if not whole:
            return None
        boxes = samples[: whole * self.per_column].reshape(whole, self.per_column, -1)
        return Columns(
            first=first // self.per_column, low=boxes.min(axis=1).T, high=boxes.max(axis=1).T
        )

    def _without_base(self, data: FloatArray) -> FloatArray:
        """Take the slow part away; hum stays, for a loose electrode to be seen."""
        size = max(round(BASE_S * self._rate_hz / _STEPS), 1)
        pieces = [self._risen(data[at : at + size]) for at in range(0, len(data), size)]
        return np.concatenate(pieces)

    def _risen(self, data: FloatArray) -> FloatArray:
        """Take the slow part of a short piece away, and let it follow."""
        mean: FloatArray = data.mean(axis=0)
        share = min(len(data) / (BASE_S * self._rate_hz), 1.0)
        fresh = np.isnan(self._base)
        self._base = np.where(fresh, mean, self._base + share * (mean - self._base))
        return data - self._base


def joined(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Return chunks that follow one another without a gap as one: they are drawn at once."""
    from host.chain.stream import Chunk

    runs: list[list[Chunk]] = []
    for chunk in chunks:
        if runs and runs[-1][-1].stop == chunk.start:
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return [Chunk(run[0].start, np.vstack([one.data for one in run])) for run in runs]


def scale_for(low: FloatArray, high: FloatArray) -> float:
    """Return the scale, in microvolts from the middle to the edge, that has room for these."""
    size = np.fmax(np.abs(low), np.abs(high))
    known = size[~np.isnan(size)]
    if not len(known):
        return FIRST_UV
    wanted = _ROOM * float(np.quantile(known, _MOST_OF))
    return next((scale for scale in SCALES_UV if scale >= wanted), SCALES_UV[-1])


def scale_beside(scale_uv: float, steps: int) -> float:
    """Return the scale so many steps larger, or smaller."""
    at = min(max(SCALES_UV.index(scale_uv) + steps, 0), len(SCALES_UV) - 1)
    return SCALES_UV[at]
