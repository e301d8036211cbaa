"""How levels went through the attempts of a bout: rise, hold and letting go, laid over each other.

For a picture of who came along when (P13); no measure of T3 is taken from it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection.attempts import Attempt
from host.detection.cues import Phase
from host.detection.frame import Frame

RISE, HOLD, LET_GO = 12, 30, 20
"""Bins of each part, whatever its length."""
BINS = RISE + HOLD + LET_GO
LET_GO_S = 4.0
"""So much after the cue to release is shown."""
LEAST_KNOWN = 0.5
"""A bin of which less was measured is unknown: unknown is never quiet."""
_MOVING = (Phase.RISE, Phase.HOLD)
_TOGETHER = 256
"""Frames are put together so many at a time."""


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AttemptCourse:
    """The levels of one attempt, added up in bins."""

    parts: tuple[int, int, int, int]
    """Samples at which rise, hold and letting go begin, and where that is over."""
    sums: FloatArray
    """`(BINS, n_channels)`: of the activations that are known."""
    known: FloatArray
    """`(BINS, n_channels)`: how many are."""
    along: BoolArray
    """`(BINS, n_channels)`: whether the muscle came along there."""
    frames: FloatArray
    """`(BINS,)`: how many there were."""
    lines: FloatArray
    """`(n_channels,)`: activation to stay below; NaN where a muscle was not judged."""

    @property
    def start(self) -> int:
        """Sample of the attempt's cue."""
        return self.parts[0]


class Courses:
    """Takes frames in order, before anybody need know which attempts they belong to."""

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        self._moved = -inf
        """The newest sample at which somebody was to move."""
        self._waiting: list[Frame] = []
        self._pieces: list[_Piece] = []

    def push(self, frames: Iterable[Frame]) -> None:
        """Add frames; those that belong to no attempt are left."""
        for frame in frames:
            if frame.cue.phase in _MOVING:
                self._moved = frame.sample
            if frame.sample <= self._moved + LET_GO_S * self._rate_hz:
                self._waiting.append(frame)
            if len(self._waiting) >= _TOGETHER:
                self._put_together()

    def of(self, attempts: Iterable[Attempt]) -> tuple[AttemptCourse, ...]:
        """Return the courses of those attempts of which anything was seen, in order."""
        self._put_together()
        if not self._pieces:
            return ()
        whole = _Piece.of(self._pieces)
        found = (_added_up(_parts(one, self._rate_hz), whole) for one in attempts)
        return tuple(one for one in found if one.frames.any())

    def _put_together(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._pieces.append(
                _Piece(
                    samples=np.array([one.sample - 1 for one in waiting]),
                    levels=np.array([one.activation for one in waiting]),
                    active=np.array([one.active for one in waiting]),
                    lines=np.array([one.threshold for one in waiting]),
                )
            )


def course_over(
    courses: Sequence[AttemptCourse], starts: Collection[int], rate_hz: float
) -> BoutCourse | None:
    """Return the mean over the attempts that begin at these samples; None for nothing seen."""
    own = [one for one in courses if one.start in starts]
    if not own:
        return None
    known = np.sum([one.known for one in own], axis=0)
    frames = np.sum([one.frames for one in own], axis=0)
    enough = (known > 0.0) & (known >= LEAST_KNOWN * frames[:, np.newaxis])
    levels = np.full_like(known, np.nan)
    np.divide(np.sum([one.sums for one in own], axis=0), known, out=levels, where=enough)
    edges = np.array([one.parts for one in own], dtype=np.float64)
    rise, hold, let_go = (np.diff(edges, axis=1).mean(axis=0) / rate_hz).tolist()
    return BoutCourse(
        levels=levels,
        along=np.mean([one.along for one in own], axis=0),
        lines=own[-1].lines,
        seconds=(rise, hold, let_go),
        attempts=len(own),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Piece:
    """Consecutive frames; arrays are `(n_frames, n_channels)`."""

    samples: IntArray
    """`(n_frames,)`: the last sample of each."""
    levels: FloatArray
    active: BoolArray
    lines: FloatArray

    @classmethod
    def of(cls, pieces: Sequence["_Piece"]) -> "_Piece":
        """Return all of them as one."""
        return cls(
            samples=np.concatenate([one.samples for one in pieces]),
            levels=np.concatenate([one.levels for one in pieces]),
            active=np.concatenate([one.active for one in pieces]),
            lines=np.concatenate([one.lines for one in pieces]),
        )


def _added_up(parts: tuple[int, int, int, int], whole: _Piece) -> AttemptCourse:
    """Put the frames of an attempt into its bins, in their order."""
    begin, end = np.searchsorted(whole.samples, (parts[0], parts[-1]))
    rows = slice(int(begin), int(end))
    places, levels = _bins(parts, whole.samples[rows]), whole.levels[rows]
    known, shape = np.isfinite(levels), (BINS, whole.levels.shape[1])
    sums, count, along = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(sums, places, np.where(known, levels, 0.0))
    np.add.at(count, places, known)
    np.add.at(along, places, whole.active[rows])
    return AttemptCourse(
        parts=parts,
        sums=sums,
        known=count,
        along=along > 0.0,
        frames=np.bincount(places, minlength=BINS).astype(np.float64),
        lines=_last_known(whole.lines[rows]),
    )


def _last_known(lines: FloatArray) -> FloatArray:
    """Return the last line of each channel that had one; NaN where none had."""
    found = np.full(lines.shape[1], np.nan)
    for channel, own in enumerate(lines.T):
        known = own[~np.isnan(own)]
        if len(known):
            found[channel] = known[-1]
    return found


def _parts(attempt: Attempt, rate_hz: float) -> tuple[int, int, int, int]:
    """Return where rise, hold and letting go begin and end; all alike without a hold."""
    begin, release = attempt.hold
    if begin >= release:
        return (attempt.start,) * 4
    stop = min(attempt.stop, release + round(LET_GO_S * rate_hz))
    return attempt.start, begin, release, stop


def _bins(parts: tuple[int, int, int, int], samples: IntArray) -> IntArray:
    """Return the bin in which each of an attempt's samples lies."""
    found, first = np.zeros(len(samples), dtype=np.int64), 0
    for begin, stop, count in zip(parts, parts[1:], (RISE, HOLD, LET_GO), strict=False):
        inside = (begin <= samples) & (samples < stop)
        found[inside] = first + count * (samples[inside] - begin) // max(stop - begin, 1)
        first += count
    return found
