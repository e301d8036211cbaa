"""The rail: the steps of an appointment, each with a sign of its own for how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout

from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.marks import mark_icon
from host.feedback.clinic.appointment import standing
from host.feedback.clinic.controls import dress_anew
from host.feedback.clinic.steps import Standing, Step, StepState
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PyQt6.QtWidgets import QWidget

    from host.feedback.clinic.appointment import Appointment
    from host.feedback.theme import Theme

WIDTH = 11.0
"""Of the rail, in sizes of its letters."""
_SIGNS = {
    StepState.DONE: Mark.GOOD,
    StepState.READY: Mark.AHEAD,
    StepState.NOT_YET: Mark.SKIPPED,
    StepState.ATTENTION: Mark.FINDING,
}


class Rail(QFrame):
    """Shows how each step stands; tells which was chosen."""

    chose = pyqtSignal(object)
    """A `Step`; whether it is possible is not decided here."""

    def __init__(self, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("Steps of the appointment"))
        self._standings: dict[Step, Standing] = {}
        self._now: Step | None = None
        self._theme: Theme | None = None
        self._px = 12
        self.who = QLabel()
        self.who.setProperty("title", True)  # noqa: FBT003  Qt's own way
        self.who.setTextFormat(Qt.TextFormat.PlainText)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons = {step: self._button(step) for step in steps}
        self.foot = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.who)
        for made in self.buttons.values():
            self._column.addWidget(made)
        self._column.addStretch(1)
        self._column.addLayout(self.foot)

    def show_appointment(self, appointment: Appointment, now: Step | None) -> None:
        """Show how the steps stand, and which is open."""
        self._now = now
        patient = appointment.patient
        self.who.setText("" if patient is None else patient.code)
        for step, made in self.buttons.items():
            stands = standing(step, appointment)
            made.setChecked(step is now)
            if self._standings.get(step) != stands:
                self._standings[step] = stands
                self._write(step, stands)

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme, self._px = theme, px
        self.setFixedWidth(round(WIDTH * px))
        self._column.setContentsMargins(px // 2, px, px // 2, px)
        self._column.setSpacing(px // 4)
        self.who.setContentsMargins(px, 0, 0, px // 2)
        for step, stands in self._standings.items():
            self._write(step, stands)

    def _button(self, step: Step) -> QPushButton:
        made = QPushButton(tr(step.value))
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _on: self._choose(step))
        self._group.addButton(made)
        return made

    def _choose(self, step: Step) -> None:
        """Tell it; the button is pressed down only once the step is open."""
        if self._now in self.buttons:
            self.buttons[self._now].setChecked(True)
        self.chose.emit(step)

    def _write(self, step: Step, stands: Standing) -> None:
        made = self.buttons[step]
        made.setToolTip(stands.why)
        made.setProperty("faint", not stands.possible)
        dress_anew(made)
        words = f"{tr(step.value)}, {tr(stands.state.value)}"
        made.setAccessibleName(f"{words}. {stands.why}" if stands.why else words)
        if self._theme is not None:
            made.setIcon(mark_icon(_SIGNS[stands.state], self._theme, self._px))
            made.setIconSize(QSize(self._px, self._px))
