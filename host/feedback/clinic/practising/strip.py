"""The strip of all channels' quality, a few pixels each."""

from collections.abc import Hashable

from PyQt6.QtCore import QRectF, QSize, QSizeF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from host.feedback.canvas import Canvas
from host.feedback.clinic.practising.strip_state import CellState, StripState
from host.feedback.lettering import fitted_line, sized
from host.feedback.theme import mixed
from host.translation import tr

_CENTRE = Qt.AlignmentFlag.AlignCenter
_WIDEST = 4.2
"""A cell is at most so many letters wide."""


class Strip(Canvas[StripState]):
    """A full cell is a good channel, a dashed one says in a word what is wrong."""

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(200, round(2.6 * self.font().pixelSize()))

    def spoken(self) -> str:
        """Name the channels that are not good."""
        cells = self._state.cells
        bad = ", ".join(f"{x.code} {x.side}: {x.said}" for x in cells if not x.good or x.mains)
        return bad or (tr("All channels are good") if cells else tr("No channels yet"))

    def still_key(self) -> Hashable:
        """Return all of it: it seldom changes."""
        return self._state.cells

    def paint_still(self, painter: QPainter) -> None:
        """Draw the cells side by side."""
        cells = self._state.cells
        if not cells:
            return
        px = self.font().pixelSize()
        pitch = min(self.width() / len(cells), _WIDEST * px)
        line = QSizeF(pitch - 7.0, self.height() / 2 - 1.0)
        small = sized(self.font(), 0.8 * px)
        names = [_name(cell) for cell in cells]
        # One size for all names: one that is set smaller would seem to matter less.
        name_px = min(fitted_line(small, name, line).pixelSize() for name in names)
        for number, cell in enumerate(cells):
            box = QRectF(number * pitch + 1.5, 1.0, pitch - 3.0, self.height() - 2.0)
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
        small = sized(self.font(), 0.8 * self.font().pixelSize())
        painter.setPen(QColor(theme.ink))
        lower = upper.translated(0.0, box.height() / 2)
        fonts = sized(small, name_px), fitted_line(small, cell.said, lower.size())
        for words, room, font in zip((_name(cell), cell.said), (upper, lower), fonts, strict=True):
            painter.setFont(font)
            painter.drawText(room, _CENTRE | Qt.TextFlag.TextDontClip, words)


def _name(cell: CellState) -> str:
    return " ".join(filter(None, (cell.code, cell.side)))
