"""How one row of the electrodes page is painted: cable, sign and word, name, numbers, advice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from host.feedback.faces.face_paint import draw_shapes
from host.feedback.lettering import fitted_line, sized
from host.feedback.theme import Theme, mixed
from host.report.face.status import SIGNS, Status, sign_drawing

if TYPE_CHECKING:
    from PyQt6.QtCore import QRect

    from host.feedback.clinic.electrodes_rows_state import RowState

NAME, NUMBER, SMALL, SMALLEST_PX = 1.08, 0.96, 0.86, 11
"""Letters of name and word, of numbers, and of advice, in sizes of the row's."""
HEIGHT, WIDTH = 2.35, 28.0
"""A row that is lower or narrower has smaller letters: its room in sizes of its letters."""
EDGE, GAP = 0.6, 0.6
CABLE, SIGN, WORD = 1.9, 1.7, 5.0
"""Widths of the columns, in sizes of the row's letters."""
REST, IMPEDANCE = 4.0, 5.6
FIRST = 1.25
"""Height of the first line."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLook:
    """What all rows have in common."""

    theme: Theme
    px: float
    """Size of the letters."""
    names: tuple[str, ...] = ()
    """Of all rows: they are written in one size."""
    impedance: bool = False
    """Whether there is a column of impedances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where everything of a row stands."""

    cable: QRectF
    sign: QRectF
    words: QRectF
    """What is left of the numbers."""
    rest: QRectF
    impedance: QRectF


def columns(area: QRectF, px: float, *, impedance: bool) -> Columns:
    """Divide the width of a row."""
    top, high = area.top(), area.height()

    def cell(left: float, wide: float) -> QRectF:
        return QRectF(left, top, wide, high)

    cable = cell(area.left() + EDGE * px, CABLE * px)
    sign = cell(cable.right() + GAP * px, SIGN * px)
    right = area.right() - EDGE * px
    wide = IMPEDANCE * px if impedance else 0.0
    ohms = cell(right - wide, wide)
    rest = cell(ohms.left() - (GAP * px if impedance else 0.0) - REST * px, REST * px)
    words = sign.right() + GAP * px
    return Columns(
        cable=cable,
        sign=sign,
        words=cell(words, rest.left() - GAP * px - words),
        rest=rest,
        impedance=ohms,
    )


def paint_row(
    painter: QPainter, rect: QRect, row: RowState, look: RowLook, *, chosen: bool
) -> None:
    """Paint a row into its place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area, px = QRectF(rect), look.px
    _paint_ground(painter, area, look.theme, chosen=chosen)
    places = columns(area, px, impedance=look.impedance)
    _paint_cable(painter, places.cable, row, look)
    _paint_sign(painter, places.sign, row, look.theme)
    below = _advice_height(painter, row, look, places)
    shift = -0.5 * below
    font = sized(_plain(painter.font()), NUMBER * px)
    painter.setPen(QColor(look.theme.ink))
    for box, text in ((places.rest, row.rest), (places.impedance, row.impedance)):
        _write(painter, _line(box, px, shift), text, font, _RIGHT)
    _paint_words(painter, _line(places.words, px, shift), row, look)
    if below:
        line = _line(places.words, px, shift)
        room = QRectF(line.left(), line.bottom(), places.impedance.right() - line.left(), below)
        _paint_advice(painter, room, row, look)
    painter.restore()


def _line(box: QRectF, px: float, shift: float) -> QRectF:
    """Return the place of the first line; what stands below it shifts it up."""
    high = FIRST * px
    return QRectF(box.left(), box.center().y() - 0.5 * high + shift, box.width(), high)


def _write(painter: QPainter, box: QRectF, text: str, font: QFont, align: Qt.AlignmentFlag) -> None:
    """Write in one line, smaller where it has to be."""
    if text and box.width() > 0.0:
        painter.setFont(fitted_line(font, text, box.size()))
        painter.drawText(box, align, text)


