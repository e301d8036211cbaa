"""The therapist's board: every muscle on both sides, how sure it is, and its line to drag."""

from collections.abc import Hashable

from PyQt6.QtCore import QLineF, QPointF, QRect, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from calibration.muscles import Side
from calibration.patterns import Role
from host.feedback.canvas import Canvas
from host.feedback.clinic.practising.board_brushes import brush_of, colour_of
from host.feedback.clinic.practising.board_head import paint_head
from host.feedback.clinic.practising.board_layout import NEAR_PX, BoardLayout, lane
from host.feedback.clinic.practising.board_state import ROLES, BoardState, LevelState, RowState
from host.feedback.clinic.practising.board_supposed_paint import paint_proposed, paint_supposed
from host.feedback.clinic.practising.lines import activation_at
from host.feedback.lettering import fitted_line, sized
from host.feedback.theme import Theme, colour, mixed
from host.translation import tr

_SMALL = 0.82
_CENTRE = Qt.AlignmentFlag.AlignCenter
_TO_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TO_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DOTTED = Qt.PenStyle.DashLine


class Board(Canvas[BoardState]):
    """Shows levels; a line is dragged where it stands, and moved by keys where it is chosen."""

    chose = pyqtSignal(str)
    """Code of the muscle whose line keys are to move; "" for the line of all."""
    dragged = pyqtSignal(str, float)
    """Code, and the activation that its line is dragged to."""
    dropped = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(BoardState(), theme, parent)
        self._held: str | None = None
        self.setMouseTracking(True)
        self.setMinimumHeight(120)

    @property
    def layout_now(self) -> BoardLayout:
        """Where everything stands."""
        return BoardLayout(
            width=self.width(),
            height=self.height(),
            px=self.font().pixelSize(),
            rows=len(self._state.rows),
        )

    def spoken(self) -> str:
        """Name the muscles with what is asked of each, and its line."""
        state = self._state
        rows = [
            f"{one.name}: {tr(ROLES[one.role])}" + (f", {one.line_words}" if one.line_words else "")
            for one in state.rows
        ]
        said = [state.supposed_spoken] if state.supposed else []
        head = filter(None, state.head if state.pattern or state.proposed_words else ())
        return "; ".join([*said, *head, tr("Levels of all muscles, both sides"), *rows])

    def changed(self, old: BoardState, new: BoardState) -> QRect:
        """Return the tracks where only levels are other ones; else all of it."""
        if new.supposed or not new.rows or _written(old) != _written(new):
            return self.rect()
        place = self.layout_now
        left, right = place.track(0, Side.LEFT).left(), place.track(0, Side.RIGHT).right()
        top = place.head
        return QRectF(left - 4.0, top, right - left + 8.0, self.height() - top).toAlignedRect()

    def still_key(self) -> Hashable:
        """Return names, roles and what is chosen: levels and lines live."""
        state = self._state
        rows = tuple((r.name, r.role, r.own, r.selected, r.line_words) for r in state.rows)
        return rows, state.affected, state.head, state.all_selected

    def paint_still(self, painter: QPainter) -> None:
        """Draw names, roles and empty tracks."""
        state, place = self._state, self.layout_now
        if not state.rows:
            painter.setPen(QColor(self._theme.faint))
            painter.drawText(QRectF(self.rect()), _CENTRE, tr("The board is being reached …"))
            return
        paint_head(painter, place, state, self._theme, self.font())
        for number, row in enumerate(state.rows):
            if row.selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(mixed(self._theme.background, self._theme.track, 0.5))
                painter.drawRoundedRect(place.row(number).adjusted(0, 1, 0, -1), 5.0, 5.0)
            self._paint_name(painter, place, number, row)
            for side, level in ((Side.LEFT, row.left), (Side.RIGHT, row.right)):
                if level is not None:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(self._theme.track))
                    painter.drawRoundedRect(place.track(number, side), 4.0, 4.0)

    def paint_live(self, painter: QPainter) -> None:
        """Draw levels with how sure they are, numbers, and lines."""
        place, small = self.layout_now, sized(self.font(), _SMALL * self.font().pixelSize())
        painter.setFont(small)
        for number, row in enumerate(self._state.rows):
            for side, level in ((Side.LEFT, row.left), (Side.RIGHT, row.right)):
                if level is not None:
                    self._paint_level(painter, (place, number, side), row, level)
                    if row.line is not None:
                        self._paint_line(painter, (place, number, side), row)
            if row.proposed is not None:
                side = self._state.affected
                paint_proposed(painter, (place, number, side), row.proposed, self._theme)
        if self._state.supposed:
            paint_supposed(painter, place, self._state, self._theme, self.font())

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Choose a row; take hold of its line where the press is near to it."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self._row_at(event.position())
        self.chose.emit("" if row is None else row.code)
        if row is not None and self._near(event.position()):
            self._held = row.code

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Drag the line that is held; show where one can be taken hold of."""
        if event is None:
            return
        number = self._number_of(self._held)
        if number is not None:
            level = self.layout_now.level(number, event.position().x())
            self.dragged.emit(self._held, activation_at(level))
            return
        shape = Qt.CursorShape.SplitHCursor if self._near(event.position()) else None
        self.setCursor(shape) if shape else self.unsetCursor()

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        """Let go of the line."""
        if self._held is not None:
            self._held = None
            self.dropped.emit()

    def _row_at(self, at: QPointF) -> RowState | None:
        number = self.layout_now.row_at(at.y())
        return None if number is None else self._state.rows[number]

    def _number_of(self, code: str | None) -> int | None:
        codes = [one.code for one in self._state.rows]
        return codes.index(code) if code in codes else None

    def _near(self, at: QPointF) -> bool:
        """Tell whether a place is on the line of its row, on either side."""
        row = self._row_at(at)
        if row is None or row.line is None:
            return False
        place, number = self.layout_now, self._number_of(row.code) or 0
        return any(abs(place.x(number, side, row.line) - at.x()) <= NEAR_PX for side in Side)

    def _paint_name(
        self, painter: QPainter, place: BoardLayout, number: int, row: RowState
    ) -> None:
        theme, box = self._theme, place.name(number)
        target = row.role is Role.TARGET
        upper = QRectF(box.left(), box.top(), box.width(), 0.56 * box.height())
        font = sized(self.font(), min(self.font().pixelSize(), 0.5 * box.height()))
        font.setBold(target)
        painter.setFont(fitted_line(font, row.name, upper.size()))
        painter.setPen(QColor(theme.target if target else theme.ink))
        painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom,
                         row.name)  # fmt: skip
        own = "*" if row.own else ""
        words = " ".join(filter(None, (tr(ROLES[row.role]), row.line_words + own)))
        lower = QRectF(box.left(), upper.bottom(), box.width(), box.bottom() - upper.bottom())
        painter.setFont(fitted_line(sized(font, 0.72 * font.pixelSize()), words, lower.size()))
        painter.setPen(QColor(theme.faint))
        painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)

    def _paint_level(
        self, painter: QPainter, at: tuple[BoardLayout, int, Side], row: RowState, level: LevelState
    ) -> None:
        theme, along = self._theme, lane(*at)
        track = along.track
        if self.needs(along.numbers):
            plain = level.fill is not None and not (level.over or level.softer)
            outer = _TO_RIGHT if along.reach < 0.0 else _TO_LEFT
            painter.setPen(colour(theme.faint if plain else theme.ink))
            painter.drawText(along.numbers, outer, level.words)
        if level.fill is None:
            painter.setPen(QPen(colour(theme.unknown), 1.5, _DOTTED))
            painter.setBrush(colour(theme.background))
            painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), 4.0, 4.0)
            return
        low, high = level.sure or (level.fill, level.fill)
        begin, end = along.origin, along.x(high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush_of(colour_of(row, level, theme), along.x(low), end))
        box = QRectF(min(begin, end), track.top(), max(abs(end - begin), 3.0), track.height())
        painter.drawRoundedRect(box, 4.0, 4.0)
        edge = QRectF(along.x(level.fill) - 1.0, track.top(), 2.0, track.height())
        painter.fillRect(edge, colour(theme.ink))

    def _paint_line(
        self, painter: QPainter, at: tuple[BoardLayout, int, Side], row: RowState
    ) -> None:
        theme, along = self._theme, lane(*at)
        track, x = along.track, along.x(row.line or 0.0)
        reach = 0.22 * track.height()
        line = QLineF(x, track.top() - reach, x, track.bottom() + reach)
        held = row.selected or row.code == self._held
        ink = colour(theme.target if row.role is Role.TARGET else theme.ink)
        painter.setPen(QPen(colour(theme.background), 6.0 if held else 5.0))
        painter.drawLine(line)
        style = _DOTTED if self._state.draft and held else Qt.PenStyle.SolidLine
        painter.setPen(QPen(ink, 3.0 if held else 2.0, style))
        painter.drawLine(line)


def _written(state: BoardState) -> Hashable:
    """Return all but how high the levels are."""
    beside = (state.affected, state.head, state.all_selected, state.draft, state.supposed)
    levels = [(r, level) for r in state.rows for level in (r.left, r.right) if level is not None]
    return beside, tuple(
        (r.code, r.role, r.line, r.line_words, r.own, r.selected, r.proposed,
         level.words, level.fill is None, level.over, level.softer)
        for r, level in levels
    )  # fmt: skip
