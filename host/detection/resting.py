"""Find the resting level while nobody has calibrated: the quietest seconds of the first ten."""

from dataclasses import dataclass

import numpy as np

from host.chain.amplitude import Levels
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRest:
    """Settings of the search."""

    within_s: int = 10
    """How many seconds with signal to look at, for each channel."""
    quietest_s: int = 2
    """How many of them to take."""

    def __post_init__(self) -> None:
        """Refuse to take more seconds than are looked at."""
        if not 1 <= self.quietest_s <= self.within_s:
            raise ValueError(f"need 1 <= quietest_s <= within_s, got {self}")


class RestFinder:
    """Follows the levels; after two seconds there is a first answer, after ten the last.

    A second counts for a channel when all of it is usable, so a channel whose electrode comes
    later is given its ten seconds then. Seconds lie on the grid of the global hop number.
    """

    def __init__(self, settings: FirstRest, hops_per_s: int, channels: int) -> None:
        self._settings = settings
        self._per_s = hops_per_s
        self._power = np.zeros(channels)
        self._count = np.zeros(channels, dtype=np.int64)
        self._seconds: list[list[float]] = [[] for _ in range(channels)]
        self._second: int | None = None
        self._next: int | None = None
        self.rest_uv = np.full(channels, np.nan)
        """RMS level at rest, `(n_channels,)`; NaN until two seconds are known."""

    @property
    def settled(self) -> bool:
        """Whether every channel has its last answer."""
        return all(len(seconds) == self._settings.within_s for seconds in self._seconds)

    def push(self, levels: Levels) -> FloatArray:
        """Return the resting level as known at each hop, `(n_hops, n_channels)`."""
        rests = np.empty(levels.rms_uv.shape)
        row = 0
        while row < len(levels):
            number = levels.first + row
            stop = min(row + self._per_s - number % self._per_s, len(levels))
            rests[row:stop] = self.rest_uv
            rests[stop - 1] = self._part(number, levels.rms_uv[row:stop])
            row = stop
        return rests

    def _part(self, number: int, rms_uv: FloatArray) -> FloatArray:
        """Take hops of one second, from hop `number` on; return what is known after the last."""
        second = number // self._per_s
        if second != self._second or (self._next is not None and number != self._next):
            self._power = np.zeros_like(self._power)
            self._count = np.zeros_like(self._count)
        self._second, self._next = second, number + len(rms_uv)
        known = ~np.isnan(rms_uv)
        powers = np.where(known, rms_uv, 0.0) ** 2
        # Hop by hop, from where the second began: the sum must not depend on the cut.
        self._power = np.add.accumulate(np.concatenate([self._power[np.newaxis], powers]))[-1]
        self._count = self._count + known.sum(axis=0)
        if self._next % self._per_s == 0:
            self._close()
        return self.rest_uv

    def _close(self) -> None:
        """Keep this second where it is whole, and take the quietest so far."""
        rest_uv = self.rest_uv.copy()
        for channel in np.flatnonzero(self._count == self._per_s):
            seconds = self._seconds[channel]
            if len(seconds) == self._settings.within_s:
                continue
            seconds.append(float(np.sqrt(self._power[channel] / self._per_s)))
            if len(seconds) >= self._settings.quietest_s:
                rest_uv[channel] = np.mean(sorted(seconds)[: self._settings.quietest_s])
        self.rest_uv = rest_uv
