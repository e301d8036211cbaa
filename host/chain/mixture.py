"""Some columns at a few lags, weighted and added up: what leaks from muscle to electrode.

By the compiled loop, in the same order for any number of rows: results are equal to the last bit
for every cut, and on every processor.
"""

from typing import Any

import numpy as np

from calibration.lags import Lags
from host.chain.compiled.library import library, numbers, place, whole_numbers
from host.chain.stream import FloatArray, IntArray


class Mixture:
    """Weights of some columns at each lag, for all channels."""

    def __init__(
        self,
        lags: Lags,
        columns: IntArray,
        weights: FloatArray,
        doubts: FloatArray | None = None,
    ) -> None:
        """Take `weights` of `(n_lags, n_columns, n_channels)`; `doubts` are those of the powers.

        They are `(n_columns, n_channels)`: power of what may be missed, over that of all lags.
        """
        self._made_of = lags, columns, weights, doubts
        channels = weights.shape[2]
        self._columns, self._weights = whole_numbers(columns), numbers(weights)
        self._doubts = numbers(np.zeros((len(columns), channels)) if doubts is None else doubts)
        shape = channels, place(self._columns), len(columns)
        self._mix = *shape, place(self._weights), lags.count, lags.step
        self._mix_powers = *shape, place(self._doubts), lags.count, lags.step

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what a copy is made of."""
        return self._made_of

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Make it again."""
        self.__init__(*state)  # type: ignore[misc]  # made anew, as it was

    def write(self, source: int, target: int, rows: int) -> None:
        """Write the mixture of so many rows to the place `target`.

        At `source` lies the row that the first one's earliest lag looks at.
        """
        library.mix(source, *self._mix, target, rows, 0)

    def subtract(self, source: int, target: int, rows: int) -> None:
        """Take the mixture off the rows at `target`."""
        library.mix(source, *self._mix, target, rows, 1)

    def write_doubts(self, source: int, target: int, hops: int, hop: int) -> None:
        """Write the mixture of the mean powers of each hop, a row each."""
        library.mix_powers(source, *self._mix_powers, target, hops, hop)
