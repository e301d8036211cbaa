"""Signals beside themselves, a few samples earlier and later: what leakage is fitted on."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import linalg

FloatArray = NDArray[np.float64]

_GRID = 64
"""Frequencies at which a mixture is turned around; its inverse is a few taps long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lags:
    """Centred lags, in samples: `step * (-reach … reach)`."""

    step: int
    reach: int

    def __post_init__(self) -> None:
        """Refuse lags that do not spread to both sides."""
        if self.step < 1 or self.reach < 1:
            raise ValueError(f"lags need a step and a reach of at least 1, got {self}")

    @property
    def count(self) -> int:
        """How many lags there are: 5 for a reach of 2."""
        return 2 * self.reach + 1

    @property
    def samples(self) -> int:
        """How far the outermost lag is away."""
        return self.step * self.reach

    @classmethod
    def at(cls, rate_hz: float, *, step_s: float = 0.001, reach_s: float = 0.002) -> "Lags":
        """Return lags about 1 ms apart, to 2 ms either side, or one sample where that is more."""
        step = max(1, round(rate_hz * step_s))
        return cls(step=step, reach=max(1, round(rate_hz * reach_s / step)))


def lagged(data: FloatArray, lags: Lags) -> FloatArray:
    """Return each row with its neighbours, `(n - 2 * lags.samples, count * n_channels)`.

    The earliest lag comes first; row 0 belongs to sample `lags.samples`.
    """
    rows = len(data) - 2 * lags.samples
    step, columns = lags.step, data.shape[1]
    parts = [data[first : first + rows] for first in range(0, lags.count * step, step)]
    # Always in the same order in memory: what is multiplied later must not depend on it.
    near = np.empty((rows, lags.count * columns))
    np.concatenate(parts, axis=1, out=near)
    return near


def filtered(data: FloatArray, taps: FloatArray, step: int) -> FloatArray:
    """Return `sum(taps[k] * x[t - k * step])`, added from the first tap to the last.

    `taps` is `(n,)`; the result is shorter than `data` by `(n - 1) * step` rows at the beginning.
    No row depends on how many there are.
    """
    memory = (len(taps) - 1) * step
    count = max(len(data) - memory, 0)
    total: FloatArray = taps[0] * data[memory : memory + count]
    for place, tap in enumerate(taps[1:], start=1):
        begin = memory - place * step
        total += tap * data[begin : begin + count]
    return total


def autocovariance(signal: FloatArray, count: int, step: int) -> FloatArray:
    """Return the mean products of `(n,)` samples `0, step, … (count - 1) * step` apart."""
    windows = sliding_window_view(signal, (count - 1) * step + 1)[:, ::step]
    products: FloatArray = windows[:, 0] @ windows / len(windows)
    return products


def design_whitening(covariances: FloatArray) -> FloatArray:
    """Return the taps of the filter that leaves nothing to predict, `1, -a1, -a2, …`.

    Linear prediction by the autocorrelation method (Makhoul 1975); a thousandth of white noise is
    added so that a band without signal is not blown up.
    """
    column = covariances[:-1].copy()
    column[0] *= 1.001
    predictor = linalg.solve_toeplitz(column, covariances[1:])
    return np.concatenate([[1.0], -predictor])


def unmixing(taps: FloatArray, reach: int) -> FloatArray:
    """Return the filters that undo `x_i(t) = s_i(t) + sum taps[i, j, k] s_j(t + lag k)`.

    `taps` is `(n_channels, n_channels, n_lags)`, centred; so is the result, with `2 * reach + 1`
    lags: the inverse of the mixture at each frequency, cut off there.
    """
    channels, half = len(taps), taps.shape[2] // 2
    centred = np.zeros((channels, channels, _GRID))
    centred[:, :, np.arange(-half, half + 1)] = taps
    # x(t + lag) is a lead: the transform runs the other way round, which its conjugate does.
    mixture = np.eye(channels)[:, :, np.newaxis] + np.conj(np.fft.rfft(centred))
    inverse = np.linalg.inv(np.moveaxis(mixture, 2, 0))
    whole = np.fft.irfft(np.conj(np.moveaxis(inverse, 0, 2)), _GRID)
    undone: FloatArray = whole[:, :, np.arange(-reach, reach + 1)]
    return undone
