"""What an episode amounts to while it goes on: its peak, and its mean against the targets'.

Levels are put aside and added up only now and then, or when an episode ends. Sums are of whole
numbers, which are exact: the same for every cut.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from calibration.traces import LEAST_KNOWN
from host.chain.stream import FloatArray
from host.detection.blinks import Doubts
from host.detection.bursts import Activity
from host.detection.certainty import Certainty, Evidence

_STEPS = 2.0**20
"""Levels are added up in so many steps to the reference, …"""
_MOST = 2.0**10
"""… and cut to so many times the reference: an hour of them is below 2^53, so sums are exact."""
_ASIDE = 250
"""So many hops are put aside before they are added up."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beside:
    """What else is known of the hops in which episodes are looked for."""

    activity: Activity
    rms_uv: FloatArray
    """`(n_hops, n_channels)`."""
    certainty: Certainty
    targets: Sequence[tuple[int, ...]]
    """For each channel the columns of the asked targets on its side."""
    doubts: Doubts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What one episode amounts to; None where it is not known."""

    peak: float
    size: float | None
    certainty: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Piece:
    """Consecutive hops of all channels. Nobody writes to them."""

    first: int
    activation: FloatArray
    beside: Beside | None

    @property
    def stop(self) -> int:
        """Number of the hop after the last."""
        return self.first + len(self.activation)


@dataclass(slots=True, kw_only=True)
class _Sums:
    """Of one channel, since it rose above its line."""

    peak: float = 0.0
    evidence: Evidence | None = None
    """Of the level at the peak."""
    total: FloatArray = field(default_factory=lambda: np.zeros(4))
    """Hops, those in which a target is known, and steps of both levels in these."""


class Tallies:
    """Amounts of the channels that are above their line, or in an episode."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._joined: FloatArray | None = None
        """Their activation, once somebody has asked for it."""
        self._sums: dict[int, _Sums] = {}
        self._added = 0
        """Up to before this hop everything is in the sums."""

    def take(self, first: int, activation: FloatArray, beside: Beside | None) -> None:
        """Take hops in which something may go on."""
        self._pieces.append(_Piece(first=first, activation=activation, beside=beside))
        self._joined = None

    def amount(self, channel: int, since: int, stop: int, seen: int, line: float) -> Amount:
        """Return what an episode of hops `since` to `stop` amounts to.

        Its peak may lie anywhere before hop `seen`: in the time that it took to be sure of its end.
        """
        self._join()
        sums = self._sums.pop(channel, None)
        if sums is None or since >= self._added:
            sums = _Sums()
        self._count(sums, channel, max(since, self._added), stop, seen)
        certainty = None if sums.evidence is None else sums.evidence.chance_above(line)
        return Amount(peak=sums.peak, size=_ratio(sums.total), certainty=certainty)

    def keep(self, since: dict[int, int], ending: int) -> None:
        """Keep what belongs to these channels, each since a hop; the last `ending` may go yet."""
        # What began later than what was added up has nothing to do with it.
        self._sums = {
            channel: one
            for channel, one in self._sums.items()
            if since.get(channel, self._added) < self._added
        }
        if not since:
            self.clear()
            return
        stop = self._pieces[-1].stop - ending
        if stop - max(self._pieces[0].first, self._added) < _ASIDE:
            return
        self._join()
        for channel, start in since.items():
            if start < stop:
                sums = self._sums.setdefault(channel, _Sums())
                self._count(sums, channel, max(start, self._added), stop, stop)
        self._added = stop
        self._pieces = [piece for piece in self._pieces if piece.stop > stop]
        self._joined = None

    def _join(self) -> None:
        """Put the pieces together."""
        if self._joined is None:
            self._joined = np.concatenate([piece.activation for piece in self._pieces])

    def _count(self, sums: _Sums, channel: int, start: int, stop: int, seen: int) -> None:
        """Take hops from `start` on: up to `stop` they are added, up to `seen` looked at."""
        if self._joined is None or not self._pieces:
            return
        first = self._pieces[0].first
        start = max(start - first, 0)
        self._look(sums, channel, start, seen - first)
        beside = self._pieces[-1].beside
        targets = () if beside is None else beside.targets[channel]
        if targets and stop - first > start:
            rows = self._joined[start : stop - first]
            sums.total = sums.total + _in_steps(rows[:, channel], rows[:, targets])

    def _look(self, sums: _Sums, channel: int, start: int, stop: int) -> None:
        """Keep the largest level of some rows, and the first of equal ones."""
        if self._joined is None or stop <= start:
            return
        levels = self._joined[start:stop, channel]
        # The hop that ends an episode may be an unknown one, but no other.
        levels = levels[:-1] if np.isnan(levels[-1]) else levels
        if not len(levels):
            return
        row = int(levels.argmax())
        if not levels[row] > sums.peak:
            return
        sums.peak = float(levels[row])
        number = self._pieces[0].first + start + row
        piece = self._pieces[bisect_right(self._pieces, number, key=lambda one: one.first) - 1]
        if piece.beside is not None:
            row = number - piece.first
            rms_uv = float(piece.beside.rms_uv[row, channel])
            sums.evidence = piece.beside.certainty.evidence(row, channel, rms_uv)

    def clear(self) -> None:
        """Forget everything."""
        self._pieces, self._joined, self._sums = [], None, {}


def _in_steps(levels: FloatArray, targets: FloatArray) -> FloatArray:
    """Return sums over hops: of ones, of those with a target, and of both levels there, `(4,)`."""
    known = ~np.isnan(targets)
    count = np.count_nonzero(known, axis=1)
    mean = np.nan_to_num(targets).sum(axis=1) / np.maximum(count, 1)
    there = count > 0
    level = np.rint(np.minimum(levels[there], _MOST) * _STEPS).sum()
    target = np.rint(np.minimum(mean[there], _MOST) * _STEPS).sum()
    return np.array([len(levels), np.count_nonzero(there), level, target])


def _ratio(total: FloatArray) -> float | None:
    """Return the mean over the mean of the targets, where that was known for long enough."""
    hops, known, level, target = total.tolist()
    if target <= 0.0 or known < LEAST_KNOWN * hops:
        return None
    return float(level / target)
