"""When a sample was taken: a line below the arrival times of numbered samples.

Rows arrive late, never early: the driver and the operating system hand them over in bursts. So the
line that says when sample `n` was taken lies below all arrivals `(n, time)` and as near to them as
it can. That line runs along the edge of their lower convex hull that spans their middle (Zhang, Liu
and Xia 2002, for clocks across a network).
"""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calibration.saying import Saying
from host.acquisition.lower_line import Point, slope_s, steepness_s, supporting_edge
from host.chain.stream import FloatArray, IntArray
from host.errors import RateError


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    """How far back the line looks, and which rate it refuses."""

    block_s: float = 0.1
    """Of so many seconds of samples the earliest arrival stands for all."""
    long_block_s: float = 1.0
    """The blocks' length once ten seconds have passed: the line then moves once a second."""
    window_s: float = 300.0
    """Long enough that bursts drift through all their phases, short enough for a warming board."""
    tolerance: float = 0.02
    """Largest share by which the rate may be off nominal, once `settled_s` have passed."""
    plain: float = 0.15
    """And before: a board that was set to another rate is off by more than that."""
    steady: float = 0.08
    """Largest share by which the rate may change meanwhile: a board that was set to another rate
    keeps it, where a computer that catches up hands samples over as it can."""
    settled_s: float = 15.0
    first_check_s: float = 0.7
    """Before, the rate is not known at all."""
    refusal_s: float = 3.0
    """Before, no rate is refused: a computer that is busy at the start catches up for a while, and
    the board seems to be fast."""
    checks: int = 3
    """A wrong rate is refused when so many blocks in a row show it."""
    jitter_s: float = 0.02
    """By so much the line may lie wrong at either end, over and above the scatter seen."""

    def __post_init__(self) -> None:
        """Refuse a line that could not be drawn."""
        if not 0.0 < self.block_s < self.first_check_s <= self.refusal_s < self.window_s:
            raise ValueError(
                f"need 0 < block_s < first_check_s <= refusal_s < window_s, got {self}"
            )
        if not (self.tolerance <= self.plain < 1.0 and self.settled_s < self.window_s):
            raise ValueError(f"need tolerance <= plain < 1, settled_s < window_s, got {self}")
        if not self.steady > 0.0:
            raise ValueError(f"need steady > 0, got {self}")
        if not self.block_s <= self.long_block_s < self.window_s:
            raise ValueError(f"need block_s <= long_block_s < window_s, got {self}")
        if not (0.0 < self.tolerance < 1.0 and self.checks >= 1 and self.jitter_s >= 0.0):
            raise ValueError(f"need 0 < tolerance < 1, checks >= 1, jitter_s >= 0, got {self}")


_DEFAULTS = ClockSettings()
_SHORT_BLOCKS_S = 10.0
_PARTS = 4
"""In so many parts of the time the rate is compared."""


class Line(NamedTuple):
    """When each sample was taken."""

    anchor: float
    """A sample."""
    time_s: float
    """When that was taken; NaN before any has arrived."""
    period_s: float

    def time_of(self, sample: float) -> float:
        """Return when a sample was taken."""
        return self.time_s + (sample - self.anchor) * self.period_s

    def sample_at(self, time_s: float) -> float:
        """Return which sample, with its fraction, was taken at a time."""
        return self.anchor + (time_s - self.time_s) / self.period_s


