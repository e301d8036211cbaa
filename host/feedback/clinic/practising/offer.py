"""The next bout, to be chosen: a list of patterns and four kinds of feedback."""

from functools import partial

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QListWidget, QPushButton, QWidget

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.controls import advise, button, column, label
from host.feedback.clinic.practising.offer_state import OfferState, mode_words
from host.feedback.whole_rows import show_whole_rows
from host.translation import tr

LEAST_PX = 32
"""The list is at least so high: one pattern is seen, and digits choose the others."""


class Offer(QWidget):
    """Show `OfferState`; tell what was chosen."""

    chose = pyqtSignal(int)
    """Place of a pattern."""
    chose_mode = pyqtSignal(object)
    """A `FeedbackMode`."""

    def __init__(self) -> None:
        super().__init__()
        self._state = OfferState()
        self.patterns = QListWidget()
        self.patterns.setObjectName("choices")
        self.patterns.setAccessibleName(tr("Pattern of the next bout"))
        self.patterns.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.patterns.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.patterns.setMinimumHeight(LEAST_PX)
        show_whole_rows(self.patterns)
        self.patterns.currentRowChanged.connect(self._choose)
        self.notice = label()
        self.modes: dict[FeedbackMode, QPushButton] = {
            mode: button(mode_words(mode), partial(self.chose_mode.emit, mode))
            for mode in FeedbackMode
        }
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, made in enumerate(self.modes.values()):
            made.setCheckable(True)
            grid.addWidget(made, number // 2, number % 2)
        self.setLayout(
            column(label(tr("Next bout"), "faint"), self.patterns, self.notice, grid, gap=6)
        )
        self._show()

    @property
    def state(self) -> OfferState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: OfferState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        if state.patterns != before.patterns:
            with QSignalBlocker(self.patterns):
                self.patterns.clear()
                for number, words in enumerate(state.patterns, start=1):
                    self.patterns.addItem(f"{number}  {words}" if number <= 9 else words)
        self._show()

    def _show(self) -> None:
        with QSignalBlocker(self.patterns):
            self.patterns.setCurrentRow(self._state.chosen)
        self.notice.setText(self._state.notice)
        self.notice.setVisible(bool(self._state.notice))
        for mode, made in self.modes.items():
            made.setChecked(mode is self._state.mode)
            advise(made, on=mode is self._state.mode)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chose.emit(row)
