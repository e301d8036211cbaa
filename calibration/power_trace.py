"""From the powers of hops to a muscle's activation with its uncertainty, as measures take it in."""

from math import sqrt

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.traces import FloatArray, Trace

PIECE_S = 0.2
"""Powers are averaged over so long, so that an amplitude can be told from them."""
SCATTER_S = 0.064
"""Over so long and longer, degrees of freedom grow with time (`calibration.freedom`)."""


def power_trace(
    powers: FloatArray, numbers: ChannelNumbers, hop_s: float, piece_s: float = PIECE_S
) -> Trace:
    """Return the activation (T3) in whole pieces of `piece_s`, not cut off at zero.

    `powers` is `(n_hops,)` in uV², noise included, NaN where unknown; a piece is known where all
    its hops are. How much a value scatters is told from the powers themselves.
    """
    if numbers.reference_uv is None or numbers.noise_uv is None or numbers.rest_uv is None:
        raise ValueError("an activation needs noise, rest and reference")
    hops, short = (max(1, round(seconds / hop_s)) for seconds in (piece_s, SCATTER_S))
    means = _means(powers, hops)
    sd_uv2 = means * relative_scatter(_means(powers, short)) * sqrt(short / hops)
    muscle_uv2 = means - numbers.noise_uv**2
    # Near zero the root turns an error of the power into about its own root.
    root_uv = np.sqrt(np.maximum(np.maximum(muscle_uv2, sd_uv2), 1e-30))
    sd_uv = sd_uv2 / (2.0 * root_uv)
    # A root of noisy values is too low by `sd² / (2 root)`, where it is not cut off at zero.
    clear = np.clip(muscle_uv2 / np.maximum(4.0 * sd_uv2, 1e-30), 0.0, 1.0)
    amplitude_uv = np.sqrt(np.maximum(muscle_uv2, 0.0)) + clear * sd_uv**2 / (2.0 * root_uv)
    return Trace(
        activation=(amplitude_uv - numbers.rest_uv) / numbers.reference_uv,
        sd=sd_uv / numbers.reference_uv,
        hop_s=hops * hop_s,
        reference_spread=numbers.reference_spread,
    )


def relative_scatter(powers: FloatArray) -> float:
    """Return the relative standard deviation of a mean power about its slow course, `(n,)`.

    From second differences of the logarithm, which a steady rise leaves at zero and which have
    1.5 times the variance (after von Neumann 1941). That of the logarithm of a gamma variable is
    a trigamma function, whose inverse is near `v / (1 + v / 2)`. 0 where fewer than three powers
    are known.
    """
    logs = np.log(np.maximum(powers, 1e-30))
    bends = logs[1:-1] - (logs[:-2] + logs[2:]) / 2.0
    bends = bends[np.isfinite(bends)]
    variance = float(np.mean(bends**2)) / 1.5 if len(bends) else 0.0
    return sqrt(variance / (1.0 + variance / 2.0))


def _means(powers: FloatArray, hops: int) -> FloatArray:
    """Average over whole pieces of so many hops; NaN where one of them is."""
    means: FloatArray = powers[: len(powers) // hops * hops].reshape(-1, hops).mean(axis=1)
    return means
