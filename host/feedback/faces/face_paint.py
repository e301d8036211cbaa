"""How the face is drawn: paths in the picture's own units, and the strokes they get."""

from collections.abc import Sequence
from functools import cache, lru_cache
from math import sqrt

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QTransform,
)

from calibration.muscles import Side
from host.feedback.lettering import sized
from host.feedback.theme import Theme, veiled
from host.report.face import geometry
from host.report.face.geometry import HEIGHT, Point
from host.report.face.outline import muscle_shape, outline
from host.report.face.shapes import Curve, Disc, Drawing, Letters, cubics

_TOUCH_RING = (0.048, 0.048)
NO_PEN = Qt.PenStyle.NoPen
_EDGE = 0.006
"""Room around the picture for the half of a stroke that lies outside it."""
_FINGER = 0.2
"""Length of the finger that is seen, in widths of the picture."""


def picture_transform(rect: QRectF) -> QTransform:
    """Return the map from the picture's units to the largest picture inside `rect`."""
    whole = QRectF(0.0, 0.0, 1.0, HEIGHT).adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
    return fitting(whole, rect)


def fitting(picture: QRectF, rect: QRectF) -> QTransform:
    """Return the map that puts a picture, as large as possible, into the middle of `rect`."""
    scale = min(rect.width() / picture.width(), rect.height() / picture.height())
    moved = rect.center() - scale * picture.center()
    return QTransform(scale, 0.0, 0.0, scale, moved.x(), moved.y())


def smooth(points: Sequence[Point], *, closed: bool) -> QPainterPath:
    """Return the curve through all points."""
    path = QPainterPath(QPointF(*points[0]))
    for first, second, end in cubics(points, closed=closed):
        path.cubicTo(QPointF(*first), QPointF(*second), QPointF(*end))
    return path


@cache
def region_path(muscle: str, side: Side) -> QPainterPath:
    """Return a muscle's region in the picture's units."""
    return curve_path(muscle_shape(muscle, side, "line", 1.0))


def draw_face(painter: QPainter, theme: Theme) -> None:
    """Draw the face alone, in a painter that is set to the picture's units."""
    draw_shapes(painter, outline(), theme)


def draw_shapes(painter: QPainter, drawing: Drawing, theme: Theme) -> None:
    """Draw shapes in a painter that is set to the picture's units; letters are of its font."""
    for shape in drawing:
        if isinstance(shape, Letters):
            _draw_letters(painter, shape, theme)
        else:
            _draw_shape(painter, shape, theme)


def draw_region(
    painter: QPainter, muscle: str, side: Side, color: str, opacity: float, *, dashed: bool = False
) -> None:
    """Draw a muscle's region: filled as a veil, or only outlined with dashes."""
    pen = _pen(color, 0.007)
    if dashed:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(QBrush() if dashed else QBrush(veiled(color, opacity)))
    _draw_path(painter, region_path(muscle, side))


def draw_touch(painter: QPainter, muscle: str, side: Side, theme: Theme) -> None:
    """Draw a finger that rests on a muscle, and the ring of its touch (P5)."""
    painter.save()
    painter.translate(QPointF(*geometry.region(muscle, side).touch))
    painter.scale(1.0 if side is Side.RIGHT else -1.0, 1.0)
    painter.setPen(_pen(theme.ink, 0.007))
    painter.setBrush(veiled(theme.background, 0.35))
    painter.drawEllipse(QPointF(), *_TOUCH_RING)
    painter.rotate(-20.0)
    painter.setPen(QPen(_fading(theme.ink), 0.007))
    painter.setBrush(_fading(theme.skin))
    painter.drawPath(_finger())
    painter.restore()


@cache
def _finger() -> QPainterPath:
    """Return a finger that points left, its tip on the origin, and its nail."""
    path = QPainterPath(QPointF(_FINGER, -0.032))
    path.lineTo(0.0, -0.03)
    path.arcTo(QRectF(-0.03, -0.03, 0.06, 0.06), 90.0, 180.0)
    path.lineTo(_FINGER, 0.032)
    path.addRoundedRect(QRectF(-0.022, -0.013, 0.034, 0.026), 0.012, 0.012)
    return path


def _fading(color: str) -> QBrush:
    """Return a brush that fades along the finger: no hand is drawn."""
    gradient = QLinearGradient(0.4 * _FINGER, 0.0, _FINGER, 0.0)
    gradient.setColorAt(0.0, QColor(color))
    gradient.setColorAt(1.0, veiled(color, 0.0))
    return QBrush(gradient)


def _draw_shape(painter: QPainter, shape: Curve | Disc, theme: Theme) -> None:
    pen = _pen(getattr(theme, shape.stroke), shape.width) if shape.stroke else QPen(NO_PEN)
    if shape.dashed:
        pen.setDashPattern([2.0, 2.0])
    opacity = shape.opacity if isinstance(shape, Curve) else 1.0
    fill = veiled(getattr(theme, shape.fill), opacity) if shape.fill else None
    painter.setPen(pen)
    painter.setBrush(QBrush() if fill is None else QBrush(fill))
    if isinstance(shape, Disc):
        painter.drawEllipse(QPointF(*shape.centre), shape.radius, shape.radius)
    else:
        _draw_path(painter, curve_path(shape))


@lru_cache(maxsize=512)
def curve_path(curve: Curve) -> QPainterPath:
    """Return a curve's path, with its hole, in the picture's units."""
    if curve.straight:
        path = QPainterPath(QPointF(*curve.points[0]))
        for point in curve.points[1:]:
            path.lineTo(QPointF(*point))
        if curve.closed:
            path.closeSubpath()
    else:
        path = smooth(curve.points, closed=curve.closed)
    if curve.hole:
        # Filled by the odd-even rule; subtracting would make corners of curves this small.
        path.addPath(smooth(curve.hole, closed=True))
    return path


def _draw_letters(painter: QPainter, letters: Letters, theme: Theme) -> None:
    """Write at whole pixels: letters of a scaled painter are spaced unevenly."""
    place, scale = painter.worldTransform(), sqrt(abs(painter.worldTransform().determinant()))
    painter.save()
    painter.resetTransform()
    font = sized(painter.font(), scale * letters.size)
    font.setBold(letters.bold)
    wide = QFontMetricsF(font).horizontalAdvance(letters.words)
    if letters.room and wide > scale * letters.room:
        font = sized(font, font.pixelSize() * scale * letters.room / wide)
        wide = QFontMetricsF(font).horizontalAdvance(letters.words)
    metrics, at = QFontMetricsF(font), place.map(QPointF(*letters.at))
    left = at.x() - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[letters.anchor]
    painter.setFont(font)
    painter.setPen(QColor(getattr(theme, letters.color)))
    painter.drawText(QPointF(left, at.y() + metrics.capHeight() / 2.0), letters.words)
    painter.restore()


def _draw_path(painter: QPainter, path: QPainterPath) -> None:
    """Draw a path in the picture's units.

    It is mapped to pixels first: Qt strokes that five times as fast as a scaled painter does.
    """
    place, pen = painter.worldTransform(), painter.pen()
    painter.save()
    painter.resetTransform()
    pen.setWidthF(pen.widthF() * sqrt(abs(place.determinant())))
    painter.setPen(pen)
    painter.drawPath(place.map(path))
    painter.restore()


def _pen(color: str, width: float) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QColor(color), width, Qt.PenStyle.SolidLine, round_cap, round_join)
