"""How unequal two mean powers must be before they are taken for different: a likelihood ratio.

Mean powers a and b of n and m blocks with v degrees of freedom each are gamma distributed. That
they are of one level, against that they are of two, has the log likelihood ratio

    v/2 · ((n + m) log((n a + m b) / (n + m)) − n log a − m log b)

which depends on a/b only (Spokoiny 1998; Appel & Brandt 1983 for the segmentation of EEG).
"""

import numpy as np

from host.chain.stream import FloatArray, IntArray

_FAR = 80.0
"""Logarithm of a ratio that no two powers have."""
_STEPS = 60


def log_likelihood_ratio(
    log_ratio: FloatArray, newer: IntArray, older: IntArray, freedom: FloatArray
) -> FloatArray:
    """Return the evidence that blocks differ of which the newer have so much more power."""
    both = newer + older
    ratio = np.exp(log_ratio)
    mean = np.log((newer * ratio + older) / both)
    evidence: FloatArray = freedom / 2.0 * (both * mean - newer * log_ratio)
    return evidence


def ratio_bounds(
    newer: IntArray, older: IntArray, freedom: FloatArray, threshold: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return between which ratios of power, newer over older, the evidence is below a threshold.

    Arrays broadcast: `newer` and `older` count blocks, `freedom` is that of one block. Where no
    ratio is evidence enough, the bound is practically 0 or infinity.
    """
    bounds = []
    for far in (-_FAR, _FAR):
        shape = np.broadcast_shapes(newer.shape, freedom.shape, threshold.shape)
        inside, outside = np.zeros(shape), np.full(shape, far)
        for _ in range(_STEPS):
            middle = (inside + outside) / 2.0
            below = log_likelihood_ratio(middle, newer, older, freedom) < threshold
            inside = np.where(below, middle, inside)
            outside = np.where(below, outside, middle)
        bounds.append(np.exp(inside))
    return bounds[0], bounds[1]
