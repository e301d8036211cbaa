"""A whole recording at a glance: its levels in short bins, filled while it is being judged.

Two hours of 16 channels take 60 MB. Within a bin the largest level counts, and the worst quality:
nothing unknown ever looks quiet.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.chain.quality import CodeArray, Quality
from host.chain.stream import BoolArray, FloatArray
from host.detection.frame import Frames

Levels32 = NDArray[np.float32]

BIN_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glance:
    """A stretch of an outline in columns of a picture; arrays are `(n_columns, n_channels)`."""

    activation: FloatArray
    """Largest in each column; NaN where any of it is unknown or not judged yet."""
    threshold: FloatArray
    """Activation to stay below; NaN where the muscle was not judged."""
    active: BoolArray
    """Whether an episode went on somewhere in the column."""
    quality: CodeArray
    """The worst in the column."""


class Outline:
    """Bins of `bin` samples from sample 0 to `stop`."""

    def __init__(self, stop: int, channels: int, hop: int, rate_hz: float) -> None:
        self.bin = hop * max(1, round(BIN_S * rate_hz / hop))
        """Samples per bin: whole hops."""
        self.stop = stop
        """Index after the last sample of the recording."""
        self.judged = 0
        """Index after the last sample that has been taken in; behind it nothing is known."""
        self._hop = hop
        bins = -(-stop // self.bin) + 1
        self._activation: Levels32 = np.full((bins, channels), -np.inf, dtype=np.float32)
        self._unknown = np.zeros((bins, channels), dtype=np.bool_)
        self._active = np.zeros((bins, channels), dtype=np.bool_)
        self._quality: CodeArray = np.zeros((bins, channels), dtype=np.uint8)
        self._seen = np.zeros(bins, dtype=np.bool_)
        self._terms = np.zeros(bins, dtype=np.int32)
        self._thresholds: list[FloatArray] = [np.full(channels, np.nan)]

    def push(self, frames: Frames) -> None:
        """Take in frames, in order."""
        bins = np.arange(frames.start, frames.stop, frames.hop) // self.bin
        first, stop = int(bins[0]), int(bins[-1]) + 1
        edges = np.flatnonzero(np.diff(bins, prepend=bins[0] - 1))
        place = slice(first, stop)
        unknown = np.isnan(frames.activation)
        levels = np.where(unknown, -np.inf, frames.activation)
        for mine, new in (
            (self._activation, np.maximum.reduceat(levels, edges, axis=0)),
            (self._unknown, np.maximum.reduceat(unknown, edges, axis=0)),
            (self._active, np.maximum.reduceat(frames.active, edges, axis=0)),
            (self._quality, np.maximum.reduceat(frames.quality, edges, axis=0)),
        ):
            # A bin may lie astride two pieces: what is there already counts too.
            np.maximum(mine[place], new.astype(mine.dtype), out=mine[place])
        if not np.array_equal(frames.threshold, self._thresholds[-1], equal_nan=True):
            self._thresholds.append(frames.threshold)
        self._terms[place] = len(self._thresholds) - 1
        self._seen[place] = True
        self.judged = frames.stop

    def glance(self, start: int, stop: int, columns: int) -> Glance:
        """Return samples `start` to `stop` in so many columns, as far as they are judged.

        A column narrower than a bin repeats it.
        """
        edges = np.linspace(start / self.bin, stop / self.bin, columns + 1)
        first = np.floor(edges[:-1]).astype(np.int64)
        inside = (first >= 0) & (first < len(self._seen))
        last = len(self._seen) - 1
        first = np.clip(first, 0, last)
        until = np.clip(np.ceil(edges[1:]).astype(np.int64), first + 1, last + 1)
        known = inside & _reduced(np.minimum, self._seen, first, until)
        unknown = _reduced(np.maximum, self._unknown, first, until) | ~known[:, np.newaxis]
        activation = _reduced(np.maximum, self._activation, first, until).astype(np.float64)
        activation[unknown] = np.nan
        quality = _reduced(np.maximum, self._quality, first, until)
        quality[~known] = Quality.GAP
        return Glance(
            activation=activation,
            threshold=np.array(self._thresholds)[self._terms[first]],
            active=_reduced(np.maximum, self._active, first, until),
            quality=quality,
        )


def _reduced(how: np.ufunc, rows: np.ndarray, first: np.ndarray, until: np.ndarray) -> np.ndarray:
    """Reduce rows `first[k]..until[k]` for each k; the stretches may touch or repeat."""
    padded = np.concatenate([rows[first[0] : until[-1]], rows[until[-1] - 1 : until[-1]]])
    edges = np.column_stack([first, until]).ravel() - first[0]
    return how.reduceat(padded, edges, axis=0)[::2]
