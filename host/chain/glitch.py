"""Tell a garbled sample from muscle.

A byte garbled on its way (the Cyton's packets carry no checksum) changes one sample of one
channel by up to the whole range. Muscle cannot do that: a converter's own filter spreads every
change in its input over neighbouring samples (sinc³: each gets a third of what the peak stands
out). So a sample that stands far out while both neighbours stay where the signal was did not come
from the face.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.quality import CodeArray
from host.chain.stream import BoolArray, FloatArray

_HISTORY = 11
"""Rows of context: the level needs second differences of eight rows, two rows back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlitchLimits:
    """Settings: how far out, and how far its neighbours may differ."""

    floor_uv: float = 12.0
    """What stands out less does no harm to a level."""
    level_ratio: float = 8.0
    """How many times the second differences before it."""
    near_share: float = 0.25
    near_ratio: float = 2.5
    """Neighbours agree within this share of the glitch, or this many times the level."""

    def __post_init__(self) -> None:
        """Refuse limits under which ordinary EMG would count as garbled."""
        if self.floor_uv <= 0 or self.level_ratio < 4 or not 0 < self.near_share < 0.3:
            raise ValueError(f"limits would take muscle for garbled samples: {self}")


class GlitchDetector:
    """Follows the signal after mains removal, and finds isolated samples in what comes next."""

    def __init__(self, limits: GlitchLimits, echo: float, channels: int) -> None:
        self._limits = limits
        self._echo = echo
        self._tail = np.zeros((_HISTORY, channels))
        self._age = np.zeros(channels, dtype=np.int64)

    @property
    def last(self) -> FloatArray:
        """The newest row that was followed."""
        last: FloatArray = self._tail[-1]
        return last

    def start(self, row: FloatArray, columns: BoolArray) -> None:
        """Forget the past of some columns."""
        self._tail = np.where(columns, row, self._tail)
        self._age = np.where(columns, 0, self._age)

    def follow(self, clean: FloatArray) -> None:
        """Take rows as settled history."""
        self._tail = np.concatenate([self._tail, clean])[-_HISTORY:]
        self._age += len(clean)

    def restarted(self, rows: int) -> BoolArray:
        """Return which of the last `rows` rows followed were the first after a start."""
        number = np.arange(rows)[:, np.newaxis]
        first: BoolArray = number == rows - self._age
        return first

    def first(
        self, clean: FloatArray, ahead: FloatArray, flaws: CodeArray
    ) -> tuple[int, BoolArray] | None:
        """Return the first row with garbled samples and their columns, or None.

        `ahead` is the row after `clean`, or empty before a gap. Then the last row has no
        successor to vouch for it, and standing out is enough.
        """
        rows = len(clean)
        every = np.concatenate([self._tail, clean, ahead])
        size = np.abs(every[1:-1] - 0.5 * (every[:-2] + every[2:]))
        if not len(ahead):
            size = np.concatenate([size, np.abs(every[-1:] - every[-2:-1])])
        # size[k] belongs to every[k + 1]; the rows of `clean` begin at every[_HISTORY].
        stands_out = size[_HISTORY - 1 :] > self._limits.floor_uv
        if not stands_out.any():
            return None
        stands_out &= flaws == 0
        stands_out &= self._age + np.arange(rows)[:, np.newaxis] >= _HISTORY
        garbled = stands_out & self._isolated(every, size, rows)
        found = np.flatnonzero(garbled.any(axis=1))
        return (int(found[0]), garbled[found[0]]) if len(found) else None

    def _isolated(self, every: FloatArray, size: FloatArray, rows: int) -> BoolArray:
        limits = self._limits
        square = size * size
        power = np.zeros((rows, every.shape[1]))
        for back in range(2, 10):  # added one by one: the sum must not depend on the cut
            power += square[_HISTORY - 1 - back : _HISTORY - 1 - back + rows]
        level = np.sqrt(power / 8)
        peak = size[_HISTORY - 1 :]
        near = np.maximum(limits.near_share * peak, limits.near_ratio * level)
        # Where the signal was: the mean of the three rows before each.
        was = (every[2:-1] + every[1:-2] + every[:-3]) / 3.0
        before = every[_HISTORY - 1 :][:rows]
        agree: BoolArray = np.abs(before - was[_HISTORY - 4 :][:rows]) <= near
        after, was_here = every[_HISTORY + 1 :][:rows], was[_HISTORY - 3 :][:rows]
        seen = len(after)
        echo = self._echo * (every[_HISTORY:][:seen] - was_here[:seen])
        agree[:seen] &= np.abs(after - echo - was_here[:seen]) <= near[:seen]
        agree &= peak > limits.level_ratio * level
        return agree
