"""What stands about the strips: attempts above, names beside, times below, notes across."""

from collections.abc import Iterable
from dataclasses import dataclass

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from calibration.muscles import Side
from host.feedback.review.layout import Strip
from host.feedback.review.raster import Pixels
from host.feedback.review.scale import Scale, ticks
from host.feedback.theme import Theme, mixed
from host.report.outcomes import Verdict

_ROUND = 4.0
"""Radius of the corners of an attempt's box."""
_LEAST_SIGN = 7.0
"""A sign in a narrower box could not be told from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One attempt in the lane."""

    start: int
    stop: int
    name: str
    verdict: Verdict | None = None
    """None while it is not judged yet."""
    changed: bool = False
    """Under other terms: it is judged differently."""


def paint_lane(
    painter: QPainter, lane: QRectF, scale: Scale, marks: tuple[Mark, ...], theme: Theme
) -> None:
    """Draw attempts as boxes: a sign for what became of each, and its pattern where it fits."""
    metrics = QFontMetricsF(painter.font())
    inside = [mark for mark in marks if mark.stop > scale.start and mark.start < scale.stop]
    boxes = [_box(mark, lane, scale) for mark in inside]
    # By colour, and without round corners where they are so narrow: an hour has hundreds.
    for verdict in {mark.verdict for mark in inside}:
        own = [box for mark, box in zip(inside, boxes, strict=True) if mark.verdict is verdict]
        colour = colour_of(verdict, theme)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(theme.background, colour, 0.22))
        for box in own:
            if box.width() < 2.0 * _ROUND:
                painter.drawRect(box)
            else:
                painter.drawRoundedRect(box, _ROUND, _ROUND)
        painter.setBrush(QColor(colour))
        for box in own:
            painter.drawRect(QRectF(box.left(), box.bottom() - 3.0, box.width(), 3.0))
    for mark, box in zip(inside, boxes, strict=True):
        if mark.changed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.beside), 2.0))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), _ROUND, _ROUND)
        if box.width() > _LEAST_SIGN:
            _paint_words(painter, box, mark, metrics, theme)


def _box(mark: Mark, lane: QRectF, scale: Scale) -> QRectF:
    left = max(lane.left() + scale.x(mark.start), lane.left())
    right = min(lane.left() + scale.x(mark.stop), lane.right())
    return QRectF(left, lane.top(), max(right - left - 1.5, 1.0), lane.height())


def _paint_words(
    painter: QPainter, box: QRectF, mark: Mark, metrics: QFontMetricsF, theme: Theme
) -> None:
    """Draw the sign, and as much of the name as there is room for."""
    size = min(0.42 * box.height(), box.width() - 3.0)
    left = box.left() + 5.0 if box.width() > 3.0 * size else box.center().x() - size / 2
    sign = QRectF(left, box.center().y() - size / 2 - 1.0, size, size)
    paint_sign(painter, sign, mark.verdict, theme)
    room = QRectF(sign.right() + 5.0, box.top(), box.right() - sign.right() - 8.0, box.height() - 3)
    if room.width() < metrics.averageCharWidth():
        return
    name = metrics.elidedText(mark.name, Qt.TextElideMode.ElideRight, room.width())
    if len(name) > 2 or name == mark.name:
        painter.setPen(QColor(theme.ink))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)


def colour_of(verdict: Verdict | None, theme: Theme) -> str:
    """Return the colour of a verdict: blue for quiet, orange for what came along."""
    colours = {Verdict.QUIET: theme.quiet, Verdict.ALONG: theme.over}
    return theme.unknown if verdict is None else colours.get(verdict, theme.unknown)


def paint_sign(painter: QPainter, box: QRectF, verdict: Verdict | None, theme: Theme) -> None:
    """Draw a sign that needs no colour: a dot for quiet, a triangle for along, a ring for open."""
    colour = QColor(colour_of(verdict, theme))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if verdict is Verdict.QUIET:
        painter.drawEllipse(box)
    elif verdict is Verdict.ALONG:
        top = QPointF(box.center().x(), box.top())
        painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.6))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def paint_axis(painter: QPainter, axis: QRectF, field: QRectF, scale: Scale, theme: Theme) -> None:
    """Write round times below the strips, with faint lines through them."""
    painter.setFont(painter.font())
    for sample, name in ticks(scale):
        x = axis.left() + scale.x(sample)
        painter.setPen(QPen(mixed(theme.background, theme.line, 0.35), 1.0))
        painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom() + 4.0))
        painter.setPen(QColor(theme.faint))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(name) + 4.0
        # The last time may reach over the strips a little, but not out of the picture.
        left = min(x - wide / 2, axis.right() + 0.7 * axis.height() - wide)
        box = QRectF(left, axis.top() + 3.0, wide, axis.height() - 3.0)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def paint_name(painter: QPainter, row: Strip, rect: QRectF, affected: Side, theme: Theme) -> None:
    """Write a strip's muscle at its left, then the patient's sides, the affected one darker."""
    letter = 1.35 * painter.font().pixelSize()
    box = QRectF(0.4 * letter, rect.top(), rect.left() - 2.0 * letter, rect.height())
    painter.setPen(QColor(theme.ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.name)
    if row.upper == row.lower:
        return
    for side, top in ((Side.LEFT, rect.top()), (Side.RIGHT, rect.center().y())):
        half = QRectF(rect.left() - 1.5 * letter, top, letter, rect.height() / 2)
        painter.setPen(QColor(theme.ink if side is affected else theme.faint))
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, side.value[0].upper())


def paint_pixels(painter: QPainter, at: QPointF, pixels: Pixels) -> None:
    """Draw an array of pixels, its upper left corner at a point."""
    height, width = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    painter.drawImage(at, image)


def paint_notes(
    painter: QPainter, field: QRectF, scale: Scale, samples: Iterable[int], theme: Theme
) -> None:
    """Draw a dotted line at each note, one where many fall on a pixel."""
    painter.setPen(QPen(QColor(theme.beside), 1.5, Qt.PenStyle.DotLine))
    inside = {round(scale.x(sample)) for sample in samples if scale.start <= sample <= scale.stop}
    for x in inside:
        at = field.left() + x
        painter.drawLine(QLineF(at, field.top(), at, field.bottom()))


def paint_cursor(painter: QPainter, field: QRectF, x: float, half: float, theme: Theme) -> None:
    """Draw the line at which the bars stand, with a head `half` as wide to each side."""
    painter.setPen(QPen(QColor(theme.ink), 2.0))
    painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ink))
    top = field.top()
    head = [QPointF(x - half, top - half), QPointF(x + half, top - half), QPointF(x, top)]
    painter.drawPolygon(QPolygonF(head))
