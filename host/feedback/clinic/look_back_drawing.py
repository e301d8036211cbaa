"""Small pictures of the look back, each drawn into a box: signs, strips, little axes."""

from __future__ import annotations

from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from host.feedback.clinic.look_back_cells import LONGEST_S, LetGo, Sign, StripState
from host.feedback.lettering import sized
from host.feedback.review.lanes import paint_sign
from host.feedback.theme import Theme, mixed, veiled
from host.report.outcomes import Verdict as Outcome
from host.report.trends_line import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
SMALLEST = 0.78
"""No line is set smaller than this share of its size."""
_SIGNS = {Sign.QUIET: Outcome.QUIET, Sign.ALONG: Outcome.ALONG, Sign.UNKNOWN: None}


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    px: float,
    colour: str,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line: a little smaller where it does not fit, and then shortened."""
    font = sized(painter.font(), px)
    font.setBold(bold)
    fits = box.width() / max(QFontMetricsF(font).horizontalAdvance(text), 1.0)
    if fits < 1.0:
        # Rounded down: a letter too wide would shorten the line.
        font = sized(font, floor(font.pixelSize() * max(fits, SMALLEST)))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 0.5)
    painter.drawText(box, align, shown)


def wide(font: QFont, text: str, px: float, *, bold: bool = False) -> float:
    """Return how wide a line is."""
    other = sized(font, px)
    other.setBold(bold)
    return QFontMetricsF(other).horizontalAdvance(text)


def broken(text: str) -> tuple[str, ...]:
    """Return a line as two, where it has a place for that: numbers must not be cut."""
    for mark in (" (", ", "):
        first, found, second = text.partition(mark)
        if found:
            return first + mark.strip(" ("), mark.strip(" ,") + second
    return (text,)


def draw_sign(painter: QPainter, box: QRectF, sign: Sign, theme: Theme) -> None:
    """Draw a sign that needs no colour: dot, triangle, ring; a square leads."""
    if sign in _SIGNS:
        paint_sign(painter, box, _SIGNS[sign], theme)
        return
    square = box.adjusted(1.0, 1.0, -1.0, -1.0)
    leads = sign is Sign.LEADS
    painter.setPen(QPen(QColor(theme.target if leads else theme.unknown), 1.6))
    painter.setBrush(QColor(theme.target) if leads else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(square, 2.0, 2.0)


def verdict_colour(verdict: Verdict | None, theme: Theme) -> str:
    """Return the colour of a change: blue for less, orange for more; words say the same."""
    return {Verdict.FALLS: theme.quiet, Verdict.RISES: theme.over}.get(
        verdict or Verdict.OPEN, theme.faint
    )


def draw_strip(
    painter: QPainter,
    box: QRectF,
    state: StripState,
    theme: Theme,
    *,
    phases: tuple[float, float, float],
    sign: Sign,
) -> None:
    """Draw levels as a hill through rise, hold and letting go; what is unknown is hatched."""
    _draw_phases(painter, box, phases, theme)
    places = _places(box, phases, len(state.own))
    line = state.line
    edges = pairwise(places)
    for (left, right), height, along in zip(edges, state.own, state.along, strict=True):
        if height is None:
            painter.fillRect(
                QRectF(left, box.top(), right - left, box.height()),
                QBrush(QColor(theme.unknown), Qt.BrushStyle.BDiagPattern),
            )
            continue
        # Whole pixels, so that no seams show.
        x, top = round(left), box.bottom() - height * box.height()
        colour = QColor(theme.target if sign is Sign.LEADS else theme.quiet)
        if along > 0.0:
            # The oftener it came along here, the fuller the colour.
            colour = mixed(theme.warm, theme.over, along)
        painter.fillRect(QRectF(x, top, round(right) - x, box.bottom() - top), colour)
    if line is not None:
        pen = QPen(QColor(theme.ink), 1.2)
        pen.setDashPattern([4.0, 4.0])
        painter.setPen(pen)
        y = box.bottom() - line * box.height()
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
    _draw_other(painter, box, places, state.other, theme)


def _draw_phases(
    painter: QPainter, box: QRectF, phases: tuple[float, float, float], theme: Theme
) -> None:
    left = box.left()
    for number, share in enumerate(phases):
        part = QRectF(left, box.top(), share * box.width(), box.height())
        painter.fillRect(part, veiled(theme.track, 1.0 if number == 1 else 0.55))
        left = part.right()


def _places(box: QRectF, phases: tuple[float, float, float], count: int) -> list[float]:
    """Return the edges of all bins, left to right."""
    from host.report.bout_course import HOLD, LET_GO, RISE

    edges, left = [box.left()], box.left()
    for share, bins in zip(phases, (RISE, HOLD, LET_GO), strict=True):
        step = share * box.width() / bins
        edges += [left + step * (place + 1) for place in range(bins)]
        left += share * box.width()
    return edges[: count + 1]


def _draw_other(
    painter: QPainter,
    box: QRectF,
    places: Sequence[float],
    heights: Sequence[float | None],
    theme: Theme,
) -> None:
    """Draw the other side as a thin line, broken where nothing is known (P3)."""
    painter.setPen(QPen(QColor(theme.ink), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    run: list[QPointF] = []
    for (left, right), height in zip(pairwise(places), heights, strict=False):
        if height is None:
            painter.drawPolyline(QPolygonF(run))
            run = []
            continue
        run.append(QPointF((left + right) / 2.0, box.bottom() - height * box.height() - 1.0))
    painter.drawPolyline(QPolygonF(run))


def draw_moment(
    painter: QPainter,
    box: QRectF,
    at: float | None,
    colour: str,
    theme: Theme,
    *,
    sure: tuple[float, float] | None,
    filled: float = 1.0,
) -> None:
    """Draw a moment on a little axis with its interval; shares of the axis from 0 to 1."""
    middle = round(box.center().y()) + 0.5
    painter.setPen(QPen(mixed(theme.background, theme.line, 0.7), 1.2))
    painter.drawLine(QLineF(box.left(), middle, box.right(), middle))
    for end in (box.left(), box.right()):
        painter.drawLine(QLineF(end, middle - 3.0, end, middle + 3.0))
    if at is None:
        return
    if sure is not None:
        painter.setPen(QPen(QColor(colour), 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        low, high = (box.left() + end * box.width() for end in sure)
        painter.drawLine(QLineF(low, middle, high, middle))
    radius = min(0.32 * box.height(), 7.0)
    painter.setPen(QPen(QColor(colour), 2.0))
    painter.setBrush(mixed(theme.background, colour, filled))
    painter.drawEllipse(QPointF(box.left() + at * box.width(), middle), radius, radius)


def draw_let_go(
    painter: QPainter, box: QRectF, one: LetGo, px: float, theme: Theme, *, own: bool
) -> None:
    """Draw a side's word, its little axis, and what is said of it."""
    colour = theme.ink if own else theme.faint
    first = 2.9 * px
    write(painter, QRectF(box.left(), box.top(), first, box.height()), one.side, px, colour)
    axis = QRectF(box.left() + first, box.top(), 0.3 * box.width(), box.height())
    at = None if one.seconds is None else one.seconds / LONGEST_S
    sure = None if one.sure is None else (one.sure[0] / LONGEST_S, one.sure[1] / LONGEST_S)
    shade = theme.target if own else theme.unknown
    draw_moment(painter, axis, at, shade, theme, sure=sure, filled=1.0 if own else 0.0)
    rest = QRectF(axis.right() + 0.7 * px, box.top(), box.right() - axis.right() - 0.7 * px, 1.0)
    rest.setHeight(box.height())
    write(painter, rest, one.said, px, colour)
