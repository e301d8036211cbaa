"""The newest rows of something, in a place of memory that the compiled loops can be told."""

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from host.chain.compiled.library import place

Kind = TypeVar("Kind", bound=np.generic)


class Rolling(Generic[Kind]):
    """Rows of all channels: new ones come at the end, old ones are dropped at the beginning."""

    def __init__(self, channels: int, dtype: type[Kind]) -> None:
        self._room: NDArray[Kind] = np.zeros((1024, channels), dtype=dtype)
        self._at, self._stride = place(self._room), self._room.strides[0]
        self._begin = self._end = 0

    def __getstate__(self) -> tuple[Any, ...]:
        """Return what a copy is made of."""
        return self._room.shape[1], self._room.dtype.type, self.rows.copy()

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Make it again."""
        channels, dtype, rows = state
        self.__init__(channels, dtype)  # type: ignore[misc]  # made anew
        self.append(rows)

    def __len__(self) -> int:
        return self._end - self._begin

    @property
    def rows(self) -> NDArray[Kind]:
        """All rows as they lie here: a copy is needed of what is to be kept."""
        return self._room[self._begin : self._end]

    def at(self, row: int) -> int:
        """Return where a row lies in memory, until more are added."""
        return self._at + (self._begin + row) * self._stride

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows."""
        self.extend(len(rows))[...] = rows

    def extend(self, count: int) -> NDArray[Kind]:
        """Add so many rows, and return where they are to be written."""
        if self._end + count > len(self._room):
            self._make_room(count)
        self._end += count
        return self._room[self._end - count : self._end]

    def drop(self, count: int) -> None:
        """Forget the oldest rows."""
        self._begin += count

    def clear(self) -> None:
        """Forget all."""
        self._begin = self._end = 0

    def _make_room(self, count: int) -> None:
        """Move what is kept to the front, of a larger room where it would soon be full again."""
        kept = len(self)
        size = len(self._room)
        while 2 * (kept + count) > size:
            size *= 2
        room = np.zeros((size, self._room.shape[1]), dtype=self._room.dtype)
        room[:kept] = self.rows
        self._room, self._at = room, place(room)
        self._begin, self._end = 0, kept
