"""How high the power at rest rises by chance: thresholds from the wanted rate of false alarms.

A mean over a window that moves on hop by hop rises past a threshold at the hop that brings more
than the one that falls out took away. With gamma distributed powers of independent hops the rate is

    P(C + X > t, C + Y <= t) = ∫ f_C(c) · (1 − F(t − c)) · F(t − c) dc

where C is the sum of the hops that stay and X and Y are the newest and the one that fell out: the
rate of level crossings (Rice 1944, for sums). Crossings come in clusters, of which a detector with
hysteresis makes one alarm, so it is a little cautious.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy import special

from calibration.freedom import Freedom
from host.chain.stream import FloatArray

_POINTS = 96
_MOST = 1e6
"""Ratio of power to rest that no chance reaches."""
_STEPS = 40


def design_ratios(
    alarms: float, widths: Sequence[int], hop_s: float, freedoms: Sequence[Freedom]
) -> FloatArray:
    """Return the ratio to the power at rest that each window must pass, `(n_windows, n_channels)`.

    `widths` are the windows in hops, `freedoms` those of each channel at rest. The windows share
    the false `alarms` per hop.
    """
    each = alarms / len(widths)
    return np.array(
        [
            [chance_ratio(width, _degrees(width * hop_s, freedom), each) for freedom in freedoms]
            for width in widths
        ]
    )


@lru_cache(maxsize=4096)
def chance_ratio(hops: int, freedom: float, alarms: float) -> float:
    """Return the ratio to the mean power at rest that a window rises past so rarely.

    `hops` is its length, `freedom` the degrees of freedom of its mean, and `alarms` how many false
    alarms there may be per hop.
    """
    if hops < 1 or not freedom > 0.0 or not 0.0 < alarms < 1.0:
        raise ValueError(f"no threshold for {hops} hops, {freedom} degrees, {alarms} per hop")
    low, high = 0.0, float(np.log(_MOST))
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        if crossings(float(np.exp(middle)), hops, freedom) > alarms:
            low = middle
        else:
            high = middle
    return float(np.exp(high))


def crossings(ratio: float, hops: int, freedom: float) -> float:
    """Return how often per hop the mean power at rest rises past this ratio to what it is."""
    shape = freedom / 2.0 / hops
    """Of the gamma distribution of one hop, with the scale 1."""
    level = ratio * freedom / 2.0
    if hops == 1:
        below = float(special.gammainc(shape, level))
        return below * float(special.gammaincc(shape, level))
    # Denser towards both ends, where the densities may have poles.
    angle = (np.arange(_POINTS) + 0.5) * np.pi / _POINTS
    stay = level * (1.0 - np.cos(angle)) / 2.0
    weight = level * np.sin(angle) / 2.0 * np.pi / _POINTS
    kept = (hops - 1) * shape
    density = np.exp((kept - 1.0) * np.log(stay) - stay - special.gammaln(kept))
    room = level - stay
    passing = special.gammainc(shape, room) * special.gammaincc(shape, room)
    return float(np.sum(density * passing * weight))


def _degrees(window_s: float, freedom: Freedom) -> float:
    """Return degrees of freedom of a window, to a thousandth: so thresholds are worth keeping."""
    degrees = window_s * float(freedom.at_hz(np.array([window_s]))[0])
    return max(round(degrees, 3), 0.001)
