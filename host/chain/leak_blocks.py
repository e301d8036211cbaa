"""What leakage is fitted on: the products of whitened samples, in blocks of one length."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from calibration.lags import Lags, filtered, lagged
from host.chain.stream import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Mean products of the whitened samples of consecutive blocks.

    A regressor is one lag of one driver: all drivers of the earliest lag come first.
    """

    systems: FloatArray
    """Of the regressors with each other, `(n_blocks, p, p)`."""
    moments: FloatArray
    """Of the listeners with the regressors, `(n_blocks, n_listeners, p)`."""
    powers: FloatArray
    """Of the listeners, `(n_blocks, n_listeners)`."""
    samples: FloatArray
    """How many were used, same shape; 0 where a listener has nothing to learn from."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The samples of consecutive blocks; all arrays have `before` rows ahead and `after` behind."""

    signals: FloatArray
    """Of all channels, 0 where garbled, `(before + n * block + after, n_channels)`."""
    cleaned: FloatArray
    """The same without what is calibrated to leak in."""
    bad: BoolArray | None
    """Where they cannot be used; None where all can."""
    block: int


class BlockProducts:
    """Whitens samples and multiplies them with their lags."""

    def __init__(self, lags: Lags, whitening: FloatArray) -> None:
        self._lags, self._whitening = lags, whitening
        self._memory = (len(whitening) - 1) * lags.step
        self.after = lags.samples
        """How many rows behind a block are looked at."""
        self.before = lags.samples + self._memory
        """How many ahead of it."""

    def of(self, stretch: Stretch, drivers: IntArray, listeners: IntArray) -> Blocks:
        """Return the products of some drivers and listeners, block by block."""
        taps, step, block = self._whitening, self._lags.step, stretch.block
        inner = slice(self.after, len(stretch.signals) - self.after)
        signals = filtered(stretch.signals[inner, listeners], taps, step)
        rows = lagged(filtered(stretch.cleaned[:, drivers], taps, step), self._lags)
        count = len(signals) // block
        used = np.full((count, len(listeners)), float(block))
        if stretch.bad is not None:
            unknown = self._unknown(stretch.bad[:, drivers])
            rows, signals = rows * ~unknown, signals * ~unknown
            used -= np.count_nonzero(unknown.reshape(count, -1), axis=1)[:, np.newaxis]
            odd = self._garbled(stretch.bad[inner, listeners]) & ~unknown
            used[odd.reshape(count, block, -1).any(axis=1)] = 0.0
        rows = rows.reshape(count, block, -1)
        # In the same order in memory for any number of blocks: products must not depend on it.
        signals = np.ascontiguousarray(signals).reshape(count, block, -1)
        share = 1.0 / np.maximum(used.max(axis=1), 1.0)[:, np.newaxis]
        return Blocks(
            rows.transpose(0, 2, 1) @ rows * share[:, :, np.newaxis],
            signals.transpose(0, 2, 1) @ rows * share[:, :, np.newaxis],
            np.square(signals).sum(axis=1) * share,
            used,
        )

    def _unknown(self, bad: BoolArray) -> BoolArray:
        """Return the rows in which any driver is not known at any lag, `(n, 1)`."""
        span = self.before + self.after + 1
        unknown: BoolArray = np.any(sliding_window_view(bad.any(axis=1), span), axis=1)
        return unknown[:, np.newaxis]

    def _garbled(self, bad: BoolArray) -> BoolArray:
        """Return where a listener is not known, or was not just before."""
        garbled: BoolArray = np.any(sliding_window_view(bad, self._memory + 1, axis=0), axis=2)
        return garbled
