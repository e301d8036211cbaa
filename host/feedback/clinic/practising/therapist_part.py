"""The therapist's side of practice: head, board or raw signals, lists, strip and buttons."""

from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from host.feedback.clinic.controls import column, label
from host.feedback.clinic.practising.board import Board
from host.feedback.clinic.practising.board_layout import HEAD, HIGHEST
from host.feedback.clinic.practising.board_state import BoardState
from host.feedback.clinic.practising.commands import Commands
from host.feedback.clinic.practising.felt_list import FeltList
from host.feedback.clinic.practising.head import Head
from host.feedback.clinic.practising.lists import plain_list, show_attempts, show_lines
from host.feedback.clinic.practising.note_line import NoteLine
from host.feedback.clinic.practising.offer import Offer
from host.feedback.clinic.practising.strip import Strip
from host.feedback.clinic.practising.strip_state import StripState
from host.feedback.clinic.practising.sweep import SweepView
from host.feedback.clinic.practising.therapist_state import TherapistState
from host.feedback.clinic.styling import style_sheet
from host.feedback.lettering import sized
from host.feedback.recording_light import LightState, RecordingLight
from host.feedback.theme import LIGHT, Theme
from host.translation import tr

LEAST, ROOM = 1.9, 14.0
"""Height that a row of the board always has, and all of them together, in letters."""
GAP_PX = 8
LISTS = 12.0
"""Height of the lists where there is room for it, in letters: an offer has a list and two rows."""
SMALLEST_PX, MOST_WIDE, MOST_HIGH = 11, 30, 38
"""The part is at least so many sizes of its letters wide and high: it scales, and is never
scrolled."""


