"""Where the rows of the board stand: the name in the middle, a track to each side."""

from __future__ import annotations

from dataclasses import dataclass

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
        row, middle, numbers = self.row(number), MIDDLE * self.px, NUMBERS * self.px
        length = max((row.width() - middle) / 2 - numbers, 10.0)
        left = row.center().x() + middle / 2
        if side is Side.LEFT:
            left = row.center().x() - middle / 2 - length
        high = THICK * row.height()
        return QRectF(left, row.center().y() - high / 2, length, high)

    def numbers(self, number: int, side: Side) -> QRectF:
        """Return where a level is told in numbers, at the outer edge."""
        row, wide = self.row(number), NUMBERS * self.px - 0.5 * self.px
        left = 0.0 if side is Side.LEFT else row.width() - wide
        return QRectF(left, row.top(), wide, row.height())

    def x(self, number: int, side: Side, level: float) -> float:
        """Return where a level stands: levels grow outwards from the middle."""
        track = self.track(number, side)
        inside = min(max(level, 0.0), 1.0) * track.width()
        return track.right() - inside if side is Side.LEFT else track.left() + inside

    def level(self, number: int, x: float) -> float:
        """Return the level at a place, on whichever side it is."""
        side = Side.LEFT if x < self.width / 2 else Side.RIGHT
        track = self.track(number, side)
        along = track.right() - x if side is Side.LEFT else x - track.left()
        return min(max(along / track.width(), 0.0), 1.0)
