"""The widget of the slow shape: a low hill, and a ball that goes round it."""

from bisect import bisect_left
from collections.abc import Iterable

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas
from host.feedback.clinic.patient.loop import Leg, LoopState, Point, behind, hill
from host.feedback.theme import Theme, colour, mixed
from host.translation import tr

BALL = 0.1
"""The ball's radius, in heights of the widget."""
_RISE = 0.52
_WIDEST = 5.0
"""The hill is at most so many times as wide as it is high: a slope must be seen as one."""


class Hill(Canvas[LoopState]):
    """Show when to move and when to let go; never how strong anything is (P8, P10)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(LoopState(), theme, parent)
        self._line: tuple[QPointF, ...] = ()
        """The hill in pixels; () while it is to be measured."""

    def spoken(self) -> str:
        """Say what it is: the prompt says what to do."""
        return tr("Pace: a ball goes over a hill, and rests on the way back")

    def changed(self, old: LoopState, new: LoopState) -> QRect:
        """Return the strip between where the ball was and where it is now."""
        if (old.leg is Leg.REST) != (new.leg is Leg.REST):
            return self.rect()
        places = [self.place(old.place), self.place(new.place)]
        left, right = min(one.x() for one in places), max(one.x() for one in places)
        reach = self.radius + self._thick() + 2.0
        return QRectF(left - reach, 0.0, right - left + 2 * reach, self.height()).toAlignedRect()

    @property
    def radius(self) -> float:
        """Radius of the ball, in pixels."""
        return BALL * self.height()

    def place(self, point: Point) -> QPointF:
        """Return the middle of a ball that stands on a point of the line."""
        return self._point(point) - QPointF(0.0, self.radius + 0.5 * self._thick())

    def paint_still(self, painter: QPainter) -> None:
        """Draw the hill, filled down to the ground, and the ground."""
        line = self._path(hill())
        filled = QPainterPath(line)
        filled.closeSubpath()
        painter.fillPath(filled, QColor(self._theme.track))
        painter.strokePath(line, self._pen(mixed(self._theme.track, self._theme.line, 0.55)))
        ground = self._path(((0.0, 0.0), (1.0, 0.0)))
        painter.strokePath(ground, self._pen(mixed(self._theme.track, self._theme.line, 0.35)))

    def paint_live(self, painter: QPainter) -> None:
        """Draw how far it has come, and the ball."""
        state, theme = self._state, self._theme
        resting = state.leg is Leg.REST
        filled = mixed(theme.track, theme.quiet, 0.75) if resting else colour(theme.target)
        way = self._behind()
        if len(way) > 1:
            painter.setPen(self._pen(colour(theme.target)))
            painter.drawPolyline(QPolygonF(way))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(filled)
        painter.drawEllipse(self.place(state.place), self.radius, self.radius)

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Measure the hill anew."""
        self._line = ()

    def _behind(self) -> list[QPointF]:
        """Return the part of the hill behind the ball, as far back as something is painted."""
        if not self._line:
            self._line = tuple(self._point(point) for point in hill())
        passed = behind(self._state)
        if not passed:
            return []
        line = self._line[: len(passed) - 1]
        seen = bisect_left(line, self.painted.left() - self._thick(), key=QPointF.x)
        return [*line[max(seen - 1, 0) :], self._point(passed[-1])]

    def _path(self, points: Iterable[Point]) -> QPainterPath:
        path = QPainterPath()
        for number, point in enumerate(points):
            at = self._point(point)
            path.lineTo(at) if number else path.moveTo(at)
        return path

    def _point(self, point: Point) -> QPointF:
        ground = self.height() - 1.5 * self._thick()
        width = min(float(self.width()), _WIDEST * self.height())
        left = (self.width() - width) / 2
        return QPointF(left + point[0] * width, ground - point[1] * _RISE * self.height())

    def _thick(self) -> float:
        return max(2.0, 0.02 * self.height())

    def _pen(self, colour: QColor) -> QPen:
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(colour, self._thick(), Qt.PenStyle.SolidLine, round_cap, round_join)
