"""From levels to one verdict for each channel that does not flicker. Pure: no clock, no words."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np

from host.chain.amplitude import Levels
from host.chain.quality import Quality
from host.chain.stream import FloatArray
from host.session.contacting.verdicts import BY_QUALITY, ContactLimits, Verdict

TICK_S = 0.25
"""Channels are judged so often, on the grid of the global hop number."""
_MOVED_S = 5.0
"""So much of the past is looked at for movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What holds of one channel now."""

    verdict: Verdict = Verdict.UNKNOWN
    steady: bool = False
    """Whether it has stood for some seconds, and nothing speaks against it."""
    rest_uv: float = nan
    """RMS of the quietest part of the last seconds, noise in it; NaN where unknown."""


class ContactJudge:
    """Takes levels in; the same verdicts for every cut of the stream."""

    def __init__(self, limits: ContactLimits, channels: int, hops_per_s: float) -> None:
        self._hops = max(1, round(TICK_S * hops_per_s))
        self._limits = limits
        self._channels = [_Channel(limits) for _ in range(channels)]
        self._powers = np.empty((0, channels))
        self._quality = np.empty((0, channels), dtype=np.uint8)
        self._next: int | None = None

    @property
    def judged(self) -> tuple[Judged, ...]:
        """What holds of each channel now."""
        return tuple(channel.judged for channel in self._channels)

    def push(self, pieces: Iterable[Levels]) -> None:
        """Take levels in order."""
        for levels in pieces:
            self._push(levels)

    def lose(self) -> None:
        """Know nothing any more: the board is silent."""
        self._channels = [_Channel(self._limits) for _ in self._channels]
        self._powers, self._quality = self._powers[:0], self._quality[:0]
        self._next = None

    def _push(self, levels: Levels) -> None:
        first = int(levels.first)
        if first != self._next:
            # A tick with a hole in it is none: begin at the next one.
            skip = min(-first % self._hops, len(levels))
            levels = levels.rows(skip, len(levels))
            self._powers, self._quality = self._powers[:0], self._quality[:0]
            if skip and not len(levels):
                self._next = None if (first + skip) % self._hops else first + skip
                return
        self._next = int(levels.first) + len(levels)
        self._powers = np.concatenate([self._powers, np.square(levels.rms_uv)])
        self._quality = np.concatenate([self._quality, levels.quality])
        while len(self._powers) >= self._hops:
            self._tick(self._powers[: self._hops], self._quality[: self._hops])
            self._powers = self._powers[self._hops :]
            self._quality = self._quality[self._hops :]

    def _tick(self, powers: FloatArray, quality: np.ndarray) -> None:
        for column, channel in enumerate(self._channels):
            codes = np.bincount(quality[:, column], minlength=len(Quality))
            # Of two that are as frequent, the worse.
            code = len(codes) - 1 - int(np.argmax(codes[::-1]))
            known = powers[:, column][~np.isnan(powers[:, column])]
            mean = float(known.mean()) if len(known) else nan
            channel.tick(Quality(code), mean)


class _Channel:
    """One channel's past, in ticks."""

    def __init__(self, limits: ContactLimits) -> None:
        self._limits = limits
        self._powers: deque[float] = deque(maxlen=_ticks(limits.rest_s))
        self._moved: deque[bool] = deque(maxlen=_ticks(_MOVED_S))
        self._shown = Verdict.UNKNOWN
        self._candidate = Verdict.UNKNOWN
        self._for = self._stood = self._nothing = 0
        """Ticks: how long the candidate has lasted, how long nothing spoke against the shown
        verdict, and how long nothing was heard."""

    @property
    def judged(self) -> Judged:
        steady = (
            self._shown is not Verdict.UNKNOWN
            and self._candidate is self._shown
            and not self._nothing
            and self._stood >= _ticks(self._limits.steady_s)
        )
        return Judged(verdict=self._shown, steady=steady, rest_uv=self._rest_uv())

    def tick(self, quality: Quality, power_uv2: float) -> None:
        """Take a quarter of a second."""
        self._moved.append(quality is Quality.ARTEFACT)
        if quality.usable and not isnan(power_uv2):
            self._powers.append(power_uv2)
        found = self._found(quality)
        if found is None:
            self._nothing += 1
            if self._nothing < _ticks(self._limits.silent_s):
                return
            self._powers.clear()
            found = Verdict.UNKNOWN
        else:
            self._nothing = 0
        self._take(found)

    def _found(self, quality: Quality) -> Verdict | None:
        """Return what this tick says; None where it says nothing."""
        limits = self._limits
        if sum(self._moved) > limits.moved_share * _ticks(_MOVED_S):
            return Verdict.NOISY
        found = BY_QUALITY.get(quality)
        if found is None or not found.usable:
            return found
        if len(self._powers) < _ticks(limits.enough_s):
            return None
        return Verdict.NOISY if self._rest_uv() > limits.noisy_uv else found

    def _take(self, found: Verdict) -> None:
        self._for = self._for + 1 if found is self._candidate else 1
        self._candidate = found
        if found is self._shown:
            self._stood += 1
            return
        self._stood = 0
        limits = self._limits
        better = found.rank < self._shown.rank and self._shown is not Verdict.UNKNOWN
        if self._for >= _ticks(limits.better_s if better else limits.worse_s):
            self._shown, self._stood = found, self._for

    def _rest_uv(self) -> float:
        """Return the level of the quietest share of the past."""
        if not self._powers:
            return nan
        count = max(1, round(self._limits.quietest * len(self._powers)))
        return sqrt(sum(sorted(self._powers)[:count]) / count)


def _ticks(seconds: float) -> int:
    return max(1, round(seconds / TICK_S))
