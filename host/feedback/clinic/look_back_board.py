"""What both people look at: a bout, a replay, or all sessions. Shows a state, decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from host.feedback.clinic.controls import card, column, label
from host.feedback.clinic.look_back_chips import Chips, ChipsState
from host.feedback.clinic.look_back_choice import Look
from host.feedback.clinic.look_back_grid import LookBackGrid
from host.feedback.clinic.look_back_playing import ReplayLineState
from host.feedback.clinic.look_back_replay import LookBackReplay
from host.feedback.clinic.look_back_state import Chip, LookBackState
from host.feedback.clinic.look_back_table import LookBackTable
from host.feedback.clinic.styling import letters_px, style_sheet
from host.feedback.lettering import sized
from host.feedback.theme import LIGHT, Theme
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.bar_state import ScreenState
    from host.feedback.clinic.look_back_bout_state import CardState

HEAD = 1.55
"""Letters of what both should read first, in letters of the page."""


class _Card(QWidget):
    """A title and a few lines."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.lines = label(kind="title"), label()
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(column(self.title, self.lines, 1, gap=2)))

    def show_state(self, state: CardState) -> None:
        """Show a card."""
        self.title.setText(state.title)
        self.lines.setText("\n".join(state.lines))


class LookBackBoard(QWidget):
    """Shows `LookBackState`, and a replay over it."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self._state: LookBackState | None = None
        self._replaying = False
        self.title, self.when = label(kind="large"), label(kind="faint")
        self.head, self.detail = label(), label(kind="faint")
        self.notice = label()
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table, self.grid = LookBackTable(theme), LookBackGrid(theme)
        self.replay = LookBackReplay(theme)
        self.notes = label(kind="faint")
        self.bouts, self.attempts = Chips(theme), Chips(theme)
        self.chosen = label()
        self.cards = tuple(_Card() for _ in range(4))
        self.stack = QStackedWidget()
        self._bout, self._sessions = self._bout_part(), self._sessions_part()
        for part in (self._bout, self._sessions, self.replay, self.notice):
            self.stack.addWidget(part)
        self.setLayout(self._laid_out())
        self.setAccessibleName(tr("Look back"))

    def show_state(self, state: LookBackState) -> None:
        """Show what is known now; an equal state changes nothing."""
        if state == self._state:
            return
        self._state = state
        self.title.setText(state.title)
        self.when.setText(state.when)
        self.bouts.state = _bouts(state)
        label_of = tr("Attempts") if state.chips else ""
        self.attempts.state = ChipsState(label=label_of, chips=state.chips, at=state.chip_at)
        head, *rest = state.chosen or ("",)
        self.chosen.setText("  ".join([f"{head}.", *rest]) if head else "")
        self._show_middle(state)

    def show_moment(self, screen: ScreenState, line: ReplayLineState) -> None:
        """Show a moment of a replay."""
        self.replay.show_moment(screen, line)
        self.set_replaying(on=True)

    def set_replaying(self, *, on: bool) -> None:
        """Show the replay, or what was there before."""
        if on != self._replaying:
            self._replaying = on
            if self._state is not None:
                self._show_middle(self._state)

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours, and letters `px` high; the style sheet does the labels."""
        for part in (self.table, self.grid, self.bouts, self.attempts):
            part.theme = theme
            part.setFont(sized(part.font(), px))
            part.updateGeometry()
        self.replay.dress(theme, px)
        for words, share in ((self.head, HEAD), (self.notice, HEAD), (self.chosen, 1.1)):
            words.setStyleSheet(f"font-size: {round(share * px)}px;")

    def _show_middle(self, state: LookBackState) -> None:
        if self._replaying:
            self.head.setText("")
            self.stack.setCurrentWidget(self.replay)
        elif state.bout is not None:
            self.head.setText(" ".join(state.bout.head))
            self.table.state = state.bout
            for shown, card_state in zip(self.cards, state.bout.cards, strict=True):
                shown.show_state(card_state)
            self.stack.setCurrentWidget(self._bout)
        elif state.sessions is not None:
            self.head.setText(state.sessions.head)
            self.detail.setText(state.sessions.detail)
            self.grid.state = state.sessions.grid
            self.notes.setText("\n".join(state.sessions.notes))
            self.stack.setCurrentWidget(self._sessions)
        else:
            self.head.setText("")
            self.notice.setText(state.notice)
            self.stack.setCurrentWidget(self.notice)
        self.head.setVisible(bool(self.head.text()))
        self.bouts.setVisible(bool(self.bouts.state.chips))
        self.attempts.setVisible(bool(state.chips))
        self.chosen.setVisible(bool(state.chips) and self._tells(state))

    def _tells(self, state: LookBackState) -> bool:  # noqa: ARG002  for the patient's
        """Tell whether there is something to say of the attempts."""
        return True

    def _bout_part(self) -> QWidget:
        part, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        for place, one in enumerate(self.cards):
            grid.addWidget(one, 0, place)
            grid.setColumnStretch(place, 1)
        layout = column(gap=10)
        layout.addWidget(self.table, 1)
        layout.addLayout(grid)
        part.setLayout(layout)
        return part

    def _sessions_part(self) -> QWidget:
        part = QWidget()
        layout = column(self.detail, gap=6)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.notes)
        part.setLayout(layout)
        return part

    def _laid_out(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(18)
        self.title.setWordWrap(False)
        first.addWidget(self.title)
        first.addWidget(self.when, 1, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self.bouts)
        layout = column(first, self.head, gap=6)
        layout.addWidget(self.stack, 1)
        layout.addSpacing(6)
        layout.addWidget(self.attempts)
        layout.addWidget(self.chosen)
        return layout


class LookBackRoom(LookBackBoard):
    """The same on the patient's own screen: its letters are for that screen's size."""

    seen = pyqtSignal()
    """It is looked at from now on: what came meanwhile is to be shown."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__(theme)
        self._theme = theme
        self._px = 0

    def showEvent(self, event: QShowEvent | None) -> None:
        """Say that somebody looks."""
        super().showEvent(event)
        self.seen.emit()

    def _tells(self, state: LookBackState) -> bool:
        """Tell whether one is chosen: which keys do that is for the therapist."""
        return state.chip_at is not None

    def use_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme, self._px = theme, 0
        self._letters()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the room."""
        self._letters()

    def _letters(self) -> None:
        px = letters_px(self.width(), self.height())
        if px != self._px:
            self._px = px
            self.setStyleSheet(style_sheet(self._theme, px))
            self.dress(self._theme, px)


def _bouts(state: LookBackState) -> ChipsState:
    """Return the bouts as numbers; one alone needs no choice."""
    if len(state.bouts) < 2 or state.look is not Look.BOUT:
        return ChipsState()
    chips = tuple(
        Chip(number=number, kind=None, said=name) for number, name in enumerate(state.bouts, 1)
    )
    return ChipsState(label=tr("Bouts"), chips=chips, at=state.bout_at)
