"""How the face is drawn: paths in the picture's own units, and the strokes they get."""

from collections.abc import Sequence
from functools import cache
from math import sqrt

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPen, QTransform

from calibration.muscles import Side
from host.feedback import face_map
from host.feedback.face_map import HEIGHT, Point
from host.feedback.theme import Theme, veiled

_TOUCH_RING = (0.048, 0.048)
_FINGER = 0.2
"""Length of the finger that is seen, in widths of the picture."""


def picture_transform(rect: QRectF) -> QTransform:
    """Return the map from the picture's units to the largest picture inside `rect`."""
    scale = min(rect.width(), rect.height() / HEIGHT)
    left = rect.center().x() - scale / 2
    top = rect.center().y() - scale * HEIGHT / 2
    return QTransform(scale, 0.0, 0.0, scale, left, top)


def smooth(points: Sequence[Point], *, closed: bool) -> QPainterPath:
    """Return the curve through all points (Catmull and Rom, 1974)."""
    knots = [QPointF(x, y) for x, y in points]
    before, after = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    run = [*before, *knots, *after]
    path = QPainterPath(run[1])
    for a, b, c, d in zip(run, run[1:], run[2:], run[3:], strict=False):
        path.cubicTo(b + (c - a) / 6, c - (d - b) / 6, c)
    return path


@cache
def region_path(muscle: str, side: Side) -> QPainterPath:
    """Return a muscle's region in the picture's units."""
    region = face_map.region(muscle, side)
    path = smooth(region.outline, closed=True)
    if region.hole:
        # Filled by the odd-even rule; subtracting would make corners of curves this small.
        path.addPath(smooth(region.hole, closed=True))
    return path


def draw_face(painter: QPainter, theme: Theme) -> None:
    """Draw the face alone, in a painter that is set to the picture's units."""
    pen = _pen(theme.line, 0.006)
    _draw_closed(painter, face_map.joined(face_map.HEAD), pen, theme.skin)
    for side in Side:
        _draw_eye(painter, side, pen, theme)
    lines = [face_map.joined(line) for line in face_map.CENTRED]
    pairs = (face_map.BODY, *face_map.PAIRED)
    lines += [face_map.placed(line, side) for side in Side for line in pairs]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in lines:
        _draw_path(painter, smooth(line, closed=False))
    _draw_closed(painter, face_map.joined(face_map.HAIR), pen, theme.hair)


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
    painter.translate(QPointF(*face_map.region(muscle, side).touch))
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


def _draw_eye(painter: QPainter, side: Side, pen: QPen, theme: Theme) -> None:
    _draw_closed(painter, face_map.placed(face_map.EYE, side), pen, theme.background)
    (centre,) = face_map.placed((face_map.PUPIL,), side)
    painter.setBrush(QColor(theme.line))
    painter.drawEllipse(QPointF(*centre), face_map.PUPIL_RADIUS, face_map.PUPIL_RADIUS)


def _draw_closed(painter: QPainter, points: Sequence[Point], pen: QPen, color: str) -> None:
    painter.setPen(pen)
    painter.setBrush(QColor(color))
    _draw_path(painter, smooth(points, closed=True))


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
