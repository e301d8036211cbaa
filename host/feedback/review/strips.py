"""The strips of a session: levels of every muscle, both sides mirrored about a middle line."""

from dataclasses import replace
from math import ceil, floor

import numpy as np
from PyQt6.QtCore import QPointF, QRect, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPixmap, QWheelEvent
from PyQt6.QtWidgets import QWidget

from host.chain.stream import FloatArray
from host.feedback.canvas import Canvas
from host.feedback.review.halves import Halves, Marks, covered, rgb
from host.feedback.review.lanes import (
    Mark,
    paint_axis,
    paint_cursor,
    paint_lane,
    paint_name,
    paint_notes,
    paint_pixels,
)
from host.feedback.review.layout import Asked, Strip, strips
from host.feedback.review.raster import Marked, strip
from host.feedback.review.scale import Scale
from host.feedback.review.strips_state import StripsState
from host.feedback.theme import Theme
from host.report.decimation import Traces
from host.report.outline import Outline
from host.session.opened import Opened
from host.translation import tr

GUTTER, LANE, AXIS, GAP = 6.2, 2.4, 1.7, 0.35
"""Sizes in heights of a letter: names at the left, attempts above, times below, between strips."""
_ZOOM = 1.25


class Strips(Canvas[StripsState]):
    """Paint the strips; a click scrubs, the wheel zooms."""

    scrubbed = pyqtSignal(int)
    """A sample that was clicked, or dragged over."""
    scaled = pyqtSignal(object)
    """The scale that the wheel asks for."""

    def __init__(
        self, opened: Opened, outline: Outline, theme: Theme, parent: QWidget | None = None
    ) -> None:
        self._affected = opened.affected
        self.asked = Asked(opened)
        self._halves = Halves(opened, outline, self.asked, theme)
        self._first, self._second = Marks(), Marks()
        self._painted = 0
        self.rows: tuple[Strip, ...] = strips(opened.watch.montage)
        """From top to bottom."""
        self.raw: Traces | None = None
        """The newest raw signal that was read, of this view or of one before it."""
        scale = Scale.whole(opened.stop, opened.recorded.stream.rate_hz)
        super().__init__(StripsState(scale=scale), theme, parent)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def spoken(self) -> str:
        """Say what is in view."""
        words = tr("Levels of {} muscles over {:.0f} seconds")
        return words.format(len(self.rows), self._state.scale.seconds)

    def use_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._halves.use_theme(theme)
        self.theme = theme

    @property
    def letter(self) -> float:
        """Height of a letter's line, which everything else is measured in."""
        return 1.35 * QFont(self.font()).pixelSize()

    @property
    def field(self) -> QRectF:
        """Where the strips are: without names, lanes and times."""
        lanes = LANE * (1 if self._state.second_lane is None else 2)
        return QRectF(self.rect()).adjusted(
            GUTTER * self.letter, lanes * self.letter, -1.2 * self.letter, -AXIS * self.letter
        )

    def row_rect(self, place: int) -> QRectF:
        """Return where a strip is."""
        field = self.field
        gap = GAP * self.letter
        height = (field.height() + gap) / max(len(self.rows), 1) - gap
        top = field.top() + place * (height + gap)
        return QRectF(field.left(), round(top), field.width(), max(4, int(height)))

    def still_key(self) -> tuple[object, ...]:
        """Return everything but the cursor, and what is judged meanwhile: that is added."""
        state = self._state
        return (
            state.scale,
            state.lane,
            state.second_lane,
            state.notes,
            state.raw,
            state.raw_version,
        )

    def paint_still(self, painter: QPainter) -> None:
        """Draw strips, lanes, times and notes."""
        self._paint_strips(painter, 0, self._columns)
        for place, row in enumerate(self.rows):
            paint_name(painter, row, self.row_rect(place), self._affected, self._theme)
        self._paint_lanes(painter)
        self._paint_across(painter)
        self._painted = self._state.judged

    def _still_layer(self) -> QPixmap:
        """Add the columns that have been judged since the layer was drawn: it grows."""
        still = super()._still_layer()
        judged, scale = self._state.judged, self._state.scale
        first = max(floor(scale.x(self._painted)) - 1, 0)
        last = min(ceil(scale.x(judged)) + 1, self._columns)
        if judged != self._painted and first < last:
            with QPainter(still) as painter:
                painter.setFont(self.font())
                self._paint_strips(painter, first, last)
                field = self.field
                painter.setClipRect(QRectF(field.left() + first, 0.0, last - first, field.bottom()))
                self._paint_across(painter)
        self._painted = judged
        return still

    @property
    def _columns(self) -> int:
        return max(1, int(self.field.width()))

    def _paint_strips(self, painter: QPainter, first: int, last: int) -> None:
        """Draw the pixel columns from `first` to before `last` of all strips."""
        rows = int(self.row_rect(0).height()) // 2
        inks = self._halves.inks
        scale = self._state.scale
        edges = np.linspace(scale.start, scale.stop, self._columns + 1)[first : last + 1]
        raw = self.raw if self._state.raw else None
        ground, upwards, downwards = self._halves.pixels(edges, rows, raw, self._marks(edges))
        empty = np.repeat(ground[np.newaxis], rows, axis=0)
        for place, row in enumerate(self.rows):
            one, other = row.sides if raw is not None else (row.upper, row.lower)
            upper = empty if one is None else upwards[one]
            lower = empty if other is None else downwards[other]
            at = self.row_rect(place).topLeft() + QPointF(first, 0.0)
            paint_pixels(painter, at, strip(upper, lower, inks))

    def paint_live(self, painter: QPainter) -> None:
        """Draw the cursor."""
        field = self.field
        x = field.left() + self._state.scale.x(self._state.cursor)
        if field.left() - 1 <= x <= field.right() + 1:
            paint_cursor(painter, field, x, 0.4 * self.letter, self._theme)

    def changed(self, old: StripsState, new: StripsState) -> QRect:
        """Return where the cursor was and is, if only that has moved."""
        if replace(old, cursor=new.cursor) != new:
            return self.rect()
        x = sorted(self.field.left() + new.scale.x(state.cursor) for state in (old, new))
        room = 0.4 * self.letter + 2.0
        return QRectF(
            QPointF(x[0] - room, 0.0), QPointF(x[1] + room, self.height())
        ).toAlignedRect()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Scrub to where the mouse is."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._scrub(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Scrub along."""
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Zoom about the mouse; sideways, or with Shift, move along."""
        if event is None:
            return
        turns = event.angleDelta().y() / 120.0
        sideways = event.angleDelta().x() / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turns, sideways = 0.0, sideways or turns
        x = event.position().x() - self.field.left()
        scale = self._state.scale
        if turns:
            scale = scale.zoomed(_ZOOM**-turns, x)
        if sideways:
            scale = scale.moved(-0.1 * sideways * (scale.stop - scale.start))
        self.scaled.emit(scale)
        event.accept()

    def _scrub(self, event: QMouseEvent) -> None:
        self.scrubbed.emit(self._state.scale.sample(event.position().x() - self.field.left()))

    def _marks(self, edges: FloatArray) -> Marked:
        """Return where episodes are under both terms, to be marked at the outer edge."""
        state, theme = self._state, self._theme
        if state.second_lane is None:
            return ()
        channels = len(self._halves)
        return tuple(
            (covered(marks.of(episodes), channels, edges), rgb(QColor(colour)))
            for marks, episodes, colour in (
                (self._first, state.episodes, theme.over),
                (self._second, state.second, theme.beside),
            )
        )

    def _paint_lanes(self, painter: QPainter) -> None:
        """Draw the attempts; under two terms, both."""
        state, theme, letter, field = self._state, self._theme, self.letter, self.field
        lane = QRectF(field.left(), 0.2 * letter, field.width(), (LANE - 0.5) * letter)
        lanes: tuple[tuple[str, tuple[Mark, ...]], ...] = (("", state.lane),)
        if state.second_lane is not None:
            lanes = ((self.tr("As it was"), state.lane), (self.tr("What if"), state.second_lane))
        for name, marks in lanes:
            paint_lane(painter, lane, state.scale, marks, theme)
            painter.setPen(QColor(theme.faint))
            box = QRectF(0.4 * letter, lane.top(), lane.left() - 0.8 * letter, lane.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            lane.translate(0.0, LANE * letter)

    def _paint_across(self, painter: QPainter) -> None:
        """Draw times and notes, whose lines lie over the strips."""
        state, theme, field = self._state, self._theme, self.field
        axis = QRectF(field.left(), field.bottom(), field.width(), AXIS * self.letter)
        paint_axis(painter, axis, field, state.scale, theme)
        paint_notes(painter, field, state.scale, [sample for sample, _ in state.notes], theme)
