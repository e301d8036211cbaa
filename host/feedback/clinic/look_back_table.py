"""The muscles of a bout as rows: what each did, when, how it let go, and what changed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas
from host.feedback.clinic.look_back_bout_state import BoutRow, BoutState, spoken
from host.feedback.clinic.look_back_cells import ChangeCell
from host.feedback.clinic.look_back_drawing import (
    CENTRE,
    draw_let_go,
    draw_sign,
    draw_strip,
    verdict_colour,
    wide,
    write,
)
from host.feedback.theme import Theme, mixed
from host.report.trends_line import Verdict
from host.translation import tr

NAME, LET_GO, CHANGE = 0.225, 0.19, 0.18
"""Shares of the width; the strips have the rest."""
HEAD, LINE, TOGETHER = 1.6, 1.25, 2.8
"""Heights in letters: of the titles, of a line, of the last row."""
LARGE, LOW = 1.35, 1.1
"""Letters of names and verdicts, in letters of the rest."""
HIGHEST = 6.0
"""A row is no higher than so many letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where the columns are: left edges and widths."""

    name: tuple[float, float]
    strip: tuple[float, float]
    let_go: tuple[float, float]
    first: tuple[float, float] | None
    last: tuple[float, float] | None


class LookBackTable(Canvas[BoutState | None]):
    """Paints `BoutState`; decides nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(None, theme, parent)

    def spoken(self) -> str:
        """Say every row."""
        return "" if self._state is None else spoken(self._state)

    def still_key(self) -> Hashable:
        """Return the state: nothing here moves."""
        return self._state

    def paint_still(self, painter: QPainter) -> None:
        """Draw titles, rows, and what all say together."""
        state = self._state
        if state is None or not state.rows:
            return
        px = float(self.font().pixelSize())
        places = self.columns(state)
        self._titles(painter, state, places, px)
        compared = state.compares_first or state.compares_last
        room = self.height() - HEAD * px - (TOGETHER * px if compared else 0.0)
        high = min(room / len(state.rows), HIGHEST * px)
        top = HEAD * px
        for row in state.rows:
            self._row(painter, row, state, places, QRectF(0.0, top, self.width(), high))
            top += high
        if compared:
            self._together(painter, state, places, QRectF(0.0, top, self.width(), TOGETHER * px))

    def columns(self, state: BoutState) -> Columns:
        """Return where the columns are; what has nothing to say takes no room."""
        whole, gap = float(self.width()), 1.1 * self.font().pixelSize()
        changes = [state.compares_first, state.compares_last]
        name, let_go, change = NAME * whole, LET_GO * whole, CHANGE * whole
        strip = whole - name - let_go - change * sum(changes)
        edges = [name, name + strip, name + strip + let_go]
        first = (edges[2], change - gap) if changes[0] else None
        left = edges[2] + change * changes[0]
        return Columns(
            name=(0.0, name - gap),
            strip=(edges[0], strip - gap),
            let_go=(edges[1], let_go - gap),
            first=first,
            last=(left, change - gap) if changes[1] else None,
        )

    def _titles(self, painter: QPainter, state: BoutState, places: Columns, px: float) -> None:
        faint = self._theme.faint

        def title(place: tuple[float, float], text: str) -> None:
            write(painter, QRectF(place[0], 0.0, place[1], HEAD * px), text, px, faint)

        title(places.name, state.legend)
        title(places.let_go, tr("Letting go, 0 to 10 s"))
        if places.first is not None:
            title(places.first, state.first_title)
        if places.last is not None:
            title(places.last, tr("Since last time"))
        left = places.strip[0]
        words = (tr("Rise"), tr("Hold"), tr("Let go"))
        for share, text in zip(state.phases, words, strict=True):
            part = QRectF(left, 0.0, share * places.strip[1], HEAD * px)
            shown = text if wide(self.font(), text, px) <= part.width() else ""
            write(painter, part, shown, px, faint, align=CENTRE)
            left = part.right()

    def _row(
        self, painter: QPainter, row: BoutRow, state: BoutState, places: Columns, box: QRectF
    ) -> None:
        px = float(self.font().pixelSize())
        self._rule(painter, box)
        self._name(painter, row, QRectF(0.0, box.top(), places.name[1], box.height()), px)
        strip = QRectF(places.strip[0], box.top(), places.strip[1], box.height())
        pad = min(0.5 * px, 0.1 * box.height())
        if row.strip is not None:
            inside = strip.adjusted(0.0, pad, 0.0, -pad)
            draw_strip(painter, inside, row.strip, self._theme, phases=state.phases, sign=row.sign)
        lines = len(row.let_go)
        high = min(LINE * px, box.height() / 2.0)
        top = box.center().y() - lines * high / 2.0
        for number, one in enumerate(row.let_go):
            line = QRectF(places.let_go[0], top + number * high, places.let_go[1], high)
            small = min(px, 0.94 * high / LINE)
            draw_let_go(painter, line, one, small, self._theme, own=number == 0)
        for place, cell in ((places.first, row.first), (places.last, row.last)):
            if place is not None:
                self._change(painter, cell, QRectF(place[0], box.top(), place[1], box.height()))

    def _name(self, painter: QPainter, row: BoutRow, box: QRectF, px: float) -> None:
        """Write sign and name large, then what it did and when, as far as there is room."""
        # Beside a large name there is no room for words in a low row.
        large = (LARGE if box.height() >= LINE * (LARGE + 1.0) * px else LOW) * px
        lines = [row.said, *([row.when] if row.when else [])]
        room = int((box.height() - LINE * large) / (LINE * px))
        lines = lines[: max(room, 0)]
        high = LINE * large + LINE * px * len(lines)
        top = box.center().y() - high / 2.0
        sign = QRectF(0.0, top + (LINE * large - 0.72 * large) / 2.0, 0.72 * large, 0.72 * large)
        draw_sign(painter, sign, row.sign, self._theme)
        left = 1.2 * large
        name = QRectF(left, top, box.width() - left, LINE * large)
        write(painter, name, row.name, large, self._theme.ink, bold=True)
        if not lines:
            taken = left + wide(self.font(), row.name, large, bold=True) + 0.6 * px
            beside = QRectF(taken, top, max(box.width() - taken, 0.0), LINE * large)
            write(painter, beside, row.said, px, self._theme.ink)
        for number, text in enumerate(lines):
            line = QRectF(left, name.bottom() + number * LINE * px, name.width(), LINE * px)
            write(painter, line, text, px, self._theme.faint if number else self._theme.ink)

    def _change(self, painter: QPainter, cell: ChangeCell, box: QRectF) -> None:
        """Write a verdict, and its numbers below it; of an open one the numbers alone."""
        if not cell.said:
            return
        said, *numbers = cell.lines
        count = 1 + len(numbers)
        px = min(float(self.font().pixelSize()), 0.94 * box.height() / (count * LINE))
        theme = self._theme
        told = cell.verdict in (Verdict.FALLS, Verdict.RISES)
        top = box.center().y() - LINE * px * count / 2.0
        first = QRectF(box.left(), top, box.width(), LINE * px)
        if told:
            mark = QRectF(box.left(), top + 0.2 * LINE * px, 0.28 * px, 0.6 * LINE * px)
            painter.fillRect(mark, QColor(verdict_colour(cell.verdict, theme)))
            first.setLeft(first.left() + 0.7 * px)
        write(painter, first, said, px, theme.ink if told else theme.faint, bold=told)
        second = QRectF(box.left(), first.bottom(), box.width(), LINE * px)
        for text in numbers:
            write(painter, second, text, px, theme.faint)

    def _together(self, painter: QPainter, state: BoutState, places: Columns, box: QRectF) -> None:
        """Write what all muscles that should be quiet say together."""
        px = float(self.font().pixelSize())
        self._rule(painter, box)
        ends = [place[0] for place in (places.first, places.last) if place is not None]
        words = QRectF(0.0, box.top(), min(ends) - px, box.height())
        if state.note:
            below = words.adjusted(0.0, 0.5 * box.height(), 0.0, 0.0)
            write(painter, below, state.note, px, self._theme.faint)
            words.setBottom(below.top())
        text = tr("All that should be quiet, together")
        write(painter, words, text, 1.15 * px, self._theme.ink, bold=True)
        for place, cell in ((places.first, state.first), (places.last, state.last)):
            if place is not None:
                self._change(painter, cell, QRectF(place[0], box.top(), place[1], box.height()))

    def _rule(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(mixed(self._theme.background, self._theme.line, 0.45), 1.0)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(box.topLeft(), box.topRight())
