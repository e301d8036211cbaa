"""Patterns by muscles as small pictures: trends over sessions, or who acts when (P11, P13)."""

from __future__ import annotations

from collections.abc import Hashable

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from calibration.patterns import Role
from host.feedback.bar_heights import LINE as BAR_LINE
from host.feedback.canvas import Canvas
from host.feedback.clinic.look_back_cells import open_line
from host.feedback.clinic.look_back_drawing import (
    broken,
    draw_moment,
    verdict_colour,
    wide,
    write,
)
from host.feedback.clinic.look_back_grid_state import ActCell, GridState, TrendCell
from host.feedback.theme import Theme, mixed, veiled
from host.report.trends_line import Verdict

HEAD, LINE = 1.9, 1.3
"""Heights in letters."""
HIGHEST = 11.0
GAP = 0.7
ROOMY = 5.0
"""A picture that is so high, in letters, has numbers above its points."""
TIGHT = 0.85
"""Lines are broken before they are set smaller than this."""
SMALL = 0.92
"""Letters below a trend, against the others."""


class LookBackGrid(Canvas[GridState]):
    """Paints `GridState`; decides nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(GridState(columns=(), rows=(), cells=()), theme, parent)
        self._lines, self._breaks = 1, False

    def spoken(self) -> str:
        """Say every cell."""
        state, said = self._state, []
        for name, row in zip(state.rows, state.cells, strict=True):
            for column, cell in zip(state.columns, row, strict=True):
                if cell is not None:
                    numbers = cell.numbers if isinstance(cell, TrendCell) else ""
                    said.append(f"{name}, {column}: {cell.said} {numbers}".rstrip())
        return ". ".join(said)

    def still_key(self) -> Hashable:
        """Return the state: nothing here moves."""
        return self._state

    def paint_still(self, painter: QPainter) -> None:
        """Draw names above and beside, and a picture in each cell."""
        state, px, theme = self._state, float(self.font().pixelSize()), self._theme
        if not state.rows or not state.columns:
            return
        each = self.width() / len(state.columns)
        room = (self.height() - HEAD * px) / len(state.rows)
        high = min(room, HIGHEST * px)
        self._arrange(each - GAP * px, px)
        for number, name in enumerate(state.columns):
            head = QRectF(number * each, 0.0, each - GAP * px, HEAD * px)
            write(painter, head, name, 1.15 * px, theme.ink, bold=True)
        for number, name in enumerate(state.rows):
            top = HEAD * px + number * high
            self._rule(painter, top)
            line = QRectF(0.0, top, self.width(), 1.5 * px)
            write(painter, line, name[:1].upper() + name[1:], px, theme.faint)
            for place, cell in enumerate(state.cells[number]):
                box = QRectF(place * each, line.bottom(), each - GAP * px, high - 1.9 * px)
                if isinstance(cell, TrendCell):
                    self._trend(painter, cell, box)
                elif cell is not None:
                    self._acts(painter, cell, box)

    def _arrange(self, width: float, px: float) -> None:
        """Break the lines of all cells where one needs it: so all pictures are alike."""
        cells = [cell for row in self._state.cells for cell in row if cell is not None]
        texts = [one.said if isinstance(one, ActCell) else open_line(one.numbers) for one in cells]
        font = self.font()
        self._breaks = any(wide(font, text, TIGHT * px) > width for text in texts)
        self._lines = max((len(self._below(one)) for one in cells), default=1)

    def _below(self, cell: TrendCell | ActCell) -> tuple[str, ...]:
        """Return the lines below a picture."""
        text = cell.said if isinstance(cell, ActCell) else cell.numbers
        lines = broken(text) if self._breaks else (text,)
        if isinstance(cell, ActCell):
            return lines
        if cell.verdict is Verdict.OPEN:
            return (open_line(lines[0]), *lines[1:])
        return (cell.said, *filter(None, lines))

    def _trend(self, painter: QPainter, cell: TrendCell, box: QRectF) -> None:
        px, theme = float(self.font().pixelSize()), self._theme
        picture = box.adjusted(0.0, 2.0, 0.0, -self._lines * LINE * px - 2.0)
        colour = verdict_colour(cell.verdict, theme)
        painter.fillRect(picture, veiled(theme.track, 0.6))
        # The numbers stand above the points, where there is room for both.
        band = LINE * px if picture.height() >= ROOMY * px else 0.0
        self._points(painter, cell, picture.adjusted(0.0, band + 8.0, 0.0, -8.0), colour)
        if band:
            corner = picture.adjusted(0.0, 2.0, -5.0, 0.0)
            corner.setHeight(band)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            write(painter, corner, cell.ends, 0.85 * px, theme.faint, align=right)
        told = cell.verdict is not Verdict.OPEN
        line = QRectF(box.left(), picture.bottom() + 2.0, box.width(), LINE * px)
        said, *numbers = self._below(cell)
        write(painter, line, said, SMALL * px, theme.ink if told else theme.faint, bold=told)
        for text in numbers:
            line.moveTop(line.bottom())
            write(painter, line, text, SMALL * px, theme.faint)

    def _points(self, painter: QPainter, cell: TrendCell, inside: QRectF, colour: str) -> None:
        """Draw each session with its interval; an open ring below is at rest."""
        count = max(self._state.sessions, 1)
        before: QPointF | None = None
        for point in cell.points:
            x = inside.left() + (point.session + 0.5) * inside.width() / count
            at = QPointF(x, inside.bottom() - point.height * inside.height())
            if before is not None:
                painter.setPen(QPen(veiled(colour, 0.55), 2.0))
                painter.drawLine(before, at)
            before = at
        for point in cell.points:
            x = inside.left() + (point.session + 0.5) * inside.width() / count
            y = inside.bottom() - point.height * inside.height()
            painter.setPen(QPen(QColor(colour), 2.0))
            if point.sure is not None:
                ends = [inside.bottom() - end * inside.height() for end in point.sure]
                painter.drawLine(QLineF(x, ends[0], x, ends[1]))
            known = point.sure is not None
            painter.setBrush(QColor(colour if known else self._theme.background))
            painter.drawEllipse(QPointF(x, y), 4.0, 4.0)

    def _acts(self, painter: QPainter, cell: ActCell, box: QRectF) -> None:
        px, theme = float(self.font().pixelSize()), self._theme
        high_up = cell.level is not None and cell.level > BAR_LINE
        colour = theme.over if high_up else theme.quiet
        if cell.role is not Role.QUIET:
            colour = theme.target if cell.role is Role.TARGET else theme.unknown
        inset = 0.5 * px
        picture = box.adjusted(0.0, 2.0, 0.0, -self._lines * LINE * px - 2.0)
        painter.fillRect(picture, veiled(theme.track, 0.6))
        axis = QRectF(picture.left(), picture.bottom() - inset, picture.width(), 2.0 * inset)
        if cell.onset is not None and cell.level is not None:
            # The oftener it acts, the fuller its block.
            share = 0.0 if cell.share is None else cell.share
            left = picture.left() + cell.onset * picture.width()
            high = cell.level * picture.height()
            block = QRectF(left, picture.bottom() - high, picture.right() - left, high)
            painter.fillRect(block, veiled(colour, 0.25 + 0.6 * share))
        axis.moveTop(picture.bottom() - axis.height())
        draw_moment(painter, axis, cell.onset, colour, theme, sure=cell.sure)
        line = QRectF(box.left(), picture.bottom() + 2.0, box.width(), LINE * px)
        for text in self._below(cell):
            write(painter, line, text, px, theme.ink)
            line.moveTop(line.bottom())

    def _rule(self, painter: QPainter, top: float) -> None:
        painter.setPen(QPen(mixed(self._theme.background, self._theme.line, 0.45), 1.0))
        painter.drawLine(QLineF(0.0, top, self.width(), top))
