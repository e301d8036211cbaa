"""The end of an appointment: what was recorded, and that everything is closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtWidgets import QHBoxLayout

from host.feedback.clinic.controls import advise, button, column, label
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.steps import Step
from host.translation import mark, tr

if TYPE_CHECKING:
    from host.feedback.clinic.appointment import Appointment


def ending_words(now: Appointment) -> tuple[str, ...]:
    """Return what is to be said at the end, a sentence each."""
    said = [tr("The board is closed; nothing is measured any more.")]
    if now.profile is not None:
        said.append(tr("Today's calibration is kept."))
    if now.sessions:
        names = ", ".join(folder.name for folder in now.sessions)
        said.append(tr("Recorded: {}.").format(names))
    else:
        said.append(tr("No practice was recorded today."))
    said.append(tr("Take the electrodes off gently, and give the skin a rest."))
    return tuple(said)


class EndPage(Page):
    """Says that it is over, and goes back to the patients."""

    step = Step.END
    acts: ClassVar[dict[Act, str]] = {Act.ACCEPT: mark("Back to the patients")}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("End"))
        self.said = label()
        self.home = button(tr("Back to the patients"), desk.go_home, Act.ACCEPT)
        advise(self.home, on=True)
        row = QHBoxLayout()
        row.addWidget(self.home)
        row.addStretch(1)
        self.setLayout(
            column(1, label(tr("That was all for today"), "large"), self.said, row, 2, gap=24)
        )

    def enter(self, appointment: Appointment) -> None:
        """Take the appointment as ended."""
        self.said.setText("\n\n".join(ending_words(appointment)))
        self.desk.renew(replace(appointment, ended=True))

    def obey(self, pressed: Pressed) -> None:
        """Go back to the patients."""
        if pressed.act is Act.ACCEPT:
            self.desk.go_home()