class Clock:
    """The line through `(sample, arrival)` of one connection; times are those of the arrivals."""

    def __init__(self, rate_hz: float, settings: ClockSettings = _DEFAULTS) -> None:
        self._nominal_hz = rate_hz
        self._settings = settings
        self._block = max(1, round(settings.block_s * rate_hz))
        self._blocks: deque[Point] = deque()
        self._number: int | None = None
        self._earliest = (0, math.inf)
        self.line = Line(0.0, math.nan, 1.0 / rate_hz)
        """The newest line; see `Line`."""
        self._suspicions = 0

    def push(self, samples: IntArray, arrivals_s: FloatArray) -> None:
        """Take ascending sample indices and when each arrived."""
        if not len(samples):
            return
        for start, stop in _stretches(samples, self._block):
            number = int(samples[start]) // self._block
            if number != self._number:
                self._close_block()
                self._number = number
            late_s = arrivals_s[start:stop] - samples[start:stop] / self._nominal_hz
            best = start + int(np.argmin(late_s))
            if late_s[best - start] < self._earliest[1] - self._earliest[0] / self._nominal_hz:
                self._earliest = (int(samples[best]), float(arrivals_s[best]))
        if self._young:
            self._draw()

    def renumber(self, before: int, by: int, line: Line) -> None:
        """Give what came before a sample numbers `by` higher; `line` is that of before."""
        self._blocks = deque(
            (sample + by * (sample < before), time_s) for sample, time_s in self._blocks
        )
        self.line = line._replace(anchor=line.anchor + by)
        self._suspicions = 0

    def time_of(self, sample: float) -> float:
        """Return when a sample was taken; NaN before any has arrived."""
        return self.line.time_of(sample)

    def sample_at(self, time_s: float) -> float:
        """Return which sample, with its fraction, was taken at a time; NaN before any."""
        return self.line.sample_at(time_s)

    @property
    def rate_hz(self) -> float | None:
        """Return the measured rate; None before the first check."""
        return None if self._young else 1.0 / self.line.period_s

    def check(self) -> None:
        """Refuse a board whose rate has been off for several blocks, in words for its user."""
        rate_hz = self.rate_hz
        if rate_hz is not None and self._suspicions >= self._settings.checks:
            raise RateError(
                Saying(
                    "The board sends {:.1f} samples per second but claims {:g}: every filter and "
                    "every time would be wrong. Choose the board that is really connected, or set "
                    "its rate back (a Cyton: switch it off and on), then start again.",
                    rate_hz,
                    self._nominal_hz,
                )
            )

    @property
    def _young(self) -> bool:
        """Whether the samples came in too short a time to tell a rate: all at once, perhaps."""
        return self._span_s() < self._settings.first_check_s

    def _span_s(self) -> float:
        """Return how long the samples looked at were in coming, by their arrival."""
        return self._blocks[-1][1] - self._blocks[0][1] if len(self._blocks) > 1 else 0.0

    def _close_block(self) -> None:
        if math.isfinite(self._earliest[1]):
            self._blocks.append(self._earliest)
            self._earliest = (0, math.inf)
            while self._span_s() > self._settings.window_s:
                self._blocks.popleft()
            if self._span_s() > _SHORT_BLOCKS_S:
                self._block = max(1, round(self._settings.long_block_s * self._nominal_hz))
            self._draw()
            self._suspect()

    def _draw(self) -> None:
        """Draw the line anew; while it is young its slope is the nominal one.

        A backlog that is handed over at once would otherwise make a line without any slope.
        """
        points = [*self._blocks]
        if self._young:
            if math.isfinite(self._earliest[1]):
                points.append(self._earliest)
            period_s = 1.0 / self._nominal_hz
            sample, time_s = min(points, key=lambda point: point[1] - point[0] * period_s)
            self.line = Line(float(sample), time_s, period_s)
            return
        left, right = supporting_edge(points)
        period_s = slope_s(left, right)
        if period_s > 0.0:
            self.line = Line(float(left[0]), left[1], period_s)

    def _suspect(self) -> None:
        """Count the blocks in a row that put the rate outside its tolerance.

        Both the whole line and that of its later half must: what was odd at the start is over then.
        Soon after the start the rate must have been the same all the time, too.
        """
        settings, span_s = self._settings, self._span_s()
        if span_s < settings.refusal_s:
            return
        points = [*self._blocks]
        middle_s = 0.5 * (points[0][1] + points[-1][1])
        later = [point for point in points if point[1] >= middle_s]
        settled = span_s >= settings.settled_s
        off = (
            len(later) > 2
            and (settled or self._is_steady(points))
            and all(
                self._is_off(part, settings.tolerance if settled else settings.plain)
                for part in (points, later)
            )
        )
        self._suspicions = self._suspicions + 1 if off else 0

    def _is_steady(self, points: list[Point]) -> bool:
        """Tell whether the rate was the same in every part of the time."""
        begin_s, part_s = points[0][1], self._span_s() / _PARTS
        parts: list[list[Point]] = [[] for _ in range(_PARTS)]
        for point in points:
            parts[min(int((point[1] - begin_s) / part_s), _PARTS - 1)].append(point)
        if min(map(len, parts)) < 3:
            return False
        periods_s = [steepness_s(part) for part in parts]
        return max(periods_s) < (1.0 + self._settings.steady) * min(periods_s)

    def _is_off(self, points: list[Point], tolerance: float) -> bool:
        """Tell whether the line below these points has a rate that no doubt excuses."""
        left, right = supporting_edge(points)
        period_s = slope_s(left, right)
        if period_s <= 0.0:
            return False
        late_s = [time_s - left[1] - (sample - left[0]) * period_s for sample, time_s in points]
        scatter_s = float(np.quantile(late_s, 0.9))
        span_s = points[-1][1] - points[0][1]
        doubt = (self._settings.jitter_s + 2.0 * max(scatter_s, 0.0)) / span_s
        return abs(1.0 / (period_s * self._nominal_hz) - 1.0) > tolerance + doubt


def _stretches(samples: IntArray, block: int) -> Iterable[tuple[int, int]]:
    """Return where ascending samples enter a block and leave it; mostly they lie within one."""
    if int(samples[0]) // block == int(samples[-1]) // block:
        return ((0, len(samples)),)
    edges = np.flatnonzero(np.diff(samples // block)) + 1
    return zip([0, *edges], [*edges, len(samples)], strict=True)