def _paint_ground(painter: QPainter, area: QRectF, theme: Theme, *, chosen: bool) -> None:
    """Draw what tells a row from its neighbours, and the chosen one from all."""
    if chosen:
        painter.setPen(QPen(QColor(theme.target), 2.0))
        painter.setBrush(mixed(theme.background, theme.target, 0.1))
        painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), 6.0, 6.0)
        return
    painter.setPen(QPen(mixed(theme.background, theme.line, 0.35), 1.0))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _paint_cable(painter: QPainter, box: QRectF, row: RowState, look: RowLook) -> None:
    """Draw the cable's number in the badge that it has on the face."""
    high = min(0.88 * box.width(), 0.84 * box.height())
    badge = QRectF(box.left(), box.center().y() - 0.5 * high, box.width(), high)
    painter.setPen(QPen(QColor(look.theme.line), 1.0))
    painter.setBrush(QColor(look.theme.track))
    painter.drawRect(badge)
    font = sized(_bold(painter.font()), NAME * look.px)
    painter.setPen(QColor(look.theme.ink))
    _write(painter, badge, row.cable, font, Qt.AlignmentFlag.AlignCenter)


def _paint_sign(painter: QPainter, box: QRectF, row: RowState, theme: Theme) -> None:
    radius = min(0.46 * box.width(), 0.36 * box.height())
    centre = (box.center().x(), box.center().y())
    if row.status is Status.PLAIN:
        painter.setPen(QPen(QColor(theme.line), 0.16 * radius))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*centre), 0.3 * radius, 0.3 * radius)
    else:
        draw_shapes(painter, sign_drawing(SIGNS[row.status], centre, radius), theme)


def _paint_words(painter: QPainter, line: QRectF, row: RowState, look: RowLook) -> None:
    """Write the verdict and the name."""
    px = look.px
    painter.setPen(QColor(look.theme.ink))
    font = sized(_plain(painter.font()), NAME * px)
    wide = min(WORD * px, 0.5 * line.width())
    word = QRectF(line.left(), line.top(), wide, line.height())
    _write(painter, word, row.word, _bold(font), _LEFT)
    name = line.adjusted(wide + 0.3 * px, 0.0, 0.0, 0.0)
    longest = max((*look.names, row.named), key=QFontMetricsF(font).horizontalAdvance)
    _write(painter, name, row.named, fitted_line(font, longest, name.size()), _LEFT)


def _advice_height(painter: QPainter, row: RowState, look: RowLook, places: Columns) -> float:
    """Return the height of what is written below the first line: up to two lines of it."""
    if not row.advice:
        return 0.0
    metrics = QFontMetricsF(_advice_font(painter.font(), look))
    room = places.words.height() - FIRST * look.px - 2.0
    wide = metrics.horizontalAdvance(row.advice)
    width = places.impedance.right() - places.words.left()
    lines = 1 if wide <= width or room < 2.0 * metrics.lineSpacing() else 2
    return lines * metrics.lineSpacing()


def _paint_advice(painter: QPainter, box: QRectF, row: RowState, look: RowLook) -> None:
    """Write one or two lines; what there is no room for ends in an ellipsis."""
    color = look.theme.ink if row.wanting else look.theme.faint
    painter.setPen(QColor(color))
    painter.setFont(_advice_font(painter.font(), look))
    metrics = QFontMetricsF(painter.font())
    if box.height() < 1.5 * metrics.lineSpacing():
        elided = metrics.elidedText(row.advice, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _TOP | Qt.TextFlag.TextDontClip, elided)
    else:
        painter.drawText(box, _TOP | Qt.TextFlag.TextWordWrap, row.advice)


def _advice_font(font: QFont, look: RowLook) -> QFont:
    return sized(_plain(font), max(SMALL * look.px, SMALLEST_PX))


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _plain(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(False)
    return made
