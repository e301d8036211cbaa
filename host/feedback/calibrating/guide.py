"""The therapist's column: what to say, what is wrong, the steps, the channels, the buttons."""

from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from host.feedback.calibrating.channels_table import ChannelsTable
from host.feedback.calibrating.commands import Commands
from host.feedback.calibrating.guide_state import MINUTES_LEFT, GuideState, Told
from host.feedback.calibrating.steps_list import StepsList
from host.feedback.lettering import sized
from host.feedback.theme import Theme
from host.translation import tr

_SAY_LINES = 3
"""Room that is always there for what to say, so that nothing below it jumps."""
_ROWS = 3
"""Lines of findings that are always seen, as of the list; more of them are scrolled."""
_GAPS = 72
"""Pixels between the parts."""
_BESIDE_FINDINGS = 16
"""Pixels of the line at their left, and of the scroll bar."""


class Guide(QWidget):
    """Show `GuideState`; decide nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = GuideState()
        self._theme = theme
        self._line = 16
        self.title, self.say, self.left = QLabel(), QLabel(), QLabel()
        self.findings = QLabel()
        self.steps = StepsList(theme, self)
        self.channels = ChannelsTable(theme, self)
        self.progress = QProgressBar()
        self.commands = Commands(self)
        self._scrolled = _scrolled(self.findings)
        self._arrange()

    @property
    def state(self) -> GuideState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: GuideState) -> None:
        if state == self._state:
            return
        before, self._state = self._state, state
        _write(self.title, state.title)
        _write(self.say, state.say)
        _write(self.left, state.left)
        self.progress.setValue(round(1000 * state.progress))
        self.steps.show_rows(state.steps)
        self.channels.state = state.channels
        self.commands.offers = state.offers
        if state.findings != before.findings:
            self._show_findings(state.findings)
        if len(state.channels.rows) != len(before.channels.rows):
            self.channels.setFixedHeight(self.channels.wanted_height())

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and the size of letters."""
        self._theme = theme
        self.steps.dress(theme, px)
        self.channels.theme = theme
        self.channels.setFont(sized(self.channels.font(), px))
        self.channels.setFixedHeight(self.channels.wanted_height())
        self._line = self.say.fontMetrics().lineSpacing()
        # Always as wide: the bar beside it must not change its length with the words.
        widest = self.left.fontMetrics().horizontalAdvance(tr(MINUTES_LEFT).format("00"))
        self.left.setFixedWidth(min(widest + 4, round(0.6 * self.width())))
        self.steps.setMinimumHeight(2 * self._line)
        self._show_findings(self._state.findings)

    def _show_findings(self, findings: tuple[Told, ...]) -> None:
        """Write what is wrong, and beneath each what to do about it."""
        beneath = f'<br><span style="color:{self._theme.faint}">{{}}</span>'
        self.findings.setText(
            "<br>".join(
                f"<b>{escape(one.sentence)}</b>"
                + (beneath.format(escape(one.advice)) if one.advice else "")
                for one in findings
            )
        )
        self.findings.setAccessibleName(" ".join(f"{x.sentence} {x.advice}" for x in findings))
        self._make_room(bool(findings))

    def _make_room(self, found: bool) -> None:  # noqa: FBT001
        """Give findings their height; then what is to be said is short."""
        self.say.setFixedHeight((1 if found else _SAY_LINES) * self._line)
        needed = max(0, self.findings.heightForWidth(self.width() - _BESIDE_FINDINGS))
        others = (self.title, self.say, self.channels, self.left, self.commands)
        taken = sum(part.sizeHint().height() for part in others) + self.channels.height()
        room = self.height() - taken - _ROWS * self._line - _GAPS
        self._scrolled.setFixedHeight(min(needed, max(room, _ROWS * self._line)))
        self._scrolled.setVisible(found)

    def _arrange(self) -> None:
        self.title.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self.left.setProperty("faint", True)  # noqa: FBT003
        self.say.setWordWrap(True)
        self.say.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(self.tr("Progress of the calibration"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.say)
        column.addWidget(self._scrolled)
        column.addWidget(self.steps, 1)
        column.addWidget(self.channels)
        column.addSpacing(4)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.left)
        column.addLayout(foot)
        column.addSpacing(4)
        column.addWidget(self.commands)


def _scrolled(label: QLabel) -> QScrollArea:
    """Return a place for a text that may be longer than its room."""
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextFormat(Qt.TextFormat.RichText)
    area = QScrollArea()
    area.setObjectName("findings")
    area.setWidget(label)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.hide()
    return area


def _write(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
