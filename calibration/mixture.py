"""Turn a mixture of muscles around until nothing is left to explain: the leaks between them.

Muscles that work together through synkinesis send *different* samples, however alike their
envelopes; leakage sends the *same* samples, smeared a little. So the leak is what makes the
electrodes' samples dependent. It is fitted by the likelihood of independent sources whose power
changes (Pham & Cardoso 2001, IEEE Trans. Signal Process. 49:1837): every electrode is regressed on
a few lags of all other muscles' signals, each block weighted by the inverse of the power that the
electrode's own muscle has in it, and the mixture is turned around until nothing is left to explain.
Synkinesis while calibrating therefore costs some precision, and does not bias.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from calibration.lags import FloatArray, Lags, lagged, unmixing
from calibration.leakage import BoolArray

UNDONE = 4
"""Reach of the inverse mixture: a leak of a leak of a leak is over by then."""
_STILL = 1e-4
"""Taps that move less are found."""


def fit_mixture(
    blocks: FloatArray, may: BoolArray, lags: Lags, rounds: int
) -> tuple[FloatArray, FloatArray]:
    """Return taps `(n, n, lags)` and their covariances `(n, n, lags, lags)`.

    `blocks` are whitened samples with room for the lags, `(n_blocks, n_samples, n)`; `may`
    `(electrodes, muscles)` says what can leak, and `rounds` how often to turn at most. What cannot
    leak into each other, such as the two sides of a face, is fitted apart.
    """
    taps = np.zeros((*may.shape, lags.count))
    covariance = np.zeros((*taps.shape, lags.count))
    count, group = connected_components(may, directed=False)
    for number in range(count):
        inside = np.flatnonzero(group == number)
        if len(inside) > 1:
            pairs = np.ix_(inside, inside)
            own = np.ascontiguousarray(blocks[:, :, inside])
            taps[pairs], covariance[pairs] = _fit_group(own, may[pairs], lags, rounds)
    return taps, covariance


def _fit_group(
    blocks: FloatArray, may: BoolArray, lags: Lags, rounds: int
) -> tuple[FloatArray, FloatArray]:
    """Turn one group's mixture around until nothing is left to explain."""
    taps = np.zeros((*may.shape, lags.count))
    covariance = np.zeros((*taps.shape, lags.count))
    for _ in range(rounds):
        before = taps.copy()
        products = _products(blocks, taps, lags)
        for electrode in np.flatnonzero(may.any(axis=1)):
            columns = np.flatnonzero(may[electrode])
            step, spread = _regression(products, int(electrode), columns, lags.count)
            taps[electrode, columns] += step
            covariance[electrode, columns] = spread
        if np.abs(taps - before).max() < _STILL:
            break
    return taps, covariance


def _products(blocks: FloatArray, taps: FloatArray, lags: Lags) -> FloatArray:
    """Return the mean products of all unmixed lags in each block, `(n_blocks, p, p)`."""
    weights = unmixing(taps, UNDONE).transpose(2, 1, 0).reshape(-1, len(taps))
    far = Lags(step=lags.step, reach=UNDONE)
    size = len(taps) * lags.count
    found = np.empty((len(blocks), size, size))
    for place, block in enumerate(blocks):
        near = lagged(lagged(block, far) @ weights, lags)
        found[place] = near.T @ near / len(near)
    return found


def _regression(
    products: FloatArray, electrode: int, columns: NDArray[np.int64], count: int
) -> tuple[FloatArray, FloatArray]:
    """Return what the lags of `columns` still explain, `(n, lags)`, and its covariance.

    The covariance is that of estimating equations (Huber 1967), from the scatter between blocks:
    it holds for motor units too, whose samples are not Gaussian.
    """
    channels = products.shape[1] // count
    place = (np.arange(count) * channels + columns[:, np.newaxis]).ravel()
    own = count // 2 * channels + electrode
    weight = 1.0 / np.maximum(products[:, own, own], 1e-12)
    whole = (weight @ products.reshape(len(products), -1)).reshape(products.shape[1:])
    system = whole[np.ix_(place, place)]
    system += 1e-6 * np.trace(system) / len(system) * np.eye(len(system))
    inverse = np.linalg.inv(system)
    step = inverse @ whole[place, own]
    # What each block would still change at the solution.
    change = np.zeros(products.shape[1])
    change[own], change[place] = 1.0, -step
    left = weight[:, np.newaxis] * (products @ change)[:, place]
    spread = (inverse @ (left.T @ left) @ inverse).reshape(len(columns), count, -1, count)
    pairs = np.arange(len(columns))
    return step.reshape(len(columns), count), spread[pairs, :, pairs]
