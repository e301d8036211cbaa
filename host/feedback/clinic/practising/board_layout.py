"""Where the rows of the board stand: the name in the middle, a track to each side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PyQt6.QtCore import QRectF

from calibration.muscles import Side

MIDDLE, NUMBERS = 6.2, 7.5
"""Widths of the names and of the numbers, in heights of a letter."""
HEAD = 1.7
HIGHEST = 2.5
"""A row is at most so many letters high."""
THICK = 0.46
"""Share of a row's height that its track takes."""
NEAR_PX = 12.0
"""A press so near to a line takes hold of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLayout:
    """Places for a number of rows in a widget, letters `px` high."""

    width: float
    height: float
    px: float
    rows: int

    @property
    def head(self) -> float:
        """Height of the line above the rows."""
        return HEAD * self.px

    @property
    def row_height(self) -> float:
        """Height of one row."""
        room = (self.height - self.head) / max(self.rows, 1)
        return min(room, HIGHEST * self.px)

    def row(self, number: int) -> QRectF:
        """Return a whole row."""
        high = self.row_height
        return QRectF(0.0, self.head + number * high, self.width, high)

    def row_at(self, y: float) -> int | None:
        """Return the row at a height; None above and below them."""
        number = int((y - self.head) // self.row_height)
        return number if 0 <= number < self.rows else None

    def name(self, number: int) -> QRectF:
        """Return where the name stands."""
        row = self.row(number)
        wide = MIDDLE * self.px
        return QRectF(row.center().x() - wide / 2, row.top(), wide, row.height())

    def track(self, number: int, side: Side) -> QRectF:
        """Return the track of a side, as in a mirror: the patient's right is at the right."""
        return lane(self, number, side).track

    def numbers(self, number: int, side: Side) -> QRectF:
        """Return where a level is told in numbers, at the outer edge."""
        return lane(self, number, side).numbers

    def x(self, number: int, side: Side, level: float) -> float:
        """Return where a level stands: levels grow outwards from the middle."""
        return lane(self, number, side).x(level)

    def level(self, number: int, x: float) -> float:
        """Return the level at a place, on whichever side it is."""
        side = Side.LEFT if x < self.width / 2 else Side.RIGHT
        track = self.track(number, side)
        along = track.right() - x if side is Side.LEFT else x - track.left()
        return min(max(along / track.width(), 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One side of a row, measured once: its levels are painted many times a second."""

    track: QRectF
    numbers: QRectF
    origin: float
    """Where a level of 0 stands."""
    reach: float
    """From there to a level of 1; negative to the left."""

    def x(self, level: float) -> float:
        """Return where a level stands; what is outside 0 to 1 stands at the end."""
        return self.origin + min(max(level, 0.0), 1.0) * self.reach


@lru_cache(maxsize=64)  # two sides of sixteen rows, in two sizes; nobody may move its rectangles
def lane(place: BoardLayout, number: int, side: Side) -> Lane:
    """Measure a side of a row; the patient's right is at the right, as in a mirror."""
    row, middle, numbers = place.row(number), MIDDLE * place.px, NUMBERS * place.px
    length = max((row.width() - middle) / 2 - numbers, 10.0)
    left_side, high = side is Side.LEFT, THICK * row.height()
    origin = row.center().x() + (-middle if left_side else middle) / 2
    wide = numbers - 0.5 * place.px
    return Lane(
        track=QRectF(
            origin - length if left_side else origin, row.center().y() - high / 2, length, high
        ),
        numbers=QRectF(0.0 if left_side else row.width() - wide, row.top(), wide, row.height()),
        origin=origin,
        reach=-length if left_side else length,
    )
