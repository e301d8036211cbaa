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
from host.chain.stream import BoolArray, FloatArray, IntArray

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
        self._youngest = 0
        """The least age."""

    @property
    def last(self) -> FloatArray:
        """The newest row that was followed."""
        last: FloatArray = self._tail[-1]
        return last

    def start(self, row: FloatArray, columns: BoolArray) -> None:
        """Forget the past of some columns."""
        self._tail = np.where(columns, row, self._tail)
        self._age = np.where(columns, 0, self._age)
        self._youngest = int(self._age.min())

    def follow(self, clean: FloatArray) -> None:
        """Take rows as settled history."""
        self._tail = np.concatenate([self._tail[len(clean) :], clean[-_HISTORY:]])
        self._age += len(clean)
        self._youngest += len(clean)

    def restarted(self, rows: int) -> BoolArray | None:
        """Return which of the last `rows` rows followed were the first after a start.

        `(rows, n_channels)`, or None where there is none.
        """
        if self._youngest > rows:
            return None
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
        every = np.concatenate([self._tail, clean, ahead])
        size = _sizes(every, alone=not len(ahead))
        # size[k] belongs to every[k + 1]; the rows of `clean` begin at every[_HISTORY].
        rows, columns = self._suspects(size, flaws)
        if not len(rows):
            return None
        isolated = self._isolated(every, size, rows, columns)
        if not isolated.any():
            return None
        row = int(rows[isolated].min())
        garbled = np.zeros(every.shape[1], dtype=np.bool_)
        garbled[columns[isolated & (rows == row)]] = True
        return row, garbled

    def _suspects(self, size: FloatArray, flaws: CodeArray) -> tuple[IntArray, IntArray]:
        """Return rows in `clean` and columns of what stands out, but for most of what muscle does.

        One of the eight rows that the level is made of is enough to make it too high: to look at
        one after the other soon leaves little of a contraction.
        """
        flat = size.T.ravel()  # one channel after the other, as they lie in memory
        at = np.flatnonzero(flat > self._limits.floor_uv)
        least = 0.99 / np.sqrt(8.0) * self._limits.level_ratio
        for back in range(2, 6):
            if not len(at):
                return at, at
            # At the top of a channel this looks into another: only of history, dropped below.
            at = at[flat[at] > least * flat[at - back]]
        columns, rows = np.divmod(at, len(size))
        rows -= _HISTORY - 1
        inside = rows >= 0
        rows, columns = rows[inside], columns[inside]
        sound = (flaws[rows, columns] == 0) & (self._age[columns] + rows >= _HISTORY)
        return rows[sound], columns[sound]

    def _isolated(
        self, every: FloatArray, size: FloatArray, rows: IntArray, columns: IntArray
    ) -> BoolArray:
        """Tell which of some samples stand alone, given by their rows in `clean` and columns."""
        limits = self._limits
        at = rows + _HISTORY
        peak, _, *sizes = size[(at - 1)[:, np.newaxis] - np.arange(10), columns[:, np.newaxis]].T
        power = np.zeros(len(rows))
        for one in sizes:
            power += one * one
        level = np.sqrt(power / 8)
        near = np.maximum(limits.near_share * peak, limits.near_ratio * level)
        # Where the signal was: the mean of the three rows before each.
        near_rows = at[:, np.newaxis] - np.arange(5)
        here, before, two, three, four = every[near_rows, columns[:, np.newaxis]].T
        was, was_before = (before + two + three) / 3.0, (two + three + four) / 3.0
        agree: BoolArray = peak > limits.level_ratio * level
        agree &= np.abs(before - was_before) <= near
        after = every[np.minimum(at + 1, len(every) - 1), columns]
        echo = self._echo * (here - was)
        agree &= (np.abs(after - echo - was) <= near) | (at + 1 == len(every))
        return agree


def _sizes(every: FloatArray, *, alone: bool) -> FloatArray:
    """Return how far each row stands out from its two neighbours, from the second row on.

    The last row is left out, or compared with the one before where it is `alone`.
    """
    size = every[:-2] + every[2:]
    size *= 0.5
    np.subtract(every[1:-1], size, out=size)
    np.abs(size, out=size)
    return np.concatenate([size, np.abs(every[-1:] - every[-2:-1])]) if alone else size
