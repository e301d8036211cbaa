"""The target's corridor: the muscle that leads, gently, below an effort ceiling (P8)."""

from collections.abc import Hashable
from typing import ClassVar

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QPainter
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_state import TargetState
from host.feedback.column import Column
from host.feedback.lettering import fitted_line
from host.feedback.theme import Theme, colour, veiled
from host.feedback.track import Track, draw_limit, draw_track, draw_unknown, limit_rect
from host.translation import tr


class Corridor(Column[TargetState]):
    """Show the target muscle as a ball in a lane; above the ceiling stands one word."""

    SHARE: ClassVar[float] = 0.3

    def __init__(self, state: TargetState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(state, state.name, theme, parent)

    def spoken(self) -> str:
        """Say the muscle and how it is."""
        state = self._state
        if state.fill is None:
            how = tr("no signal")
        elif state.softer:
            how = tr("softer")
        else:
            how = tr("leads")
        return tr("{name}: {how}").format(name=state.name, how=how)

    def changed(self, old: TargetState, new: TargetState) -> QRect:
        """Return the strip between where the ball was and where it is now; else all of it."""
        if old.fill is None or new.fill is None or _scale(old) != _scale(new):
            return self.rect()
        track, levels = self.track(), (old.fill, new.fill)
        strip = track.between(min(levels), max(levels))
        return strip.adjusted(0.0, -2.0, 0.0, track.foot + 2.0).toAlignedRect()

    def still_key(self) -> Hashable:
        """Return all but the level."""
        state = self._state
        return self._label, state.fill is None and state.reason, state.low, state.ceiling

    def paint_still(self, painter: QPainter) -> None:
        """Draw the name, the lane and its ceiling."""
        super().paint_still(painter)
        state, track = self._state, self.track()
        if state.fill is None:
            words = (tr("no signal"), state.reason)
            draw_unknown(painter, track, self._theme, words, self.font())
            return
        draw_track(painter, track, self._theme)
        painter.setBrush(veiled(self._theme.target, 0.35))
        painter.drawRect(track.between(state.low, state.ceiling))

    def paint_live(self, painter: QPainter) -> None:
        """Draw the ball, and the word above the track."""
        if self._state.fill is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.target))
        track, ceiling = self.track(), self._state.ceiling
        draw_ball(painter, track, self._state.fill)
        if self.needs(limit_rect(track, ceiling)):
            draw_limit(painter, track, ceiling, self._theme)
        if self._state.softer:
            self._write_above(painter, tr("softer"))

    def _write_above(self, painter: QPainter, word: str) -> None:
        above = QRectF(0.0, 0.0, self.width(), self.track().rect.top())
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(fitted_line(bold, word, above.size()))
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, word)


def _scale(state: TargetState) -> Hashable:
    """Return what a ball stands in, and the word above it."""
    return state.low, state.ceiling, state.softer, state.name


def draw_ball(painter: QPainter, track: Track, level: float) -> None:
    """Draw a ball on a stem at a level."""
    radius, wide = track.foot / 2, 0.2 * track.width
    x, y = track.left + track.width / 2, track.y(level) + radius
    painter.drawRect(QRectF(x - wide / 2, y, wide, track.bottom - y))
    painter.drawEllipse(QPointF(x, y), radius, radius)
