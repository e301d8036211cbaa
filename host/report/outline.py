"""A whole recording at a glance: its levels in short bins, filled while it is being judged.

Two hours of 16 channels take 50 MB. Within a bin the largest level counts, and the worst quality:
nothing unknown ever looks quiet, and a bin of which a part is missing is unknown.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.quality import CodeArray, Quality
from host.chain.stream import BoolArray, FloatArray
from host.detection.frame import Frames
from host.report.bins import UNKNOWN, Bins

BIN_S = 0.02
_STEP = 4
"""Each coarser grid has bins that are so many times as long."""
_FINE = 4
"""A column of a picture is joined from at least so many bins, where there are as many."""


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
    """Bins of `bin` samples from sample 0 to `stop`, and coarser ones for a look from afar."""

    def __init__(self, stop: int, channels: int, hop: int, rate_hz: float) -> None:
        self.bin = hop * max(1, round(BIN_S * rate_hz / hop))
        """Samples per bin: whole hops."""
        self.stop = stop
        """Index after the last sample of the recording."""
        self.channels = channels
        self.judged = 0
        """Index after the last sample that has been taken in; behind it nothing is known."""
        self._per_bin = self.bin // hop
        # The last sample waits for one more: a hop that ends with it never comes.
        self._hops = max(1, (stop - 1) // hop)
        self._bins = -(-self._hops // self._per_bin)
        counts = [self._bins]
        while counts[-1] > 1:
            counts.append(-(-counts[-1] // _STEP))
        self._grids = [Bins.unknown(count, channels) for count in counts]
        self._begun: tuple[int, int, Bins] | None = None
        """The bin that frames are still missing from: its number, its hops, what they said."""
        self._terms = np.zeros(self._bins, dtype=np.int32)
        self._thresholds: list[FloatArray] = [np.full(channels, np.nan)]

    def push(self, frames: Frames) -> None:
        """Take in frames, in order."""
        numbers = np.arange(frames.start, frames.stop, frames.hop) // self.bin
        rows = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
        hops = np.diff(rows, append=len(numbers))
        first, bins = int(numbers[0]), Bins.of(frames, rows)
        if self._begun is not None and self._begun[0] == first:
            bins[:1] = bins[:1].merged(self._begun[2])
            hops[0] += self._begun[1]
        self._begun = first + len(bins) - 1, int(hops[-1]), bins[-1:]
        place = slice(first, min(first + len(bins), self._bins))
        if count := place.stop - place.start:
            if not np.array_equal(frames.threshold, self._thresholds[-1], equal_nan=True):
                self._thresholds.append(frames.threshold)
            self._terms[place] = len(self._thresholds) - 1
            wanted = np.minimum(self._per_bin, self._hops - self._per_bin * numbers[rows])
            self._put(place, bins[:count], (hops >= wanted)[:count])
        # Last: whoever sees it can look at what was put.
        self.judged = frames.stop

    def glance(self, start: float, stop: float, columns: int) -> Glance:
        """Return samples `start` to `stop` in so many columns, as far as they are judged.

        A column narrower than a bin repeats it; of a wide one the edges may lie some way farther
        out, by less than its width.
        """
        edges = np.linspace(start / self.bin, stop / self.bin, columns + 1)
        step, grid = 1, 0
        while step * _STEP * _FINE <= edges[1] - edges[0] and grid + 1 < len(self._grids):
            step, grid = step * _STEP, grid + 1
        last = len(self._grids[grid]) - 2
        first = np.floor(edges[:-1] / step).astype(np.int64)
        outside = (first < 0) | (edges[:-1] >= self._bins)
        first = np.clip(first, 0, last)
        until = np.clip(np.ceil(edges[1:] / step).astype(np.int64), first + 1, last + 1)
        seen = self._grids[grid].over(first, until)
        unknown = (seen.level == UNKNOWN) | outside[:, np.newaxis]
        seen.quality[outside] = Quality.GAP
        terms = self._terms[np.clip(edges[:-1].astype(np.int64), 0, self._bins - 1)]
        return Glance(
            activation=np.where(unknown, np.nan, seen.level).astype(np.float64),
            threshold=np.array(self._thresholds)[terms],
            active=seen.active,
            quality=seen.quality,
        )

    def _put(self, place: slice, bins: Bins, whole: BoolArray) -> None:
        """Keep bins, unknown where they are not whole, and what follows for the coarser grids."""
        known = whole[:, np.newaxis]
        self._grids[0][place] = Bins(
            np.where(known, bins.level, UNKNOWN),
            bins.active,
            np.where(known, bins.quality, np.maximum(bins.quality, np.uint8(Quality.GAP))),
        )
        for fine, coarse in zip(self._grids, self._grids[1:], strict=False):
            place = slice(place.start // _STEP, -(-place.stop // _STEP))
            part = fine[_STEP * place.start : _STEP * place.stop]
            coarse[place] = part.joined(np.arange(0, len(part), _STEP))
