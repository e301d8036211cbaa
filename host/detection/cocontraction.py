"""Unwanted activation of a quiet muscle: when it begins, when it ends, how much it was (P14)."""

from dataclasses import dataclass

import numpy as np

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


class CocontractionDetector:
    """Hysteresis with dwell for all channels at once, hop by hop.

    What is unknown is neither active nor quiet: it ends an episode as cut, and breaks a dwell.
    """

    def __init__(self, thresholds: Thresholds, hop: int, rate_hz: float, channels: int) -> None:
        self._thresholds = thresholds
        self._hop = hop
        self._enter_hops = max(1, round(thresholds.enter_s * rate_hz / hop))
        self._leave_hops = max(1, round(thresholds.leave_s * rate_hz / hop))
        self._allowance = np.full(channels, np.nan)
        self._enter = self._leave = self._allowance
        self._above = np.zeros(channels, dtype=np.int64)
        self._below = np.zeros(channels, dtype=np.int64)
        self._since = np.zeros(channels, dtype=np.int64)
        self._peak = np.zeros(channels)
        self.active = np.zeros(channels, dtype=np.bool_)
        """Whether an episode is going on, `(n_channels,)`; replaced, never written into."""

    def push(
        self, number: int, activation: FloatArray, allowance: FloatArray, pattern: str
    ) -> tuple[Episode, ...]:
        """Take one hop; return the episodes that it ended.

        `allowance` is the factor on the thresholds of each channel; NaN where the muscle is not
        to be judged now. `activation` is NaN where unknown.
        """
        if allowance is not self._allowance:
            self._allowance = allowance
            self._enter = self._thresholds.enter * allowance
            self._leave = self._thresholds.leave * allowance
        above = activation >= self._enter  # false where either is NaN
        if not (above.any() or self._above.any() or self.active.any()):
            return ()
        known = ~np.isnan(activation * allowance)
        below = known & (activation < self._leave)
        fresh = above & (self._above == 0) & ~self.active
        self._since = np.where(fresh, number * self._hop, self._since)
        self._above = np.where(above, self._above + 1, 0)
        self._below = np.where(below, self._below + 1, 0)
        peak = np.where(fresh, 0.0, self._peak)
        self._peak = np.where(known, np.maximum(peak, activation), peak)
        lost = self.active & ~known
        over = self.active & (self._below >= self._leave_hops)
        ended = self._ended(lost, over, number, pattern)
        self.active = (self.active & ~lost & ~over) | (self._above >= self._enter_hops)
        return ended

    def close(self, number: int, pattern: str) -> tuple[Episode, ...]:
        """End whatever goes on before hop `number`, as cut: a gap, a new pattern, the end."""
        ended = self._ended(self.active, np.zeros_like(self.active), number, pattern)
        self.active = np.zeros_like(self.active)
        self._above = np.zeros_like(self._above)
        return ended

    def _ended(
        self, lost: BoolArray, over: BoolArray, number: int, pattern: str
    ) -> tuple[Episode, ...]:
        stops: IntArray = np.where(over, (number + 1 - self._below) * self._hop, number * self._hop)
        return tuple(
            Episode(
                channel=int(channel),
                start=int(self._since[channel]),
                stop=int(stops[channel]),
                peak=float(self._peak[channel]),
                pattern=pattern,
                cut=bool(lost[channel]),
            )
            for channel in np.flatnonzero(lost | over)
        )
