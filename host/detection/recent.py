"""The last rows of what came in pieces, put together only when somebody asks for them."""

from collections import deque

import numpy as np

from host.chain.stream import FloatArray


class Recent:
    """Keeps pieces of `(n_rows, n_channels)` until `rows` newer ones have come."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._pieces: deque[FloatArray] = deque()
        self._count = 0

    def add(self, piece: FloatArray) -> None:
        """Take the newest rows; before them, `rows` others can still be asked for."""
        self._pieces.append(piece)
        self._count += len(piece)
        while self._count - len(self._pieces[0]) >= self._rows + len(piece):
            self._count -= len(self._pieces.popleft())

    def clear(self) -> None:
        """Forget all rows."""
        self._pieces.clear()
        self._count = 0

    def last(self, rows: int) -> FloatArray:
        """Return so many of the newest rows; NaN before the first."""
        found = np.concatenate(self._pieces)[-rows:]
        lacking = rows - len(found)
        return np.pad(found, ((lacking, 0), (0, 0)), constant_values=np.nan) if lacking else found
