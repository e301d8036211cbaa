"""The foot of the look back: what can be done, and what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from host.feedback.clinic.controls import advise, button, label, name_button
from host.feedback.clinic.keys import Act
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.look_back_choice import Look
    from host.feedback.clinic.look_back_state import LookBackState


class LookBackFoot(QWidget):
    """Buttons that say their keys, and a faint line beside them."""

    asked = pyqtSignal(object)
    """An `Act`."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = label(kind="faint")
        self.again = button(tr("Replay"), lambda: self.asked.emit(Act.ACCEPT), Act.ACCEPT)
        self.over = button("", lambda: self.asked.emit(Act.NEXT), Act.NEXT)
        self.whole = button(tr("Whole recording"), lambda: self.asked.emit(Act.RAW), Act.RAW)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for one in (self.again, self.over, self.whole):
            layout.addWidget(one)
        layout.addWidget(self.doing, 1)

    def show_state(self, state: LookBackState, look: Look, *, recorded: bool) -> None:
        """Show what can be done now; `recorded` is whether there is a recording at all."""
        name_button(self.over, tr(look.next.value), Act.NEXT)
        self.again.setEnabled(state.replays)
        self.whole.setEnabled(recorded)
        advise(self.again, on=state.chip_at is not None)
