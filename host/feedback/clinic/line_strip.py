"""Recent attempts as dots along the scale of the quiet line; each kind has its own shape."""

from collections.abc import Hashable

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontInfo, QFontMetricsF, QPainter, QPen

from host.feedback.canvas import Canvas
from host.feedback.clinic.line_state import Dot, LineState

ROWS = 3
"""Dots that would hide each other are stacked in so many rows."""
HANDLE = 0.55
"""Half the width of a slider's handle, in sizes of the letters: both must stand in line."""
HIGH = 3.2
"""Height, in lines of its letters."""


class LineStrip(Canvas[LineState]):
    """Paints `LineState`; decides nothing."""

    def spoken(self) -> str:
        """Say what is told beside it."""
        return self._state.said

    def still_key(self) -> Hashable:
        """Return the state: nothing here moves."""
        return self._state

    def wanted_height(self) -> int:
        """Return the height in the widget's font."""
        return round(HIGH * QFontMetricsF(self.font()).height())

    def place(self, level: float) -> float:
        """Return where a level lies; one beyond the scale lies at its end."""
        state = self._state
        share = (level - state.least) / (state.most - state.least)
        # As a slider's handle does: half of it stays within the track.
        inset = HANDLE * QFontInfo(self.font()).pixelSize()
        return inset + min(max(share, 0.0), 1.0) * (self.width() - 2.0 * inset)

    def paint_still(self, painter: QPainter) -> None:
        """Draw the line, and the attempts on both of its sides."""
        state, theme = self._state, self._theme
        line = self.place(state.line)
        painter.fillRect(QRectF(0.0, 0.0, line, self.height()), QColor(theme.track))
        painter.setPen(QPen(QColor(theme.target), 2.0))
        painter.drawLine(QPointF(line, 0.0), QPointF(line, self.height()))
        if state.proposed is not None:
            painter.setPen(QPen(QColor(theme.target), 1.5, Qt.PenStyle.DashLine))
            at = self.place(state.proposed)
            painter.drawLine(QPointF(at, 0.0), QPointF(at, self.height()))
        for number, dot in enumerate(state.dots):
            self._draw(painter, dot, number % ROWS)

    def _draw(self, painter: QPainter, dot: Dot, row: int) -> None:
        """Draw a full dot where it stayed quiet, a ring where not, a cross where not known."""
        theme, radius = self._theme, self._radius()
        middle = QPointF(self.place(dot.level), (row + 0.5) * self.height() / ROWS)
        if dot.quiet is None:
            painter.setPen(QPen(QColor(theme.unknown), 1.5))
            for slope in (-1.0, 1.0):
                off = QPointF(0.7 * radius, 0.7 * slope * radius)
                painter.drawLine(middle - off, middle + off)
            return
        colour = QColor(theme.quiet if dot.quiet else theme.over)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if dot.quiet else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)

    def _radius(self) -> float:
        return 0.28 * QFontMetricsF(self.font()).height()
