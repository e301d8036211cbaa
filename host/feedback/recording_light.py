"""The recording light: on only while what came is known to be on the disk."""

from collections.abc import Hashable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from host.feedback.canvas import Canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class LightState:
    """What is said of the recording; no words, no light."""

    words: str = ""
    on: bool = False
    """True only while what came is known to be on the disk."""
    wrong: bool = False
    """Something is wrong, or will be soon: the words say what."""


class RecordingLight(Canvas[LightState]):
    """A dot and a word; a full dot is a light that is on, a ring one that is off."""

    def spoken(self) -> str:
        """Say the words."""
        return self._state.words

    def still_key(self) -> Hashable:
        """Return the state: nothing here moves, and nothing flashes."""
        return self._state

    def wanted_width(self) -> int:
        """Return the width of dot and words in the widget's font; 0 without words."""
        if not self._state.words:
            return 0
        metrics = QFontMetricsF(self.font())
        return round(1.1 * metrics.height() + metrics.horizontalAdvance(self._state.words)) + 4

    def paint_still(self, painter: QPainter) -> None:
        """Draw the dot, and write the words beside it."""
        state, theme = self._state, self._theme
        if not state.words:
            return
        line = QFontMetricsF(self.font()).height()
        colour = QColor(theme.over if state.wrong else theme.target if state.on else theme.faint)
        radius = 0.24 * line
        middle = QPointF(0.5 * line, 0.5 * self.height())
        painter.setPen(QPen(colour, 0.1 * line))
        painter.setBrush(colour if state.on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, radius, radius)
        painter.setPen(QColor(theme.ink if state.wrong else theme.faint))
        box = QRectF(1.1 * line, 0.0, self.width() - 1.1 * line, self.height())
        wrap = Qt.TextFlag.TextWordWrap
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | wrap, state.words
        )
