"""The two tables at the end: each channel's numbers, and the proposed lines."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from calibration.muscles import Side
from host.translation import mark, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.feedback.calibrating.state import ResultState

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NUMBER_HEADS = (
    mark("Muscle"), mark("Noise,\nat most"), mark("Rest"), mark("Gentle"), mark("95 %\ninterval"),
    mark("Rest\nline"), mark("Quiet\nline"), mark("Effort\nline"), mark("Signal"),
)  # fmt: skip
LINE_HEADS = (mark("Muscle"), mark("Line"), mark("Above rest"), mark("Why"))


class _Table(QTableWidget):
    """A table that is as high as its rows, with a line above those of each side."""

    def __init__(self, heads: Sequence[str], words: Sequence[int], name: str) -> None:
        """Columns in `words` hold words and stand at the left; all others numbers."""
        super().__init__()
        self._words = set(words)
        self.setAccessibleName(tr(name))
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels([tr(head) for head in heads])
        self._dress_head()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(
        self, rows: Sequence[tuple[Side | None, tuple[str, ...]]], affected: Side | None
    ) -> None:
        """Write these rows anew."""
        self.clearSpans()
        self.setRowCount(0)
        side: Side | None = None
        for beside, cells in rows:
            if beside is not None and beside is not side:
                side = beside
                self._add((side_words(side, affected),), head=True)
                self.setSpan(self.rowCount() - 1, 0, 1, self.columnCount())
            self._add(cells)
        self.fit()

    def dress(self, px: int) -> None:
        """Take the size of letters."""
        between = round(0.6 * px)
        self.setStyleSheet(
            f"QTableWidget {{ font-size: {px}px; }}"
            f"QTableWidget::item {{ padding: 0 {between}px 0 0; }}"
            # The head too, not only its sections: it asks its own font how wide they are.
            f"QHeaderView, QHeaderView::section {{ font-size: {round(0.9 * px)}px; }}"
            # A cell keeps 3 pixels of its own, which a head must be given.
            f"QHeaderView::section {{ padding: 0 {between + 3}px 4px 3px; }}"
        )
        self.fit()

    def fit(self) -> None:
        """Be as high as all rows together."""
        self.resizeRowsToContents()
        head = self._head()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        # Heads have two lines; Qt's own hint forgets the second under a style sheet.
        head.setFixedHeight(ceil(2.3 * QFontMetricsF(self.font()).height()))
        self.setFixedHeight(rows + head.height() + 4)

    def _add(self, cells: tuple[str, ...], *, head: bool = False) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, words in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setTextAlignment(_LEFT if head or column in self._words else _RIGHT)
            font = item.font()
            font.setBold(head)
            item.setFont(font)
            if head:
                # It stands across all columns, and must not make the first one wide.
                item.setSizeHint(QSize(0, ceil(1.6 * QFontMetricsF(self.font()).height())))
            self.setItem(row, column, item)

    def _head(self) -> QHeaderView:
        head = self.horizontalHeader()
        assert head is not None  # noqa: S101  every table has one
        return head

    def _dress_head(self) -> None:
        beside, head = self.verticalHeader(), self._head()
        assert beside is not None  # noqa: S101  every table has one
        beside.hide()
        head.setAccessibleName(tr("{}: what stands in each column").format(self.accessibleName()))
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        for column in range(self.columnCount()):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(_LEFT if column in self._words else _RIGHT)


class NumbersTable(_Table):
    """Each channel's noise, rest, gentle reference, thresholds and filter."""

    def __init__(self) -> None:
        name = mark("What came of each channel")
        super().__init__(NUMBER_HEADS, (0, len(NUMBER_HEADS) - 1), name)

    def show_result(self, result: ResultState) -> None:
        """Show all channels."""
        self.show_rows(
            [
                (
                    one.side,
                    (
                        one.name, one.noise, one.rest, one.reference, one.interval,
                        one.rest_line, one.quiet_line, one.effort_line, one.estimator,
                    ),
                )
                for one in result.channels
            ],
            result.affected,
        )  # fmt: skip


class LinesTable(_Table):
    """The proposed line of each quiet muscle, and why it lies there."""

    def __init__(self) -> None:
        super().__init__(LINE_HEADS, (0, len(LINE_HEADS) - 1), mark("Proposed lines"))

    def show_result(self, result: ResultState) -> None:
        """Show all lines."""
        rows = [(one.side, (one.name, one.share, one.level, one.reason)) for one in result.lines]
        self.show_rows(rows, result.affected)


def side_words(side: Side, affected: Side | None) -> str:
    """Name a side of the face; the patient's left or right."""
    words = tr("{} side, affected") if side is affected else tr("{} side")
    said = words.format(tr(side.value))
    return f"{said[:1].upper()}{said[1:]}"
