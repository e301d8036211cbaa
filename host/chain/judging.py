"""The quality of each channel over the last hops, and sums over the same window."""

from typing import TypeVar

import numpy as np

from host.chain.hops import Hops
from host.chain.hum import HumLimits, apart
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import FloatArray

Parts = TypeVar("Parts", FloatArray, CodeArray)

USABLE = np.uint8(Quality.MAINS)
"""As a number: NumPy takes its time to compare arrays with an enumeration."""

_WORSE = (
    (Flaw.SETTLING, Quality.SETTLING),
    (Flaw.ARTEFACT, Quality.ARTEFACT),
    (Flaw.HUMMING, Quality.LOOSE),
    (Flaw.FLAT, Quality.FLAT),
    (Flaw.RAILED, Quality.RAILED),
)
"""One such sample in a window is enough; the later ones outdo the earlier."""


class WindowJudge:
    """Sums hops over a window that ends with each, and says whether it can be believed."""

    def __init__(
        self, hops: int, hop: int, sums: int, limits: QualityLimits, hums: HumLimits
    ) -> None:
        self._hops, self._hop = hops, hop
        self._kinds = sums
        self._limits, self._hums = limits, hums
        self._sums = np.empty((0, sums, 0))
        """What the next window still needs."""
        self._flaws = np.empty((0, 0), dtype=np.uint8)
        self._calm = 0
        """How many hops up to the newest had neither a flaw nor any hum to speak of."""
        self._suspect = hop * min(limits.hum_uv, hums.apart_floor_uv) ** 2

    def restart(self, channels: int) -> None:
        """Forget everything: before the next hop nothing is known."""
        self._sums = np.zeros((self._hops - 1, self._kinds, channels))
        self._flaws = np.zeros((self._hops - 1, channels), dtype=np.uint8)
        self._calm = 0

    def push(self, hops: Hops, sums: FloatArray) -> tuple[FloatArray, CodeArray]:
        """Return the sums over each window, `(n_sums, n_hops, n_channels)`, and its `Quality`.

        `sums` are those of each hop, `(n_hops, n_sums, n_channels)`; the last two of them are
        the power of the hum and the number of good samples.
        """
        self._take(hops, sums)
        totals = windows(self._sums, self._hops).transpose(1, 0, 2).copy()
        quality = self._qualities(totals[-2], totals[-1])
        self._drop(len(hops))
        return totals, quality

    def quality(self, hops: Hops, sums: FloatArray) -> CodeArray:
        """Return only the `Quality` of each window: quicker, where there is nothing to see."""
        before = self._calm
        self._take(hops, sums)
        if min(before, self._calm) >= self._hops - 1:
            quality = np.zeros((len(hops), sums.shape[2]), dtype=np.uint8)
        else:
            totals = windows(self._sums[:, -2:], self._hops)
            quality = self._qualities(totals[:, 0], totals[:, 1])
        self._drop(len(hops))
        return quality

    def _take(self, hops: Hops, sums: FloatArray) -> None:
        self._sums = np.concatenate([self._sums, sums])
        self._flaws = np.concatenate([self._flaws, hops.worst()])
        calm = not hops.flawed and sums[:, -2].max(initial=0.0) <= self._suspect
        self._calm = self._calm + len(hops) if calm else 0

    def _drop(self, count: int) -> None:
        self._sums, self._flaws = self._sums[count:], self._flaws[count:]

    def _qualities(self, hum: FloatArray, valid: FloatArray) -> CodeArray:
        """Name the worst that is true of each window."""
        samples = self._hops * self._hop
        quality = np.zeros(hum.shape, dtype=np.uint8)
        needed = self._limits.valid_share * samples
        suspect_uv = min(self._limits.hum_uv, self._hums.apart_floor_uv)
        some = np.count_nonzero(self._flaws) > 0
        if not some and valid.min() >= needed and hum.max() <= samples * suspect_uv**2:
            return quality
        quality[hum > samples * self._limits.hum_uv**2] = Quality.MAINS
        quality[valid < needed] = Quality.GAP
        if some:
            flaws = windows(self._flaws, self._hops, np.bitwise_or)
            for flaw, code in _WORSE:
                quality[(flaws & np.uint8(flaw)) != 0] = code
        hum_uv = np.sqrt(hum / samples)
        quality[apart(hum_uv, quality <= USABLE, self._hums)] = Quality.LOOSE
        return quality


def windows(parts: Parts, width: int, add: np.ufunc = np.add) -> Parts:
    """Sum every `width` consecutive rows, each window in the same order: 45 = 32 + 8 + 4 + 1.

    Runs of two are added to runs of four and so on, so there are few additions, and no running
    sum that would depend on where it began.
    """
    count = len(parts) - width + 1
    total, done, run, length = np.zeros(parts[:count].shape, parts.dtype), 0, parts, 1
    while True:
        if width & length:
            add(total, run[done : done + count], out=total)
            done += length
        if done == width:
            return total
        run = add(run[:-length], run[length:])
        length *= 2