def part_px(wanted: int, width: int, height: int) -> int:
    """Return the size of the letters in a part of this size, where the window wants `wanted`."""
    return min(wanted, max(SMALLEST_PX, min(width // MOST_WIDE, height // MOST_HIGH)))


class Yielding(QWidget):
    """Takes what height there is: words that wrap within it ask for none, and lie over nothing."""

    resized = pyqtSignal()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Tell it."""
        self.resized.emit()

    def hasHeightForWidth(self) -> bool:
        """Tell the layout not to ask."""
        return False


class TherapistPart(QWidget):
    """Show `TherapistState`; decide nothing."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self._state = TherapistState()
        self._theme, self._px, self._wanted = theme, 16, 16
        self.head = Head()
        self.board = Board(theme)
        self.sweep = SweepView(theme)
        self.attempts = plain_list(tr("Attempts of this bout, the newest first"))
        self.happened = plain_list(tr("What happened, the newest first"))
        self.offer, self.felt = Offer(), FeltList()
        self.note = NoteLine()
        self.strip = Strip(StripState(), theme)
        self.link = label(kind="faint")
        self.light = RecordingLight(LightState(), theme)
        self.commands = Commands()
        self._body, self._beside = QStackedWidget(), QStackedWidget()
        self._levels, self._under = Yielding(), Yielding()
        self._arrange()

    @property
    def raw(self) -> bool:
        """Whether raw signals are shown in place of levels and lists."""
        return self._body.currentIndex() == 1

    @raw.setter
    def raw(self, raw: bool) -> None:
        self._body.setCurrentIndex(1 if raw else 0)

    @property
    def state(self) -> TherapistState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: TherapistState) -> None:
        before, self._state = self._state, state
        self.head.state = state.head
        self.board.state = state.board
        if len(state.strip.cells) != len(self.strip.state.cells):
            self.strip.state = state.strip
            self.strip.setFixedHeight(self.strip.wanted_height())
        self.strip.state = state.strip
        self.commands.show_offers(state.offers)
        if len(state.board.rows) != len(before.board.rows):
            self._limit_board()
        if state.attempts != before.attempts:
            show_attempts(self.attempts, state.attempts, self._theme, self._px)
        if state.happened != before.happened:
            show_lines(self.happened, state.happened)
        if state.strip.link != before.strip.link:
            self.link.setText(state.strip.link)
        if state.strip.light != before.strip.light:
            self._show_light(state.strip.light)
        self._show_beside(state)

    def show_board(self, board: BoardState) -> None:
        """Show levels that are newer than all the rest."""
        self.state = replace(self._state, board=board)

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours, and letters `px` high, or as high as there is room for."""
        self._theme, self._wanted = theme, px
        self._px = px = part_px(px, self.width(), self.height())
        self.setStyleSheet("" if px == self._wanted else style_sheet(theme, px))
        for part in (self.board, self.strip, self.light):
            part.theme = theme
            part.setFont(sized(part.font(), px))
        self.strip.setFont(sized(self.strip.font(), 0.8 * px))
        self.strip.setFixedHeight(self.strip.wanted_height())
        self.light.setFont(sized(self.light.font(), 0.9 * px))
        self.sweep.setFont(sized(self.sweep.font(), 0.9 * px))
        self.sweep.use_theme(theme)
        self.head.dress(theme, px)
        self.commands.dress()
        self._whole.setSpacing(min(GAP_PX, px // 2))
        self._limit_board()
        show_attempts(self.attempts, self._state.attempts, theme, px)
        self._show_light(self._state.strip.light)

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the part."""
        if part_px(self._wanted, self.width(), self.height()) != self._px:
            self.dress(self._theme, self._wanted)
        self.strip.setFixedHeight(self.strip.wanted_height())

    def _limit_board(self) -> None:
        """Give the board the height that its rows need; then the lists, then the board again."""
        rows = max(len(self._state.board.rows), 4)
        least = round((rows * min(LEAST, ROOM / rows) + HEAD) * self._px)
        most = round((rows * HIGHEST + HEAD) * self._px)
        left = self._levels.height() - GAP_PX - round(LISTS * self._px)
        self.board.setMinimumHeight(least)
        self.board.setMaximumHeight(max(least, min(most, left)))

    def _show_light(self, light: LightState) -> None:
        self.light.state = light
        self.light.setFixedWidth(max(self.light.wanted_width(), 1))

    def _show_beside(self, state: TherapistState) -> None:
        """Beside the attempts stands what is to be done now; else what happened."""
        if state.asked is not None:
            self.felt.show_felt(state.asked, state.felt)
            self._beside.setCurrentWidget(self.felt)
        elif state.offer is not None:
            self.offer.state = state.offer
            self._beside.setCurrentWidget(self.offer)
        else:
            self._beside.setCurrentIndex(0)

    def _arrange(self) -> None:
        happened = QWidget()
        happened.setLayout(column(label(tr("What happened"), "faint"), self.happened, gap=4))
        for part in (happened, self.offer, self.felt):
            self._beside.addWidget(part)
        lists = QHBoxLayout()
        lists.setSpacing(16)
        lists.addLayout(column(label(tr("Attempts"), "faint"), self.attempts, gap=4), 1)
        lists.addWidget(self._beside, 1)
        self._under.setLayout(lists)
        lists.setContentsMargins(0, 0, 0, 0)
        rows = column(self.board, self._under, gap=GAP_PX)
        rows.setStretch(0, 3)
        rows.setStretch(1, 2)
        self._levels.setLayout(rows)
        self._levels.resized.connect(self._limit_board)
        self._body.addWidget(self._levels)
        self._body.addWidget(self.sweep)
        # The lists are as high as there is room, never as their words would wish.
        for part in (self._body, self._beside, self._under):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.link.setWordWrap(False)
        foot.addWidget(self.link)
        foot.addStretch(1)
        foot.addWidget(self.light)
        parts = (self.head, self._body, self.note, self.strip, foot, self.commands)
        self._whole = column(*parts, gap=GAP_PX)
        self._whole.setStretch(1, 1)
        self.setLayout(self._whole)
