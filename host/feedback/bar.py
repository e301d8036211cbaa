"""The relaxation bar: one quiet muscle, quiet at the bottom."""

from collections.abc import Hashable
from typing import ClassVar

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QLinearGradient, QPainter
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_state import BarState
from host.feedback.column import Column
from host.feedback.theme import Theme, colour, mixed, veiled
from host.feedback.track import (
    Track,
    draw_limit,
    draw_pill,
    draw_track,
    draw_unknown,
    limit_rect,
)
from host.translation import tr

_SHARP_PX = 3.0
"""An edge that is softer by less than this is drawn sharp: nobody can tell."""


def fill_color(state: BarState, theme: Theme) -> QColor:
    """Return the bar's colour: a muscle that came along warms softly with its height."""
    if not state.over or state.fill is None:
        return colour(theme.quiet)
    beyond = (state.fill - state.threshold) / max(1.0 - state.threshold, 1e-6)
    return mixed(theme.warm, theme.over, min(max(beyond, 0.0), 1.0))


def edged(track: Track, sure: tuple[float, float], full: QColor, theme: Theme) -> QBrush:
    """Return the brush of a bar whose upper edge is as soft as its level is unsure (P11)."""
    top, bottom = track.y(sure[1]), track.y(sure[0])
    if bottom - top < _SHARP_PX:
        return QBrush(full)
    fading = QLinearGradient(0.0, top, 0.0, bottom)
    fading.setColorAt(0.0, colour(theme.track))
    fading.setColorAt(1.0, full)
    return QBrush(fading)


class RelaxationBar(Column[BarState]):
    """Show how quiet one muscle is; no signal never looks like quiet."""

    SHARE: ClassVar[float] = 0.62

    def __init__(self, state: BarState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(state, state.name, theme, parent)

    def spoken(self) -> str:
        """Say the muscle and how it is."""
        state = self._state
        if state.fill is not None:
            how = tr("came along") if state.over else tr("quiet")
        elif state.reason:
            how = tr("no signal, {reason}").format(reason=state.reason)
        else:
            how = tr("no signal")
        return tr("{name}: {how}").format(name=state.name, how=how)

    def changed(self, old: BarState, new: BarState) -> QRect:
        """Return the strip between the old heights and the new; all of it if more changed."""
        plain = old.fill is not None and not old.over and old.threshold == new.threshold
        if not plain or new.fill is None or new.over:
            return self.rect()
        heights = (old.fill, new.fill, old.other, new.other, *(old.sure or ()), *(new.sure or ()))
        levels = [x for x in heights if x is not None]
        track = self.track()
        edge = track.radius + 2.0
        return track.between(min(levels), max(levels)).adjusted(0, -edge, 0, edge).toAlignedRect()

    def still_key(self) -> Hashable:
        """Return the label, and why there is no signal where there is none."""
        return self._label, self._state.fill is None and self._state.reason

    def paint_still(self, painter: QPainter) -> None:
        """Draw the name and the empty track."""
        super().paint_still(painter)
        if self._state.fill is None:
            words = (tr("no signal"), self._state.reason)
            draw_unknown(painter, self.track(), self._theme, words, self.font())
        else:
            draw_track(painter, self.track(), self._theme)

    def paint_live(self, painter: QPainter) -> None:
        """Draw the fill, the other side's mark and the threshold."""
        state, track = self._state, self.track()
        if state.fill is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        low, high = state.sure or (state.fill, state.fill)
        painter.setBrush(edged(track, (low, high), fill_color(state, self._theme), self._theme))
        painter.drawRoundedRect(track.below(high), track.radius, track.radius)
        mark = None if state.other is None else other_mark(track, state.other)
        if mark is not None and self.needs(mark):
            painter.setBrush(veiled(self._theme.ink, 0.45))
            draw_pill(painter, mark)
        if self.needs(limit_rect(track, state.threshold)):
            draw_limit(painter, track, state.threshold, self._theme)


def other_mark(track: Track, level: float) -> QRectF:
    """Return the faint pill that shows where the other side stands (P3)."""
    wide, high = 0.4 * track.width, max(4.0, 0.008 * track.height)
    left = track.left + (track.width - wide) / 2
    return QRectF(left, track.y(level) - high / 2, wide, high)
