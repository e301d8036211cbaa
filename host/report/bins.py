"""Short bins of levels: the largest in each, and the worst quality; unknown is the largest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.chain.quality import CodeArray, Quality
from host.chain.stream import BoolArray, IntArray
from host.detection.frame import Frames

Levels32 = NDArray[np.float32]

UNKNOWN = np.float32(np.inf)
"""The level of a bin of which anything is unknown: larger than any other, so it always shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Consecutive bins; arrays are `(n_bins, n_channels)`."""

    level: Levels32
    """Largest activation."""
    active: BoolArray
    """Whether an episode went on somewhere in it."""
    quality: CodeArray
    """The worst."""

    @classmethod
    def unknown(cls, count: int, channels: int) -> "Bins":
        """Return bins of which nothing is known, and one more at the end that says nothing."""
        shape = count + 1, channels
        bins = cls(
            np.full(shape, UNKNOWN),
            np.zeros(shape, dtype=np.bool_),
            np.full(shape, Quality.GAP, dtype=np.uint8),
        )
        bins.level[-1], bins.quality[-1] = -UNKNOWN, Quality.GOOD
        return bins

    @classmethod
    def of(cls, frames: Frames, first: IntArray) -> "Bins":
        """Join the frames from each row of `first` to the next."""
        level = np.where(np.isnan(frames.activation), UNKNOWN, frames.activation)
        return cls(level.astype(np.float32), frames.active, frames.quality).joined(first)

    def __len__(self) -> int:
        return len(self.level)

    def __getitem__(self, place: slice) -> "Bins":
        return Bins(self.level[place], self.active[place], self.quality[place])

    def __setitem__(self, place: slice, bins: "Bins") -> None:
        self.level[place], self.active[place] = bins.level, bins.active
        self.quality[place] = bins.quality

    def joined(self, first: IntArray) -> "Bins":
        """Join the bins from each of `first` to the next."""
        return Bins(
            np.maximum.reduceat(self.level, first, axis=0),
            np.maximum.reduceat(self.active, first, axis=0),
            np.maximum.reduceat(self.quality, first, axis=0),
        )

    def over(self, first: IntArray, until: IntArray) -> "Bins":
        """Join `first[k]` to `until[k]` for each k; the stretches may touch or overlap.

        There must be a bin behind the last: `reduceat` looks at it, though it is in no stretch.
        """
        begin, end = int(first[0]), int(until[-1])
        near = self[begin : end + 1]
        return near.joined(np.column_stack([first, until]).ravel() - begin)[::2]

    def merged(self, other: "Bins") -> "Bins":
        """Return the larger of each."""
        return Bins(
            np.maximum(self.level, other.level),
            self.active | other.active,
            np.maximum(self.quality, other.quality),
        )
