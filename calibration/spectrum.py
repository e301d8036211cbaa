"""Spectrum of a channel, its white noise floor, and how much one block's power scatters."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from calibration.traces import FloatArray

RESOLUTION_S = 0.128
"""Length of one Welch segment: about 8 Hz."""
LAG_S = 0.05
"""So far apart, two blocks of EMG do not depend on each other, and the level is the same."""
LEAST_PAIRS = 30
FLOOR_QUANTILE = 0.2
MOST_FREEDOM = 1e4


def welch_size(rate_hz: float) -> int:
    """Return the length of a Welch segment in samples; even, at least 16."""
    return max(16, 2 * round(RESOLUTION_S * rate_hz / 2.0))


def spectrum(stretches: Sequence[FloatArray], rate_hz: float) -> FloatArray:
    """Return power densities in uV²/Hz, `(n_bins, n_channels)`, over stretches of samples.

    Welch (1967) with Hann windows, half overlapping, none of which crosses a border; a stretch
    with a sample unknown in some channel is unknown there. Bins are `rate / welch_size` apart.
    """
    from scipy import signal

    size = welch_size(rate_hz)
    long_enough = [one for one in stretches if len(one) >= size]
    if not long_enough:
        columns = stretches[0].shape[1] if stretches else 0
        return np.full((size // 2 + 1, columns), np.nan)
    weights = np.array([len(one) for one in long_enough], dtype=np.float64)
    densities = np.stack(
        [signal.welch(one, rate_hz, nperseg=size, axis=0)[1] for one in long_enough]
    )
    mean: FloatArray = np.tensordot(weights / weights.sum(), densities, axes=1)
    return mean


def white_floor_uv(density: FloatArray, rate_hz: float, band_hz: tuple[float, float]) -> float:
    """Return the RMS of noise that is white within the band, from a spectrum at rest, `(n_bins,)`.

    The quietest fifth of the band holds hardly any EMG: what is there is taken for noise all
    over the band. An upper bound, for a muscle is never quite silent.
    """
    step = rate_hz / (2 * (len(density) - 1))
    hz = np.arange(len(density)) * step
    low, high = band_hz
    # Away from the edges, where the filter takes noise too.
    width = high - low
    inside = (hz >= low + 0.05 * width) & (hz <= high - 0.05 * width)
    if not inside.any() or np.isnan(density[inside]).any():
        return float("nan")
    return sqrt(float(np.quantile(density[inside], FLOOR_QUANTILE)) * width)


def degrees_of_freedom(
    stretches: Sequence[FloatArray], rate_hz: float, block_ms: float
) -> FloatArray:
    """Return the degrees of freedom of a block's mean power, `(n_channels,)`; NaN if unknown.

    `2 mean² / variance`, as a scaled chi-square has it. The variance is half the mean square
    difference of blocks `LAG_S` apart (after von Neumann 1941), so that a slow change of the
    level does not count as scatter; motor units that fire alone do.
    """
    block = max(1, round(block_ms * rate_hz / 1000.0))
    lag = max(1, -(-round(LAG_S * rate_hz) // block))
    sums = [_differences(one, block, lag) for one in stretches if len(one) >= block * (lag + 1)]
    pairs = sum(count for count, _, _ in sums)
    if pairs < LEAST_PAIRS:
        columns = stretches[0].shape[1] if stretches else 0
        return np.full(columns, np.nan)
    variance = np.sum([square for _, square, _ in sums], axis=0) / (2.0 * pairs)
    square_of_mean = np.sum([product for _, _, product in sums], axis=0) / pairs
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = 2.0 * square_of_mean / variance
    return np.where(square_of_mean > 0.0, np.minimum(freedom, MOST_FREEDOM), np.nan)


def _differences(samples: FloatArray, block: int, lag: int) -> tuple[int, FloatArray, FloatArray]:
    """Return how many pairs, their squared differences and products, summed per channel."""
    whole = len(samples) // block * block
    power = (samples[:whole] ** 2).reshape(-1, block, samples.shape[1]).mean(axis=1)
    later, earlier = power[lag:], power[:-lag]
    return len(later), np.sum((later - earlier) ** 2, axis=0), np.sum(later * earlier, axis=0)
