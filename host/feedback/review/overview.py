"""The whole session in one line, and which part of it is in view."""

from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_heights import bar_heights
from host.feedback.canvas import Canvas
from host.feedback.review.halves import rgb
from host.feedback.review.lanes import paint_pixels
from host.feedback.review.raster import Inks, Sides, levels, packed, strip
from host.feedback.review.scale import Scale
from host.feedback.theme import Theme, mixed, veiled
from host.report.outline import Outline
from host.session.opened import Opened
from host.translation import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewState:
    """What the overview shows."""

    scale: Scale
    """The part in view of the strips."""
    cursor: int = 0
    judged: int = 0


class Overview(Canvas[OverviewState]):
    """Paint the loudest quiet muscle of the affected side; a click moves the view."""

    moved = pyqtSignal(int)
    """A sample that should be in the middle of the view."""

    def __init__(
        self, opened: Opened, outline: Outline, theme: Theme, parent: QWidget | None = None
    ) -> None:
        self._opened = opened
        self._outline = outline
        scale = Scale.whole(opened.stop, opened.recorded.stream.rate_hz)
        super().__init__(OverviewState(scale=scale), theme, parent)

    def spoken(self) -> str:
        """Say what it is."""
        return tr("The whole session; click to move the view")

    def still_key(self) -> tuple[object, ...]:
        """Return how far it has been judged."""
        return (self._state.judged,)

    def paint_still(self, painter: QPainter) -> None:
        """Draw one strip."""
        theme, columns = self._theme, max(1, self.width())
        montage, affected = self._opened.watch.montage, self._opened.affected
        glance = self._outline.glance(0, self._opened.stop, columns)
        own = [montage.plain or site.side is affected for site in montage.sites]
        judged = np.array(own) & ~np.isnan(glance.threshold)
        active = np.logical_or.reduce(glance.active & judged, axis=1)
        loudest = np.fmax.reduce(np.where(judged, glance.activation, -np.inf), axis=1)
        # What came along did so whatever another muscle did; but where one is not known, nobody
        # can say that all were quiet.
        missing = (np.isnan(glance.activation) & judged).any(axis=1)
        unknown = (missing & ~active) | ~(loudest >= 0.0)
        quiet, over = mixed(theme.background, theme.quiet, 0.8), QColor(theme.over)
        sides = Sides(
            level=np.where(unknown, np.nan, bar_heights(np.maximum(loudest, 0.0)))[np.newaxis],
            threshold=np.full((1, columns), np.nan),
            ink=np.where(active, packed(rgb(over)), packed(rgb(quiet)))[np.newaxis],
        )
        ground = rgb(mixed(theme.background, theme.track, 0.55))
        hatch, line = rgb(QColor(theme.unknown)), rgb(QColor(theme.line))
        inks = Inks(ground=ground, hold=ground, hatch=hatch, line=line)
        under = np.full(columns, packed(ground))
        (drawn,) = levels(sides, under, max(2, self.height() // 2), inks)
        paint_pixels(painter, QPointF(), strip(drawn[::-1], drawn, inks))

    def paint_live(self, painter: QPainter) -> None:
        """Draw the frame about what is in view, and the cursor."""
        state, theme = self._state, self._theme
        whole = Scale.whole(self._opened.stop, state.scale.rate_hz, float(max(self.width(), 1)))
        if not state.scale.is_whole:
            left, right = whole.x(state.scale.start), whole.x(state.scale.stop)
            veil = veiled(theme.background, 0.55)
            painter.fillRect(QRectF(0.0, 0.0, left, self.height()), veil)
            painter.fillRect(QRectF(right, 0.0, self.width() - right, self.height()), veil)
            painter.setPen(QPen(QColor(theme.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(left, 1.0, max(right - left, 4.0), self.height() - 2.0)
            painter.drawRoundedRect(frame, 3.0, 3.0)
        x = whole.x(state.cursor)
        painter.setPen(QPen(QColor(theme.ink), 2.0))
        painter.drawLine(QPointF(x, 0.0), QPointF(x, float(self.height())))

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Move the view."""
        self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Move the view along."""
        self._move(event)

    def _move(self, event: QMouseEvent | None) -> None:
        if event is not None:
            share = event.position().x() / max(self.width(), 1)
            self.moved.emit(round(share * self._opened.stop))
