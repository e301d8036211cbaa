"""The table of channels: a bar and a number where all is well, plain words where it is not."""

from collections.abc import Hashable
from math import ceil

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from host.feedback.calibrating.channels_state import ChannelCell, ChannelsState
from host.feedback.canvas import Canvas
from host.feedback.lettering import fitted_line
from host.feedback.theme import Theme

LINE = 1.3
"""Height of a row, in heights of a letter."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ChannelsTable(Canvas[ChannelsState]):
    """Paints `ChannelsState`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(ChannelsState(), theme, parent)

    def spoken(self) -> str:
        """Name the channels that are not good; levels change too quickly to be said."""
        flawed = self._state.flawed
        if not self._state.rows:
            return self.tr("Channels")
        if not flawed:
            return self.tr("Channels: all good")
        named = "; ".join(f"{one.name}: {one.words}" for one in flawed)
        return self.tr("Channels: {named}").format(named=named)

    def wanted_height(self) -> int:
        """Return the height of all rows in the widget's font."""
        heads = bool(self._state.sides)
        return ceil((len(self._state.rows) + heads) * self._line())

    def still_key(self) -> Hashable:
        """Return what stands at the left and above."""
        return self._state.sides, tuple(name for name, _ in self._state.rows)

    def paint_still(self, painter: QPainter) -> None:
        """Write the muscles' names, and the sides."""
        line, names = self._line(), self._names()
        painter.setPen(QColor(self._theme.faint))
        longest = max(self._state.sides, key=len, default="")
        painter.setFont(fitted_line(self.font(), longest, self._box(0, 0).size()))
        for column, side in enumerate(self._state.sides):
            painter.drawText(self._box(0, column), _MIDDLE, side)
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.ink))
        for row, (name, _) in enumerate(self._state.rows):
            top = (row + bool(self._state.sides)) * line
            painter.drawText(QRectF(0.0, top, names, line), _MIDDLE, name)

    def paint_live(self, painter: QPainter) -> None:
        """Draw each channel as it is now."""
        painter.setFont(self.font())
        for row, (_, cells) in enumerate(self._state.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    box = self._box(row + bool(self._state.sides), column)
                    (self._draw_level if cell.good else self._draw_flaw)(painter, box, cell)

    def _draw_level(self, painter: QPainter, box: QRectF, cell: ChannelCell) -> None:
        metrics = QFontMetricsF(self.font())
        number = min(metrics.horizontalAdvance("00.0 µV"), 0.62 * box.width())
        if cell.bar is None:
            # No level: what there is to say may take the place of the track.
            number = min(max(number, ceil(metrics.horizontalAdvance(cell.words))), box.width())
        track = QRectF(box.left(), 0.0, box.width() - number - 0.5 * box.height(), 6.0)
        track.moveCenter(QPointF(track.center().x(), box.center().y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.track))
        if track.width() > box.height():
            painter.drawRoundedRect(track, 3.0, 3.0)
        if cell.bar is not None:
            track.setWidth(max(6.0, cell.bar * track.width()))
            painter.setBrush(QColor(self._theme.quiet))
            painter.drawRoundedRect(track, 3.0, 3.0)
        painter.setPen(QColor(self._theme.ink))
        words = QRectF(box.right() - number, box.top(), number, box.height())
        painter.setFont(fitted_line(self.font(), cell.words, words.size()))
        painter.drawText(words, _MIDDLE | Qt.AlignmentFlag.AlignRight, cell.words)
        painter.setFont(self.font())

    def _draw_flaw(self, painter: QPainter, box: QRectF, cell: ChannelCell) -> None:
        """Write what is the matter, behind a ring: it stands out, and does not shout."""
        radius = 0.2 * box.height()
        middle = QPointF(box.left() + radius + 1.0, box.center().y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.over), 0.09 * box.height()))
        painter.drawEllipse(middle, radius, radius)
        words = box.adjusted(3.4 * radius, 0.0, 0.0, 0.0)
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(fitted_line(bold, cell.words, words.size()))
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(words, _MIDDLE, cell.words)
        painter.setFont(self.font())

    def _box(self, row: int, column: int) -> QRectF:
        """Return where a cell stands."""
        columns = max(1, len(self._state.sides))
        names, line = self._names(), self._line()
        gap = 0.6 * line
        width = (self.width() - names - columns * gap) / columns
        left = names + gap + column * (width + gap)
        return QRectF(left, row * line, width, line)

    def _names(self) -> float:
        """Return how wide the names are."""
        metrics = QFontMetricsF(self.font())
        widths = [metrics.horizontalAdvance(name) for name, _ in self._state.rows]
        return min(max(widths, default=0.0), 0.4 * self.width())

    def _line(self) -> float:
        return LINE * QFontMetricsF(self.font()).height()
