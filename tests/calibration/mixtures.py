"""Independent muscles that leak into each other's electrodes by known taps."""

import numpy as np

from calibration.lags import FloatArray
from calibration.leakage_fit import Contraction

RATE_HZ = 1000.0
KERNEL = np.array([0.0, 0.2, 0.6, 0.2, 0.0])
"""What distance does to a potential: symmetric, no lag."""


def mixed(sources: FloatArray, amounts: FloatArray, kernel: FloatArray = KERNEL) -> FloatArray:
    """Return `(n_samples, n_channels)` at the electrodes; `amounts` by electrode and muscle."""
    smeared = np.array([np.convolve(column, kernel, "same") for column in sources.T]).T
    return sources + smeared @ amounts.T


def muscles_at_work(levels: tuple[float, ...], seconds: float = 6.0, seed: int = 1) -> FloatArray:
    """Return independent noise of these RMS levels, in the band of EMG more or less."""
    rng = np.random.default_rng(seed)
    white = rng.normal(0.0, 1.0, (round(seconds * RATE_HZ) + 2, len(levels)))
    coloured = white[2:] + 0.9 * white[1:-1] - 0.5 * white[:-2]
    scaled: FloatArray = coloured / np.sqrt(1.0 + 0.81 + 0.25) * np.array(levels)
    return scaled


def contraction(
    source: int, levels: tuple[float, ...], amounts: FloatArray, seed: int = 1
) -> Contraction:
    """Return one muscle at work, as its electrodes see it with 1 uV of noise."""
    data = mixed(muscles_at_work(levels, seed=seed), amounts)
    data = data + np.random.default_rng(seed + 100).normal(0.0, 1.0, data.shape)
    return Contraction(source=source, data_uv=data, valid=np.ones(data.shape, dtype=np.bool_))
