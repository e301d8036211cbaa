"""The strips of a session: levels of every muscle, both sides mirrored about a middle line."""

from dataclasses import dataclass, field

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QWidget

from calibration.muscles import Side
from host.chain.stream import FloatArray, IntArray
from host.detection.cocontraction import Episode
from host.feedback.bar_state import bar_heights
from host.feedback.canvas import Canvas
from host.feedback.review.lanes import Mark, paint_axis, paint_lane
from host.feedback.review.layout import Asked, Strip, strips
from host.feedback.review.raster import Half, Inks, Pixels, strip, traces
from host.feedback.review.scale import Scale
from host.feedback.theme import Theme, mixed
from host.report.outline import Glance, Outline
from host.session.opened import Opened

GUTTER, LANE, AXIS, GAP = 6.2, 2.4, 1.7, 0.35
"""Sizes in heights of a letter: names at the left, attempts above, times below, between strips."""
_ZOOM = 1.25
_MARK = 4.0
"""Pixels of an episode's mark at the edge of its strip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripsState:
    """What the strips show."""

    scale: Scale
    cursor: int = 0
    """Sample at which the bars stand."""
    judged: int = 0
    """How far the outline has come."""
    lane: tuple[Mark, ...] = ()
    """Attempts, and what became of them."""
    second_lane: tuple[Mark, ...] | None = None
    """The same under other terms; None where there are none."""
    notes: tuple[tuple[int, str], ...] = ()
    """Samples with what was written there."""
    episodes: tuple[Episode, ...] = ()
    second: tuple[Episode, ...] = field(default=(), compare=False)
    """Episodes under other terms; they change with `second_lane`."""
    raw: bool = False
    raw_version: int = 0
    """Changes when more of the raw signal has been read."""


class Strips(Canvas[StripsState]):
    """Paint the strips; a click scrubs, the wheel zooms."""

    scrubbed = pyqtSignal(int)
    """A sample that was clicked, or dragged over."""
    scaled = pyqtSignal(object)
    """The scale that the wheel asks for."""

    def __init__(
        self, opened: Opened, outline: Outline, theme: Theme, parent: QWidget | None = None
    ) -> None:
        self._opened = opened
        self._outline = outline
        self.asked = Asked(opened)
        self.rows: tuple[Strip, ...] = strips(opened.watch.montage)
        """From top to bottom."""
        self.raw: FloatArray | None = None
        """`(n_columns, n_channels, 2)` lowest and highest raw values, -1 to 1; NaN unknown."""
        scale = Scale.whole(opened.stop, opened.recorded.stream.rate_hz)
        super().__init__(StripsState(scale=scale), theme, parent)
        self.setMouseTracking(False)
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def spoken(self) -> str:
        """Say what is in view."""
        return f"Levels of {len(self.rows)} muscles over {self._state.scale.seconds:.0f} seconds"

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
        """Return everything but the cursor."""
        state = self._state
        return (
            state.scale,
            state.judged,
            state.lane,
            state.second_lane,
            state.notes,
            state.raw,
            state.raw_version,
        )

    def paint_still(self, painter: QPainter) -> None:
        """Draw strips, lanes, times and notes."""
        columns = max(1, int(self.field.width()))
        scale = self._state.scale
        edges = np.linspace(scale.start, scale.stop, columns + 1)
        samples = np.floor(0.5 * (edges[:-1] + edges[1:])).astype(np.int64)
        held = self.asked.held(samples)
        glance = self._outline.glance(int(scale.start), int(np.ceil(scale.stop)), columns)
        for place, row in enumerate(self.rows):
            rect = self.row_rect(place)
            if self._state.raw and self.raw is not None and len(self.raw) == columns:
                pixels = traces(
                    self._side(row.upper),
                    None if row.upper == row.lower else self._side(row.lower),
                    held,
                    int(rect.height()),
                    self._inks(),
                )
            else:
                pixels = strip(
                    self._half(row.upper, glance, samples),
                    self._half(row.lower, glance, samples),
                    held,
                    int(rect.height()),
                    self._inks(),
                )
            _draw(painter, rect, pixels)
            self._paint_name(painter, row, rect)
            self._paint_marks(painter, row, rect)
        self._paint_around(painter)

    def paint_live(self, painter: QPainter) -> None:
        """Draw the cursor."""
        field, state = self.field, self._state
        x = field.left() + state.scale.x(state.cursor)
        if field.left() - 1 <= x <= field.right() + 1:
            painter.setPen(QPen(QColor(self._theme.ink), 2.0))
            painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.ink))
            top, half = field.top(), 0.4 * self.letter
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(x - half, top - half), QPointF(x + half, top - half), QPointF(x, top)]
                )
            )

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

    def _inks(self) -> Inks:
        theme = self._theme
        return Inks(
            ground=_rgb(mixed(theme.background, theme.track, 0.55)),
            hold=_rgb(mixed(theme.background, theme.target, 0.16)),
            hatch=_rgb(QColor(theme.unknown)),
            line=_rgb(QColor(theme.line)),
        )

    def _half(self, column: int | None, glance: Glance, samples: IntArray) -> Half | None:
        """Return one side of a strip in heights and colours."""
        if column is None:
            return None
        own = self._opened.watch.montage.sites[column].side in (None, self._opened.affected)
        return Half(
            level=bar_heights(glance.activation[:, column]),
            threshold=bar_heights(glance.threshold[:, column]),
            active=glance.active[:, column],
            ink=self._ink(column, glance.threshold[:, column], samples),
            over=_rgb(mixed(self._theme.background, self._theme.over, 1.0 if own else 0.5)),
        )

    def _ink(self, column: int, threshold: FloatArray, samples: IntArray) -> FloatArray:
        """Blue for what should be quiet, green for what leads, faint for the rest."""
        theme, site = self._theme, self._opened.watch.montage.sites[column]
        own = site.side in (None, self._opened.affected)
        quiet = mixed(theme.background, theme.quiet, 1.0 if own else 0.45)
        leads = mixed(theme.background, theme.target, 0.9 if own else 0.45)
        rest = mixed(theme.background, theme.faint, 0.6 if own else 0.35)
        colours = np.where(np.isnan(threshold)[:, np.newaxis], _rgb(rest), _rgb(quiet))
        lead = self.asked.leads(samples, column)[:, np.newaxis]
        return np.where(lead, _rgb(leads), colours).astype(np.float64)

    def _side(self, column: int | None) -> FloatArray | None:
        if column is None or self.raw is None:
            return None
        return self.raw[:, column]

    def _paint_name(self, painter: QPainter, row: Strip, rect: QRectF) -> None:
        """Write the muscle, and the patient's left and right."""
        letter = self.letter
        box = QRectF(0.4 * letter, rect.top(), rect.left() - 2.0 * letter, rect.height())
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.name)
        if row.upper == row.lower:
            return
        for side, half in (
            (Side.LEFT, QRectF(rect.left() - 1.5 * letter, rect.top(), letter, rect.height() / 2)),
            (
                Side.RIGHT,
                QRectF(rect.left() - 1.5 * letter, rect.center().y(), letter, rect.height() / 2),
            ),
        ):
            own = side is self._opened.affected
            painter.setPen(QColor(self._theme.ink if own else self._theme.faint))
            painter.drawText(half, Qt.AlignmentFlag.AlignCenter, side.value[0].upper())

    def _paint_marks(self, painter: QPainter, row: Strip, rect: QRectF) -> None:
        """Mark episodes at the outer edge of each side; those under other terms beside them."""
        if self._state.second_lane is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        sides = ((row.upper, rect.top(), 1.0), (row.lower, rect.bottom(), -1.0))
        for column, edge, inward in sides if row.upper != row.lower else sides[:1]:
            for number, (episodes, colour) in enumerate(
                ((self._state.episodes, self._theme.over), (self._state.second, self._theme.beside))
            ):
                painter.setBrush(QColor(colour))
                near = edge + inward * number * (_MARK + 1.0)
                for episode in episodes:
                    if episode.channel == column:
                        self._paint_mark(painter, episode, near, near + inward * _MARK)

    def _paint_mark(self, painter: QPainter, episode: Episode, near: float, far: float) -> None:
        field, scale = self.field, self._state.scale
        if episode.stop < scale.start or episode.start > scale.stop:
            return
        left = max(field.left() + scale.x(episode.start), field.left())
        right = min(field.left() + scale.x(episode.stop), field.right())
        painter.drawRect(QRectF(QPointF(left, min(near, far)), QPointF(right, max(near, far))))

    def _paint_around(self, painter: QPainter) -> None:
        """Draw lanes, times and notes."""
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
        axis = QRectF(field.left(), field.bottom(), field.width(), AXIS * letter)
        paint_axis(painter, axis, field, state.scale, theme)
        painter.setPen(QPen(QColor(theme.beside), 1.5, Qt.PenStyle.DotLine))
        for sample, _ in state.notes:
            x = field.left() + state.scale.x(sample)
            if field.left() <= x <= field.right():
                painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))


def _draw(painter: QPainter, rect: QRectF, pixels: Pixels) -> None:
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
    painter.drawImage(QPointF(rect.left(), rect.top()), image)


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
