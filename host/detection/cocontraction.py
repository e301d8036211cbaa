"""Unwanted activation of a quiet muscle: when it begins, when it ends, how much it was (P14)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from host.chain.quality import run_lengths
from host.chain.stream import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Settings, as shares of the gentle reference; clinical judgement, to be set per person."""

    enter: float = 0.25
    leave: float = 0.18
    enter_s: float = 0.10
    """So long above `enter` before it counts."""
    leave_s: float = 0.20
    """So long below `leave` before it is over."""

    def __post_init__(self) -> None:
        """Refuse levels that no detector could use."""
        if not 0.0 < self.leave <= self.enter:
            raise ValueError(f"need 0 < leave <= enter, got {self}")
        if not (0.0 <= self.enter_s <= 5.0 and 0.0 <= self.leave_s <= 5.0):
            raise ValueError(f"need dwell times of 0 to 5 s, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One stretch of unwanted activation, in samples, half-open."""

    channel: int
    """Column."""
    start: int
    stop: int
    peak: float
    """Largest activation, as share of the gentle reference."""
    pattern: str
    cut: bool = False
    """It ended because the signal was lost or the pattern changed: it may have gone on."""


Ended: TypeAlias = tuple[tuple[int, Episode], ...]
"""Episodes that ended, each with the row of the hop in which that was known."""


@dataclass(frozen=True, slots=True, eq=False)
class _Hops:
    """What decides about consecutive hops; arrays are `(n_hops, n_channels)`."""

    first: int
    known: BoolArray
    levels: FloatArray
    """Activation; 0 where unknown, which raises no peak."""
    above: IntArray
    """How many hops in a row were above, up to each one."""
    below: IntArray


class CocontractionDetector:
    """Hysteresis with dwell for all channels at once, over any number of hops at once.

    What is unknown is neither active nor quiet: it ends an episode as cut, and breaks a dwell.
    """

    def __init__(self, thresholds: Thresholds, hop: int, rate_hz: float, channels: int) -> None:
        self._hop = hop
        self._rate_hz = rate_hz
        self._above: IntArray = np.zeros(channels, dtype=np.int64)
        self._below: IntArray = np.zeros(channels, dtype=np.int64)
        self._since: IntArray = np.zeros(channels, dtype=np.int64)
        self._peak = np.zeros(channels)
        self._active = np.zeros(channels, dtype=np.bool_)
        self.use(thresholds)

    def use(self, thresholds: Thresholds) -> None:
        """Judge by these from the next hop on; what goes on goes on."""
        self._thresholds = thresholds
        self._enter_hops = max(1, round(thresholds.enter_s * self._rate_hz / self._hop))
        self._leave_hops = max(1, round(thresholds.leave_s * self._rate_hz / self._hop))

    def push(
        self, first: int, activation: FloatArray, allowance: FloatArray, pattern: str
    ) -> tuple[BoolArray, Ended]:
        """Take hops from number `first` on; return where an episode goes on, and what ended.

        `activation` is `(n_hops, n_channels)`, NaN where unknown, and so is the answer's first
        part. `allowance` is the factor on the thresholds of each channel; NaN where the muscle is
        not to be judged now.
        """
        active = np.empty(activation.shape, dtype=np.bool_)
        active[:] = self._active
        above = activation >= self._thresholds.enter * allowance  # false where either is NaN
        if not (above.any() or self._above.any() or self._active.any()):
            return active, ()
        known = ~np.isnan(activation * allowance)
        below = known & (activation < self._thresholds.leave * allowance)
        hops = _Hops(
            first=first,
            known=known,
            levels=np.where(known, activation, 0.0),
            above=run_lengths(above, self._above),
            below=run_lengths(below, self._below),
        )
        begins = hops.above >= self._enter_hops
        ends = ~known | (hops.below >= self._leave_hops)
        ended: list[tuple[int, Episode]] = []
        turning = np.where(self._active, ends.any(axis=0), begins.any(axis=0))
        for channel in np.flatnonzero(turning).tolist():
            rows = self._turns(channel, begins[:, channel], ends[:, channel], hops, active)
            # One by one: the walk goes on only after the episode was read.
            ended.extend((row, self._episode(channel, row, hops, pattern)) for row in rows)
        self._carry(hops, active[-1])
        return active, tuple(sorted(ended, key=lambda one: (one[0], one[1].channel)))

    def close(self, number: int, pattern: str) -> tuple[Episode, ...]:
        """End whatever goes on before hop `number`, as cut: a gap, a new pattern, the end."""
        ended = tuple(
            Episode(
                channel=channel,
                start=int(self._since[channel]) * self._hop,
                stop=number * self._hop,
                peak=float(self._peak[channel]),
                pattern=pattern,
                cut=True,
            )
            for channel in np.flatnonzero(self._active).tolist()
        )
        self._active = np.zeros_like(self._active)
        self._above = np.zeros_like(self._above)
        return ended

    def _turns(
        self, channel: int, begins: BoolArray, ends: BoolArray, hops: _Hops, active: BoolArray
    ) -> Iterator[int]:
        """Go from turn to turn of a channel and fill in `active`; yield the rows of its ends."""
        row, on = 0, bool(self._active[channel])
        while row < len(active):
            turns = (ends if on else begins)[row:]
            next_turn = int(turns.argmax())  # the first, if there is any
            stop = row + next_turn if turns[next_turn] else len(active)
            active[row:stop, channel] = on
            if stop == len(active):
                return
            on = not on
            active[stop, channel] = on
            if on:
                self._since[channel] = hops.first + stop + 1 - hops.above[stop, channel]
            else:
                yield stop
            row = stop + 1

    def _episode(self, channel: int, row: int, hops: _Hops, pattern: str) -> Episode:
        """Return the episode that ends in this row; quiet ends it where it began to be quiet."""
        since, known = int(self._since[channel]), bool(hops.known[row, channel])
        begin = max(since - hops.first, 0)
        peak = float(hops.levels[begin : row + 1, channel].max())
        quiet = int(hops.below[row, channel]) - 1 if known else 0
        return Episode(
            channel=channel,
            start=since * self._hop,
            stop=(hops.first + row - quiet) * self._hop,
            peak=max(peak, float(self._peak[channel])) if since < hops.first else peak,
            pattern=pattern,
            cut=not known,
        )

    def _carry(self, hops: _Hops, active: BoolArray) -> None:
        """Keep what the next hops need: how long, since when, how high."""
        self._active = active.copy()
        self._above, self._below = hops.above[-1].copy(), hops.below[-1].copy()
        after = hops.first + len(hops.levels)
        self._since = np.where(active, self._since, after - self._above)
        begin = self._since - hops.first
        inside = np.arange(len(hops.levels))[:, np.newaxis] >= begin
        peak = np.where(inside, hops.levels, 0.0).max(axis=0)
        self._peak = np.where(begin < 0, np.maximum(peak, self._peak), peak)
