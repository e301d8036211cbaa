"""The lane of attempts above the strips, and the times below."""

from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from host.feedback.review.scale import Scale, ticks
from host.feedback.theme import Theme, mixed
from host.report.outcomes import Verdict


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
    for mark in marks:
        if mark.stop <= scale.start or mark.start >= scale.stop:
            continue
        left = max(lane.left() + scale.x(mark.start), lane.left())
        right = min(lane.left() + scale.x(mark.stop), lane.right())
        box = QRectF(left, lane.top(), max(right - left - 1.5, 1.0), lane.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(theme.background, colour_of(mark.verdict, theme), 0.22))
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setBrush(QColor(colour_of(mark.verdict, theme)))
        painter.drawRect(QRectF(box.left(), box.bottom() - 3.0, box.width(), 3.0))
        if mark.changed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.beside), 2.0))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4.0, 4.0)
        _paint_words(painter, box, mark, theme)


def _paint_words(painter: QPainter, box: QRectF, mark: Mark, theme: Theme) -> None:
    """Draw the sign, and as much of the name as there is room for."""
    size = min(0.42 * box.height(), box.width() - 3.0)
    if size < 4.0:
        return
    left = box.left() + 5.0 if box.width() > 3.0 * size else box.center().x() - size / 2
    sign = QRectF(left, box.center().y() - size / 2 - 1.0, size, size)
    paint_sign(painter, sign, mark.verdict, theme)
    metrics = QFontMetricsF(painter.font())
    room = QRectF(sign.right() + 5.0, box.top(), box.right() - sign.right() - 8.0, box.height() - 3)
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
        box = QRectF(x - wide / 2, axis.top() + 3.0, wide, axis.height() - 3.0)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
