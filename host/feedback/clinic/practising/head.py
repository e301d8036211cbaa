"""What stands above the board: pattern, phase, what to say, and calmly what is wrong."""

from html import escape

from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from host.feedback.clinic.controls import column, label
from host.feedback.clinic.practising.head_state import HeadState
from host.feedback.clinic.practising.told import Told
from host.feedback.fitting_label import FittingLabel
from host.feedback.sentences import unbroken
from host.feedback.theme import LIGHT, Theme
from host.translation import tr

STEPS = 200
"""The line of the bout moves in so many steps: a finer one would be painted at every moment."""
_MOST = 2
"""So many troubles are told at once, the gravest first."""


class Head(QWidget):
    """Show `HeadState`; decide nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._state = HeadState()
        self._theme = LIGHT
        self.title, self.phase = FittingLabel(), label(kind="title")
        self.left, self.advice = label(kind="faint"), label()
        self.notice, self.troubles = Told(), Told()
        self.progress = QProgressBar()
        self._arrange()

    @property
    def state(self) -> HeadState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: HeadState) -> None:
        if state == self._state:
            return
        self._state = state
        self.title.say((state.title, *state.shorter))
        for shown, words in (
            (self.phase, state.phase),
            (self.left, state.left),
            (self.advice, unbroken(state.advice)),
        ):
            if shown.text() != words:
                shown.setText(words)
        self.progress.setValue(round(STEPS * state.progress))
        self._tell_troubles()

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours; always as high, so that nothing below jumps."""
        self._theme = theme
        self.advice.setMinimumHeight(2 * self.advice.fontMetrics().lineSpacing())
        for told in (self.notice, self.troubles):
            told.dress(theme, px)
        self._tell_troubles()

    def _tell_troubles(self) -> None:
        """Tell the gravest, with what to do, and how many more there are."""
        state = self._state
        self.notice.tell(escape(state.notice), state.notice)
        troubles = state.troubles[:_MOST]
        more = len(state.troubles) - len(troubles)
        lines = [
            f"<b>{escape(one.sentence)}</b> "
            f'<span style="color:{self._theme.faint}">{escape(one.advice)}</span>'
            for one in troubles
        ]
        if more > 0:
            lines.append(escape(tr("And {more} more.").format(more=more)))
        spoken = " ".join(f"{one.sentence} {one.advice}" for one in troubles)
        self.troubles.tell("<br>".join(lines), spoken)

    def _arrange(self) -> None:
        self.title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(tr("How much of the bout has passed"))
        for right in (self.phase, self.left):
            right.setWordWrap(False)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.title, 1)
        first.addWidget(self.phase)
        second.addWidget(self.advice, 1)
        second.addWidget(self.left)
        made = column(first, self.progress, second, self.notice, self.troubles, gap=6)
        self.setLayout(made)
