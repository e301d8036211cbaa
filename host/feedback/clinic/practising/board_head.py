"""Paints the line above the board: which side is which, whose lines these are, what marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter

from calibration.muscles import Side
from host.feedback.lettering import fitted_line, legible, sized
from host.translation import tr

if TYPE_CHECKING:
    from PyQt6.QtGui import QFont

    from host.feedback.clinic.practising.board_layout import BoardLayout
    from host.feedback.clinic.practising.board_state import BoardState
    from host.feedback.theme import Theme

_SMALL = 0.82
"""Size of its letters, in letters of the board."""
_BETWEEN = "  ·  "
_CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_head(
    painter: QPainter, place: BoardLayout, state: BoardState, theme: Theme, font: QFont
) -> None:
    """Name the sides above their tracks, and the lines between them."""
    letters = sized(font, _SMALL * place.px)
    painter.setFont(letters)
    ends = [_paint_side(painter, place, side, state, theme) for side in (Side.LEFT, Side.RIGHT)]
    room = QRectF(ends[0].right(), 0.0, ends[1].left() - ends[0].right(), place.head)
    room.adjust(0.7 * place.px, 0.0, -0.7 * place.px, 0.0)
    _paint_middle(painter, room, state, theme, letters)


def _paint_side(
    painter: QPainter, place: BoardLayout, side: Side, state: BoardState, theme: Theme
) -> QRectF:
    """Name a side as on every page that looks at the patient; return where that stands."""
    words = tr("patient's left") if side is Side.LEFT else tr("patient's right")
    affected = side is state.affected
    said = f"{words} · {tr('affected')}" if affected else words
    track = place.track(0, side).united(place.numbers(0, side))
    box = QRectF(track.left(), 0.0, track.width(), place.head)
    painter.setPen(QColor(theme.ink if affected else theme.faint))
    painter.drawText(box, _CENTRE | Qt.TextFlag.TextDontClip, said)
    wide = QFontMetricsF(painter.font()).horizontalAdvance(said)
    return QRectF(box.center().x() - wide / 2, 0.0, wide, place.head)


def _paint_middle(
    painter: QPainter, room: QRectF, state: BoardState, theme: Theme, letters: QFont
) -> None:
    """Write the line of all in ink, and what a mark means in the mark's colour."""
    ink = theme.ink if state.all_selected else theme.faint
    marks = [(_BETWEEN, theme.faint), (state.proposed_words, theme.target)]
    after = marks if state.proposed_words else []
    for line in (state.line_said, state.line_short):
        parts = [(line, ink), *after]
        whole = "".join(words for words, _ in parts)
        if legible(letters, whole, room.size()):
            break
    painter.setFont(fitted_line(letters, whole, room.size()))
    metrics = QFontMetricsF(painter.font())
    wide = [metrics.horizontalAdvance(words) for words, _ in parts]
    left = room.center().x() - sum(wide) / 2
    for (words, colour), width in zip(parts, wide, strict=True):
        painter.setPen(QColor(colour))
        box = QRectF(left, 0.0, width, room.height())
        painter.drawText(box, _CENTRE | Qt.TextFlag.TextDontClip, words)
        left += width
