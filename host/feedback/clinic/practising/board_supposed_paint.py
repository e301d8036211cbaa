"""Paints what the last attempts say of a line on the board: a mark to snap to, and the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from host.feedback.lettering import sized

if TYPE_CHECKING:
    from PyQt6.QtGui import QFont

    from calibration.muscles import Side
    from host.feedback.clinic.practising.board_layout import BoardLayout
    from host.feedback.clinic.practising.board_state import BoardState
    from host.feedback.theme import Theme

_TIP = 0.42
"""Width and height of a mark's tips, in letters."""
_LETTERS = 0.85
"""Size of the words, in letters of the board."""


def paint_proposed(
    painter: QPainter, at: tuple[BoardLayout, int, Side], height: float, theme: Theme
) -> None:
    """Draw a thin line over the track, with a tip at each end: the line might lie there."""
    place, number, side = at
    track, x, tip = place.track(number, side), place.x(number, side, height), _TIP * place.px
    painter.setPen(QPen(QColor(theme.target), 1.5, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, track.top()), QPointF(x, track.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.target))
    for edge, outwards in ((track.top(), -1.0), (track.bottom(), 1.0)):
        base = edge + outwards * (tip + 1.0)
        corners = (QPointF(x, edge + outwards), QPointF(x - tip / 2, base))
        painter.drawPolygon(QPolygonF([*corners, QPointF(x + tip / 2, base)]))


def paint_supposed(
    painter: QPainter, place: BoardLayout, state: BoardState, theme: Theme, font: QFont
) -> None:
    """Write the words beside the line that is being moved, over whatever is there."""
    line = state.rows[state.beside].line
    if not state.supposed or line is None:
        return
    letters = sized(font, _LETTERS * place.px)
    box = said_box(place, state, QFontMetricsF(letters))
    painter.setFont(letters)
    painter.setPen(QPen(QColor(theme.ink), 1.0))
    painter.setBrush(QColor(theme.background))
    painter.drawRoundedRect(box, 6.0, 6.0)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, state.supposed)


def said_box(place: BoardLayout, state: BoardState, metrics: QFontMetricsF) -> QRectF:
    """Return where the words stand: above the line, between two rows."""
    wide = metrics.horizontalAdvance(state.supposed) + place.px
    high = metrics.height() + 0.1 * place.px
    track = place.track(state.beside, state.affected)
    x = place.x(state.beside, state.affected, state.rows[state.beside].line or 0.0)
    # It covers no name, and the track of no other muscle, while there is room.
    least, most = (0.0, track.right()) if x < place.width / 2 else (track.left(), place.width)
    left = max(min(max(x - wide / 2, least), most - wide), 0.0)
    return QRectF(left, place.row(state.beside).top() - high / 2, wide, high)
