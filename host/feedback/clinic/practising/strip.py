"""The strip of all channels' quality, each under its name."""

from collections.abc import Hashable
from math import ceil

from PyQt6.QtCore import QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from calibration.muscles import Side, muscles
from host.feedback.canvas import Canvas
from host.feedback.clinic.practising.strip_state import CellState, StripState
from host.feedback.lettering import fitted_line, sized
from host.feedback.theme import mixed
from host.translation import tr

_CENTRE = Qt.AlignmentFlag.AlignCenter
HIGH = 2.6
"""Of a row of cells, in letters: two lines."""
LEGIBLE = 0.9
"""Names keep this share of the wanted size; else there are more rows."""
_WIDEST = 8.0
"""A cell is at most so many letters wide."""
_WITHIN = 4.0
"""Pixels at each side of a name."""
SIDES = {side.value[0].upper(): side for side in Side}


class Strip(Canvas[StripState]):
    """A full cell is a good channel, a dashed one says in a word what is wrong."""

    def sizeHint(self) -> QSize:
        """As high as all rows of cells."""
        return QSize(200, self.wanted_height())

    def wanted_height(self) -> int:
        """Return the height of all rows in the widget's font, at its width."""
        return round(HIGH * self.rows * self.font().pixelSize())

    @property
    def rows(self) -> int:
        """In so many rows stand the cells, as few as leave their names legible."""
        cells = len(self._state.cells)
        legible = QFontMetricsF(sized(self.font(), LEGIBLE * self.font().pixelSize()))
        names = (legible.horizontalAdvance(_name(cell)) for cell in self._state.cells)
        widest = max(names, default=0.0) + 2 * _WITHIN
        a_row = max(int(self.width() / widest), 1) if cells else 1
        return max(ceil(cells / a_row), 1)

    def spoken(self) -> str:
        """Name the channels that are not good."""
        cells = self._state.cells
        bad = ", ".join(f"{_name(x)}: {x.said}" for x in cells if not x.good or x.mains)
        return bad or (tr("All channels are good") if cells else tr("No channels yet"))

    def still_key(self) -> Hashable:
        """Return all of it: it seldom changes."""
        return self._state.cells

    def paint_still(self, painter: QPainter) -> None:
        """Draw the cells side by side."""
        cells = self._state.cells
        if not cells:
            return
        px, a_row = self.font().pixelSize(), ceil(len(cells) / self.rows)
        pitch = min(self.width() / a_row, _WIDEST * px)
        high = self.height() / self.rows
        line = QSizeF(pitch - 2 * _WITHIN, high / 2 - 1.0)
        # One size for all names: one that is set smaller would seem to matter less.
        name_px = min(fitted_line(self.font(), _name(cell), line).pixelSize() for cell in cells)
        for number, cell in enumerate(cells):
            row, column = divmod(number, a_row)
            box = QRectF(column * pitch + 1.5, row * high + 1.0, pitch - 3.0, high - 2.0)
            self._paint_cell(painter, box, cell, name_px)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: CellState, name_px: int) -> None:
        theme = self._theme
        if cell.good:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(theme.background, theme.quiet, 0.3))
        else:
            painter.setPen(QPen(QColor(theme.unknown), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4.0, 4.0)
        upper = QRectF(box.left() + 2, box.top(), box.width() - 4, box.height() / 2)
        painter.setPen(QColor(theme.ink))
        lower = upper.translated(0.0, box.height() / 2)
        fonts = sized(self.font(), name_px), fitted_line(self.font(), cell.said, lower.size())
        for words, room, font in zip((_name(cell), cell.said), (upper, lower), fonts, strict=True):
            painter.setFont(font)
            painter.drawText(room, _CENTRE | Qt.TextFlag.TextDontClip, words)


def _name(cell: CellState) -> str:
    """Name a channel as everywhere: "Eye, left"; a plain one by its number."""
    known = muscles().get(cell.code)
    side = SIDES.get(cell.side)
    if known is None or side is None:
        return cell.code
    name = f"{known.plain}, {side.value}"
    return tr(name)
