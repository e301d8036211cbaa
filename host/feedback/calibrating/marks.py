"""The signs before the steps, each with its own shape: colour alone tells nobody anything."""

from functools import cache

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from host.feedback.calibrating.mark import Mark
from host.feedback.theme import Theme

_RATIO = 3
"""Drawn so many times larger, for screens with fine pixels."""


@cache
def mark_icon(mark: Mark, theme: Theme, px: int) -> QIcon:
    """Return the sign of a step as an icon of `px` pixels."""
    picture = QPixmap(_RATIO * px, _RATIO * px)
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(px, px)
        draw_mark(painter, mark, theme)
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(picture, mode)
    return icon


def draw_mark(painter: QPainter, mark: Mark, theme: Theme) -> None:
    """Draw a sign into the unit square."""
    middle = QPointF(0.5, 0.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is Mark.AHEAD:
        painter.setPen(_pen(theme.faint, 0.08))
        painter.drawEllipse(middle, 0.24, 0.24)
    elif mark is Mark.RUNNING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ink))
        painter.drawEllipse(middle, 0.28, 0.28)
    elif mark is Mark.GOOD:
        painter.setPen(_pen(theme.target, 0.13))
        painter.drawPolyline(QPointF(0.2, 0.54), QPointF(0.42, 0.76), QPointF(0.82, 0.26))
    elif mark is Mark.SKIPPED:
        painter.setPen(_pen(theme.faint, 0.1))
        painter.drawLine(QPointF(0.25, 0.5), QPointF(0.75, 0.5))
    else:
        _draw_exclamation(painter, theme)


def _draw_exclamation(painter: QPainter, theme: Theme) -> None:
    painter.setPen(_pen(theme.over, 0.14))
    painter.drawLine(QPointF(0.5, 0.2), QPointF(0.5, 0.56))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.over))
    painter.drawEllipse(QRectF(0.415, 0.7, 0.17, 0.17))


def _pen(colour: str, width: float) -> QPen:
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, round_cap, round_join)
