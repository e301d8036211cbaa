"""Power in windows of several lengths that end with each hop.

Powers are counted in small whole steps, few enough to be added without rounding. So a sum is the
same to the last bit however it is added: one way for a few hops, another for many.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from host.chain.stream import FloatArray

STEPS = 2.0**24
"""To the uV²."""
MOST_UV2 = 2.0**22
"""Beyond it lies no EMG (`QualityLimits.artefact_uv`): larger powers are cut to it.

Up to 128 of them are below 2^53 steps: whole numbers up to there are exact.
"""
FEW = 8
"""So many hops, or fewer, are summed in one product of matrices: quicker than a dozen additions."""


class PowerWindows:
    """Sums of the powers of hops over windows; what is missing is made up for."""

    def __init__(self, widths: Sequence[int], channels: int) -> None:
        """Sum over so many hops each; the longest last."""
        if not 1 <= min(widths) <= max(widths) == widths[-1] <= 128:
            raise ValueError(f"windows must have 1 to 128 hops, the longest last, got {widths}")
        self._widths = tuple(widths)
        self._channels = channels
        self.restart()

    def restart(self) -> None:
        """Forget all powers: before the next hop nothing is known."""
        self._tail = np.full((self._widths[-1] - 1, self._channels), np.nan)
        self._whole = 0
        """How many hops have been known in all channels, up to the last one."""

    def push(self, powers: FloatArray) -> tuple[FloatArray, bool]:
        """Return the sums in uV² of windows that end with each hop, and whether none lacks a hop.

        `powers` is `(n_hops, n_channels)`, NaN where unknown; the sums are `(n_windows, n_hops,
        n_channels)`, as if all hops of a window were there, NaN where less than half of them are.
        """
        steps = np.minimum(powers, MOST_UV2)
        steps *= STEPS
        np.rint(steps, out=steps)
        joined = np.concatenate([self._tail, steps])
        self._tail = joined[len(joined) - len(self._tail) :]
        unknown = np.isnan(steps)
        if unknown.any():
            holes = np.flatnonzero(unknown.any(axis=1))
            self._whole = len(steps) - 1 - int(holes[-1])
        else:
            self._whole += len(steps)
        whole = self._whole >= len(joined)
        sums = self._summed(joined, len(steps)) if whole else self._made_up(joined, len(steps))
        sums *= 1.0 / STEPS
        return sums, whole

    def _summed(self, parts: FloatArray, count: int) -> FloatArray:
        if count > FEW:
            return _by_doubling(parts, self._widths, count)
        sums: FloatArray = _bands(self._widths, count) @ parts
        return sums.reshape(len(self._widths), count, -1)

    def _made_up(self, parts: FloatArray, count: int) -> FloatArray:
        sums = self._summed(np.nan_to_num(parts), count)
        there = self._summed((~np.isnan(parts)).astype(np.float64), count)
        widths = np.array(self._widths)[:, np.newaxis, np.newaxis]
        enough = 2.0 * there >= widths
        made_up: FloatArray = np.where(enough, sums * (widths / np.maximum(there, 1.0)), np.nan)
        return made_up


@lru_cache(maxsize=64)
def _bands(widths: tuple[int, ...], count: int) -> FloatArray:
    """Return ones where a window holds a hop, `(n_widths * count, longest - 1 + count)`."""
    last = widths[-1] - 1 + np.arange(count)[:, np.newaxis]
    places = np.arange(widths[-1] - 1 + count)
    return np.concatenate(
        [((places <= last) & (places > last - width)).astype(np.float64) for width in widths]
    )


def _by_doubling(parts: FloatArray, widths: Sequence[int], count: int) -> FloatArray:
    """Add runs of two to runs of four and so on, as `chain/compiled/judge.c` does."""
    totals = np.zeros((len(widths), count, parts.shape[1]))
    begins = [len(parts) - count - width + 1 for width in widths]
    run, length = parts, 1
    while True:
        for place, width in enumerate(widths):
            if width & length:
                totals[place] += run[begins[place] : begins[place] + count]
                begins[place] += length
        if 2 * length > widths[-1]:
            return totals
        run = run[:-length] + run[length:]
        length *= 2
