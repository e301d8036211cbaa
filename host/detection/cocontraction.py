"""Unwanted activation of a quiet muscle: when it begins, when it ends, how much it was (P14)."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from host.chain.quality import run_lengths
from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.bursts import Activity
from host.detection.tally import Beside, Tallies


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
    onset: int | None = None
    """When the activity began that crossed the line at `start`; None where it is not known."""
    size: float | None = None
    """Mean activation over that of the asked targets on the same side (T3); None without one."""
    certainty: float | None = None
    """How probable it is that the true level at the peak was above the line: see `Evidence`."""
    with_blink: bool = False
    """It came along with a blink and not with the pattern: no reason for an attempt to fail."""


Ended: TypeAlias = tuple[tuple[int, Episode], ...]
"""Episodes that ended, each with the row of the hop in which that was known."""


@dataclass(frozen=True, slots=True, eq=False)
class _Hops:
    """What decides about consecutive hops; arrays are `(n_hops, n_channels)`."""

    first: int
    known: BoolArray
    above: IntArray
    """How many hops in a row were above, up to each one."""
    below: IntArray
    begins: BoolArray
    ends: BoolArray
    lines: FloatArray
    """Activation at which an episode begins, `(n_channels,)`."""
    pattern: str
    activity: Activity | None


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
        self._begun: list[tuple[float, int | None]] = [(np.nan, None)] * channels
        """The line that each episode crossed, and the sample at which its activity began."""
        self._tallies = Tallies()
        self._active = np.zeros(channels, dtype=np.bool_)
        self.use(thresholds)

    def use(self, thresholds: Thresholds) -> None:
        """Judge by these from the next hop on; what goes on goes on."""
        self._thresholds = thresholds
        self._enter_hops = max(1, round(thresholds.enter_s * self._rate_hz / self._hop))
        self._leave_hops = max(1, round(thresholds.leave_s * self._rate_hz / self._hop))

    def push(
        self,
        first: int,
        activation: FloatArray,
        allowance: FloatArray,
        pattern: str,
        beside: Beside | None = None,
    ) -> tuple[BoolArray, Ended]:
        """Take hops from number `first` on; return where an episode goes on, and what ended.

        `activation` is `(n_hops, n_channels)`, NaN where unknown, and so is the answer's first
        part. `allowance` is the factor on the thresholds of each channel; NaN where the muscle is
        not to be judged now. `beside` holds what else is known of these hops.
        """
        active = np.empty(activation.shape, dtype=np.bool_)
        active[:] = self._active
        lines = self._thresholds.enter * allowance
        above = activation >= lines  # false where either is NaN
        if not (above.any() or self._above.any() or self._active.any()):
            return active, ()
        doubts = None if beside is None else beside.doubts
        if doubts is not None:
            for row, channel in doubts.excused:
                above[row, channel] = False
        known = ~np.isnan(activation * allowance)
        runs = run_lengths(above, self._above)
        quiet = run_lengths(known & (activation < self._thresholds.leave * allowance), self._below)
        begins = runs >= self._enter_hops
        hops = _Hops(
            first,
            known,
            above=runs,
            below=quiet,
            begins=begins if doubts is None else begins & ~doubts.where,
            ends=~known | (quiet >= self._leave_hops),
            lines=lines,
            pattern=pattern,
            activity=None if beside is None else beside.activity,
        )
        self._tallies.take(first, activation, beside)
        ended: list[tuple[int, Episode]] = []
        turning = np.where(self._active, hops.ends.any(axis=0), hops.begins.any(axis=0))
        for channel in np.flatnonzero(turning).tolist():
            ended += self._turns(channel, hops, active)
        self._carry(hops, active[-1])
        return active, tuple(sorted(ended, key=lambda one: (one[0], one[1].channel)))

    def close(self, number: int, pattern: str) -> tuple[Episode, ...]:
        """End whatever goes on before hop `number`, as cut: a gap, a new pattern, the end."""
        ended = tuple(
            self._episode(channel, number, number, pattern, cut=True)
            for channel in np.flatnonzero(self._active).tolist()
        )
        self._active = np.zeros_like(self._active)
        self._above = np.zeros_like(self._above)
        self._tallies.clear()
        return ended

    def _turns(self, channel: int, hops: _Hops, active: BoolArray) -> list[tuple[int, Episode]]:
        """Go from turn to turn of a channel and fill in `active`; return what ends, by row."""
        ended: list[tuple[int, Episode]] = []
        row, on = 0, bool(self._active[channel])
        while row < len(active):
            turns = (hops.ends if on else hops.begins)[row:, channel]
            next_turn = int(turns.argmax())  # the first, if there is any
            stop = row + next_turn if turns[next_turn] else len(active)
            active[row:stop, channel] = on
            if stop == len(active):
                return ended
            on = not on
            active[stop, channel] = on
            if on:
                self._begin(channel, stop, hops)
            else:
                ended.append((stop, self._end(channel, stop, hops)))
            row = stop + 1
        return ended

    def _begin(self, channel: int, row: int, hops: _Hops) -> None:
        """Take note of the line that was crossed, and of when the activity began."""
        since = hops.first + row + 1 - int(hops.above[row, channel])
        self._since[channel] = since
        onset = None if hops.activity is None else hops.activity.onset(row, channel)
        onset = None if onset is None else min(onset, since * self._hop)
        self._begun[channel] = float(hops.lines[channel]), onset

    def _end(self, channel: int, row: int, hops: _Hops) -> Episode:
        """Return the episode that ends in this row; quiet ends it where it began to be quiet."""
        known = bool(hops.known[row, channel])
        quiet = int(hops.below[row, channel]) - 1 if known else 0
        number = hops.first + row
        return self._episode(channel, number - quiet, number + 1, hops.pattern, cut=not known)

    def _episode(self, channel: int, stop: int, seen: int, pattern: str, *, cut: bool) -> Episode:
        """Return the episode up to before hop `stop`, as it was known before hop `seen`."""
        since, (line, onset) = int(self._since[channel]), self._begun[channel]
        amount = self._tallies.amount(channel, since, stop, seen, line)
        return Episode(
            channel=channel,
            start=since * self._hop,
            stop=stop * self._hop,
            peak=amount.peak,
            pattern=pattern,
            cut=cut,
            onset=onset,
            size=amount.size,
            certainty=amount.certainty,
        )

    def _carry(self, hops: _Hops, active: BoolArray) -> None:
        """Keep what the next hops need: how long, since when, how much."""
        self._active = active.copy()
        self._above, self._below = hops.above[-1].copy(), hops.below[-1].copy()
        after = hops.first + len(hops.above)
        self._since = np.where(active, self._since, after - self._above)
        going = np.flatnonzero(active | (self._above > 0)).tolist()
        since = self._since.tolist()
        self._tallies.keep({channel: since[channel] for channel in going}, self._leave_hops)
