"""Rows as a board sent them, and where each belongs."""

from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows as they came; all arrays have as many entries."""

    positions: IntArray
    """Where in the numbering's cycle each row says it stands."""
    arrivals_s: FloatArray
    data: FloatArray
    """Microvolts, `(n_rows, n_channels)`."""

    def __len__(self) -> int:
        return len(self.positions)

    def after(self, start: int) -> "Rows":
        """Return the rows from `start` on."""
        return Rows(self.positions[start:], self.arrivals_s[start:], self.data[start:])

    def then(self, later: "Rows") -> "Rows":
        """Return these rows and the later ones."""
        return Rows(
            np.concatenate([self.positions, later.positions]),
            np.concatenate([self.arrivals_s, later.arrivals_s]),
            np.concatenate([self.data, later.data]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Rows with their sample indices, ascending."""

    samples: IntArray
    arrivals_s: FloatArray
    data: FloatArray
