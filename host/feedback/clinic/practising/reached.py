"""What each attempt of a session reached, so that any line can be tried on it at once. No Qt.

Frames are pushed by the session's thread, and none is skipped; the window reads what is over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from host.detection.cues import Phase

if TYPE_CHECKING:
    from host.chain.stream import FloatArray
    from host.detection.frame import Frame
    from host.detection.watch import Watch

_SCORED = (Phase.RISE, Phase.HOLD, Phase.RELEASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How long a level has to last before it counts."""

    hop: int = 1
    """Samples from one frame to the next."""
    enter_s: float = 0.1
    """As `Thresholds.enter_s`, for muscles that should be quiet."""
    dwell_s: float = 0.3
    """As `Effort.dwell_s`, for those that lead (P8)."""
    floors: tuple[float, ...] = ()
    """Least line of each channel, as calibration found it in the noise; () for none."""

    def __post_init__(self) -> None:
        """Refuse times that no level could last."""
        if self.hop < 1 or not (self.enter_s >= 0.0 and self.dwell_s >= 0.0):
            raise ValueError(f"need hop >= 1 and times from 0 on, got {self}")

    @classmethod
    def of(cls, watch: Watch, hop: int) -> Rules:
        """Return those of a session."""
        return cls(
            hop=hop,
            enter_s=watch.thresholds.enter_s,
            dwell_s=watch.effort.dwell_s,
            floors=watch.floors,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AttemptReached:
    """One attempt; arrays are `(n_channels,)`, shares of the gentle reference."""

    along: FloatArray
    """A line here or lower was reached for so long that the muscle came along; 0 for none."""
    strong: FloatArray
    """A ceiling here or lower was exceeded for so long that the advice was "softer"."""


class Reached:
    """Keeps the levels of the attempt that goes on, and what the earlier ones reached."""

    def __init__(self) -> None:
        self.rules = Rules()
        """Set before the first frame."""
        self._over: dict[int, AttemptReached] = {}
        self._start: int | None = None
        self._rows: list[FloatArray] = []
        self._since: dict[int, int] = {}
        """By channel: the row in which its episode began."""
        self._rate_hz = 1.0
        self._stale = False
        self.version = 0
        """Grows whenever more is known."""

    def of(self, start: int) -> AttemptReached | None:
        """Return what the attempt reached whose cue to rise is at this sample; from any thread."""
        return self._over.get(start)

    def take(self, other: Reached) -> None:
        """Know what another one knows."""
        self.rules, self._over = other.rules, dict(other._over)

    def push(self, frame: Frame) -> None:
        """Take a frame, in order."""
        phase = frame.cue.phase
        if phase is Phase.RISE and frame.cue.start != self._start:
            self._boil()
            self._start, self._rows, self._since = frame.cue.start, [], {}
        if self._start is None:
            return
        self._excuse(frame)
        if phase in _SCORED:
            self._add(frame)
        elif self._stale:
            self._boil()

    def _add(self, frame: Frame) -> None:
        """Keep one row; what is unknown, or may be a blink only, reaches nothing."""
        self._rate_hz = frame.sample / frame.time_s if frame.time_s else self._rate_hz
        known = ~np.isnan(frame.activation) & ~frame.blinking
        self._rows.append(np.where(known, frame.activation, -math.inf))
        for channel in np.flatnonzero(frame.active):
            self._since.setdefault(int(channel), len(self._rows) - 1)
        self._stale = True

    def _excuse(self, frame: Frame) -> None:
        """Take back what came along with a blink and not with the pattern."""
        for one in frame.ended:
            since = self._since.pop(one.channel, None)
            if since is None or not one.with_blink:
                continue
            # It had to last before it counted: that was the blink already.
            for row in self._rows[max(since - self._hops(self.rules.enter_s), 0) :]:
                row[one.channel] = -math.inf
            self._stale = True

    def _boil(self) -> None:
        """Find what the attempt reached."""
        self._stale = False
        if self._start is None or not self._rows:
            return
        rows = np.stack(self._rows)
        along = lasting(rows, self._hops(self.rules.enter_s))
        floors = np.array(self.rules.floors or np.zeros(rows.shape[1]))
        self._over[self._start] = AttemptReached(
            # A line is never below the noise: what stays there comes along at no line.
            along=np.where(along < floors, 0.0, along),
            strong=lasting(rows, self._hops(self.rules.dwell_s)),
        )
        self.version += 1

    def _hops(self, seconds: float) -> int:
        return max(1, round(seconds * self._rate_hz / self.rules.hop))


def lasting(rows: FloatArray, hops: int) -> FloatArray:
    """Return the highest level that each column keeps for so many rows in a row; 0 for none.

    `rows` is `(n_rows, n_channels)`, minus infinity where unknown: that breaks a stay.
    """
    if len(rows) < hops:
        return np.zeros(rows.shape[1])
    kept, length = rows, 1
    while length < hops:
        # The lowest of twice as many rows, or of as many as are lacking: they may overlap.
        step = min(length, hops - length)
        kept, length = np.minimum(kept[:-step], kept[step:]), length + step
    highest: FloatArray = kept.max(axis=0)
    return np.maximum(highest, 0.0)
