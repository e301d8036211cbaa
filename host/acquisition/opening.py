"""The first rows of a connection: what is left of an earlier one is not part of it."""

import numpy as np

from host.acquisition.rows import Rows


class Opening:
    """Holds rows for a moment after the start, so that stale ones can be told and dropped.

    A stopped board may have rows on their way that arrive after the next start, with fresh times;
    then the numbers fall back to the board's new beginning. A leading row of exact zeros on all
    channels is the board's empty buffer.
    """

    def __init__(self, *, cycle: int, hold_s: float) -> None:
        if hold_s < 0.0:
            raise ValueError(f"hold_s cannot be negative, got {hold_s}")
        self._cycle = cycle
        self._hold_s = hold_s
        self._rows: Rows | None = None
        self._first_s = 0.0
        self.open = False
        """True once the first rows were let through: from then on all are."""

    def push(self, rows: Rows, now_s: float) -> Rows:
        """Return the rows that belong to this connection, none until `hold_s` after the first."""
        if self.open or not len(rows):
            return rows
        if self._rows is None:
            self._first_s = now_s
            self._rows = rows
        else:
            self._rows = self._rows.then(rows)
        if now_s - self._first_s < self._hold_s:
            return rows.after(len(rows))
        self.open = True
        return self._trim(self._rows)

    def _trim(self, rows: Rows) -> Rows:
        fell = np.flatnonzero(np.diff(rows.positions) < 0) + 1
        # The end of a cycle is no beginning: 255 is followed by 0.
        wrapped = (rows.positions[fell] - rows.positions[fell - 1]) % self._cycle == 1
        if not wrapped.all():
            rows = rows.after(int(fell[~wrapped][-1]))
        return rows if rows.data[0].any() else rows.after(1)
