"""How levels went through the attempts of a bout: rise, hold and letting go, laid over each other.

For a picture of who came along when (P13); no measure of T3 is taken from it.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray
from host.detection.attempts import Attempt
from host.detection.frame import Frame

RISE, HOLD, LET_GO = 12, 30, 20
"""Bins of each part, whatever its length."""
BINS = RISE + HOLD + LET_GO
LET_GO_S = 4.0
"""So much after the cue to release is shown."""
LEAST_KNOWN = 0.5
"""A bin of which less was measured is unknown: unknown is never quiet."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BoutCourse:
    """Mean levels over some attempts, their parts stretched to the same lengths."""

    levels: FloatArray
    """`(BINS, n_channels)`, share of the gentle reference; NaN where too little is known."""
    along: FloatArray
    """`(BINS, n_channels)`: in what share of the attempts the muscle came along there."""
    lines: FloatArray
    """`(n_channels,)`: activation to stay below; NaN where a muscle was not judged."""
    seconds: tuple[float, float, float]
    """Mean length of rise, hold and letting go."""
    attempts: int

    def __post_init__(self) -> None:
        """Refuse a picture of another shape."""
        if self.levels.shape != (BINS, len(self.lines)):
            raise ValueError(f"need {BINS} bins for each of {len(self.lines)} channels")


class Courses:
    """Takes frames in order, and adds each to the bin of its attempt."""

    def __init__(self, attempts: Sequence[Attempt], channels: int, rate_hz: float) -> None:
        self._parts = [_parts(one, rate_hz) for one in attempts]
        self._starts = [parts[0] for parts in self._parts]
        self._rate_hz = rate_hz
        self._sums = np.zeros((len(attempts), BINS, channels))
        self._known = np.zeros((len(attempts), BINS, channels))
        self._along = np.zeros((len(attempts), BINS, channels), dtype=np.bool_)
        self._frames = np.zeros((len(attempts), BINS))
        self._lines = np.full((len(attempts), channels), np.nan)

    def push(self, frames: Iterable[Frame]) -> None:
        """Add frames; those outside of attempts, and of attempts without a hold, are left."""
        for frame in frames:
            at = bisect_right(self._starts, frame.sample - 1) - 1
            place = None if at < 0 else _bin(self._parts[at], frame.sample - 1)
            if place is None:
                continue
            known = np.isfinite(frame.activation)
            self._sums[at, place, known] += frame.activation[known]
            self._known[at, place] += known
            self._along[at, place] |= frame.active
            self._frames[at, place] += 1.0
            self._lines[at] = np.where(np.isnan(frame.threshold), self._lines[at], frame.threshold)

    def over(self, starts: Collection[int]) -> BoutCourse | None:
        """Return the mean over the attempts that begin at these samples; None for nothing seen."""
        own = [
            at
            for at, begin in enumerate(self._starts)
            if begin in starts and np.any(self._frames[at])
        ]
        if not own:
            return None
        known, frames = self._known[own].sum(axis=0), self._frames[own].sum(axis=0)
        enough = (known > 0.0) & (known >= LEAST_KNOWN * frames[:, np.newaxis])
        levels = np.full_like(known, np.nan)
        np.divide(self._sums[own].sum(axis=0), known, out=levels, where=enough)
        edges = np.array([self._parts[at] for at in own], dtype=np.float64)
        rise, hold, let_go = (np.diff(edges, axis=1).mean(axis=0) / self._rate_hz).tolist()
        return BoutCourse(
            levels=levels,
            along=self._along[own].mean(axis=0),
            lines=self._lines[own[-1]].copy(),
            seconds=(rise, hold, let_go),
            attempts=len(own),
        )


def _parts(attempt: Attempt, rate_hz: float) -> tuple[int, int, int, int]:
    """Return where rise, hold and letting go begin and end; all alike without a hold."""
    begin, release = attempt.hold
    if begin >= release:
        return (attempt.start,) * 4
    stop = min(attempt.stop, release + round(LET_GO_S * rate_hz))
    return attempt.start, begin, release, stop


def _bin(parts: tuple[int, int, int, int], sample: int) -> int | None:
    """Return the bin in which a sample lies; None outside of the attempt."""
    first = 0
    for begin, stop, count in zip(parts, parts[1:], (RISE, HOLD, LET_GO), strict=False):
        if begin <= sample < stop:
            return first + count * (sample - begin) // (stop - begin)
        first += count
    return None
