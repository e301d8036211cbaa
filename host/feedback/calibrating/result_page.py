"""The page at the end: what came of each channel, what leaks where, and the proposed lines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from host.feedback.calibrating.result_tables import LinesTable, NumbersTable
from host.translation import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from host.feedback.calibrating.state import ResultState
    from host.feedback.theme import Theme

THANKS = mark("That was all. Thank you")
UNITS = mark(
    "Levels are in µV, with the digits that their intervals allow; lines are in percent of gentle."
)
NUMBERS_WIDE, LINES_WIDE = 42, 34
"""So many letters' sizes wide is each table; in a narrow page its letters are smaller."""
ABOUT_LINES = mark(
    "Below its line a quiet muscle counts as quiet. The lines follow the attempts from now on: "
    "what needs attempts is proposed after some of them."
)


class ResultPage(QWidget):
    """Shows `ResultState`; decides nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: ResultState | None = None
        self._faint = "#000000"
        self.thanks, self.title, self.sentence = QLabel(self.tr(THANKS)), QLabel(), QLabel()
        self.numbers, self.lines, self.notes = NumbersTable(), LinesTable(), QLabel()
        self.pages = QStackedWidget()
        self.turn_to = QPushButton()
        self.turn_to.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.turn_to.clicked.connect(self.turn)
        self._arrange()
        self._name_turn()

    @property
    def state(self) -> ResultState | None:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: ResultState) -> None:
        self._state = state
        self.title.setText(state.title)
        self.sentence.setText(state.sentence)
        self.numbers.show_result(state)
        self.lines.show_result(state)
        for part in (self.numbers, self.lines, self.units, self.turn_to):
            part.setVisible(bool(state.channels))
        self._write_notes()
        self.pages.setCurrentIndex(0)
        self._name_turn()

    def turn(self) -> None:
        """Go from the numbers to the lines, or back."""
        if self._state is not None and self._state.channels:
            self.pages.setCurrentIndex(1 - self.pages.currentIndex())
            self._name_turn()

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and the size of letters."""
        self._faint = theme.faint
        self.thanks.setStyleSheet(f"font-size: {round(2.4 * px)}px;")
        self._write_notes()
        for table, letters in ((self.numbers, NUMBERS_WIDE), (self.lines, LINES_WIDE)):
            table.dress(min(px, round(self.width() / letters)))

    def _write_notes(self) -> None:
        """Write findings with their advice, what leaks, and what a short check says."""
        state = self._state
        if state is None:
            return
        found = [_told(one.sentence, one.advice, self._faint) for one in state.findings]
        parts = (
            (self.tr("What was found"), found),
            (self.tr("Not whitened"), [escape(one) for one in state.plain]),
            (self.tr("Beside the profile before"), [escape(one) for one in state.remarks]),
            (self.tr("What leaks where"), [escape(one) for one in state.leaks]),
        )
        self.notes.setText("<br><br>".join(_part(*part) for part in parts if part[1]))

    def _name_turn(self) -> None:
        words = self.tr("Numbers") if self.pages.currentIndex() else self.tr("Lines")
        self.turn_to.setText(f"{words} · L")
        self.turn_to.setAccessibleName(f"{words}, {self.tr('key')} L")

    def _arrange(self) -> None:
        self.title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self.units, about = QLabel(self.tr(UNITS)), QLabel(self.tr(ABOUT_LINES))
        for label in (self.thanks, self.sentence, self.notes, self.units, about):
            label.setWordWrap(True)
        for label in (self.units, about):
            label.setProperty("faint", True)  # noqa: FBT003
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setTextFormat(Qt.TextFormat.RichText)
        self.pages.addWidget(_scrolled(self.numbers, self.units, self.notes))
        self.pages.addWidget(_scrolled(about, self.lines))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.turn_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.thanks)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addWidget(self.pages, 1)


def _scrolled(*parts: QWidget) -> QScrollArea:
    """Return parts above each other, to be scrolled where they are too many."""
    inside, area = QWidget(), QScrollArea()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def _told(sentence: str, advice: str, faint: str) -> str:
    return f'{escape(sentence)} <span style="color:{faint}">{escape(advice)}</span>'


def _part(title: str, lines: Sequence[str]) -> str:
    return "<br>".join([f"<b>{escape(title)}</b>", *lines])
