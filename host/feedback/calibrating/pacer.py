"""The slow shape that the patient follows: a ball that rolls over a hill for each hold."""

from collections.abc import Hashable

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPen
from PyQt6.QtWidgets import QWidget

from host.feedback.calibrating.pace import PaceState
from host.feedback.canvas import Canvas
from host.feedback.theme import Theme, mixed

BALL = 0.11
"""The ball's radius, in heights of the widget."""
_RISE = 0.45
"""Height of a hill, in heights of the widget: low hills, for gentle movement."""


class Pacer(Canvas[PaceState]):
    """Shows when to move and when to let go; never how strong anything is (P8, P10)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(PaceState(), theme, parent)

    def spoken(self) -> str:
        """Say what it is: the prompt and the seconds are told beside it."""
        return self.tr("Pace: a ball rolls over a hill for each hold")

    def changed(self, old: PaceState, new: PaceState) -> QRect:
        """Return the strip between where the ball was and where it is now."""
        if old.line != new.line or old.ball is None or new.ball is None:
            return self.rect()
        places = [self.place(old), self.place(new)]
        left, right = min(one.x() for one in places), max(one.x() for one in places)
        reach = self.radius + 3.0
        return QRectF(left - reach, 0.0, right - left + 2 * reach, self.height()).toAlignedRect()

    @property
    def radius(self) -> float:
        """Radius of the ball, in pixels."""
        return BALL * self.height()

    def place(self, state: PaceState) -> QPointF:
        """Return the middle of the ball: it rolls on the line."""
        on_line = self._point(state.ball or 0.0, state.height)
        return on_line - QPointF(0.0, self.radius + 0.5 * self._thick())

    def still_key(self) -> Hashable:
        """Return the line, where there is one to follow: only the ball moves."""
        return None if self._state.ball is None else self._state.line

    def paint_still(self, painter: QPainter) -> None:
        """Draw the hills, filled down to the ground; nothing where nothing is to be followed."""
        if self._state.ball is None:
            return
        line = self._path(1.0)
        hills = QPainterPath(line)
        hills.closeSubpath()
        painter.fillPath(hills, QColor(self._theme.track))
        colour = mixed(self._theme.track, self._theme.line, 0.7)
        painter.strokePath(line, self._pen(colour))

    def paint_live(self, painter: QPainter) -> None:
        """Draw how far it has come, and the ball."""
        if self._state.ball is None:
            return
        painter.strokePath(self._path(self._state.ball), self._pen(QColor(self._theme.target)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.target))
        painter.drawEllipse(self.place(self._state), self.radius, self.radius)

    def _path(self, until: float) -> QPainterPath:
        """Return the line up to a place."""
        start = self._point(0.0, 0.0)
        path = QPainterPath(QPointF(0.5 * self._thick(), start.y()))
        path.lineTo(start)
        for place, height in self._state.line:
            if place > until:
                break
            path.lineTo(self._point(place, height))
        if until < 1.0:
            path.lineTo(self._point(until, self._state.height))
        else:
            path.lineTo(QPointF(self.width() - 0.5 * self._thick(), start.y()))
        return path

    def _point(self, place: float, height: float) -> QPointF:
        edge = self.radius + 2.0
        ground = self.height() - 2.0 * self._thick()
        x = edge + place * (self.width() - 2.0 * edge)
        return QPointF(x, ground - height * _RISE * self.height())

    def _thick(self) -> float:
        return max(2.0, 0.022 * self.height())

    def _pen(self, colour: QColor) -> QPen:
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(colour, self._thick(), Qt.PenStyle.SolidLine, round_cap, round_join)
