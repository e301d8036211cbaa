"""The question who leaves a channel out, and why: it speaks one `Exclusion`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from host.feedback.clinic.controls import advise, button, column, label
from host.feedback.clinic.keys import Act
from host.recording.manifest import utc_now
from host.session.contacting.exclusion import Exclusion
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable


class ExclusionForm(QWidget):
    """Asks for who and why; `value` refuses to leave a channel out without them."""

    accepted = pyqtSignal()
    left = pyqtSignal()
    """Nothing is to be left out after all."""

    def __init__(self, parent: QWidget | None = None, *, now: Callable[[], str] = utc_now) -> None:
        super().__init__(parent)
        self._now = now
        self._channel, self._name = 0, ""
        self.title = label(kind="title")
        self.reason, self.by = QLineEdit(), QLineEdit()
        self.reason.setAccessibleName(tr("Why it is left out"))
        self.reason.setPlaceholderText(tr("why, in a few words"))
        self.by.setAccessibleName(tr("Code of the therapist who decides it"))
        self.by.setPlaceholderText(tr("therapist"))
        self.accept = button(tr("Leave it out"), self.accepted.emit, Act.ACCEPT)
        self.cancel = button(tr("Do not"), self.left.emit)
        advise(self.accept, on=True)
        self._arrange()

    def ask(self, channel: int, name: str, *, by: str, reason: str) -> None:
        """Begin with what is likely; `name` is as on record, and shown as it is spoken."""
        self._channel, self._name = channel, name
        words = tr("Leave out “{name}”? Nothing of it is shown or scored until it is taken back.")
        self.title.setText(words.format(name=tr(name)))
        self.setAccessibleName(self.title.text())
        self.reason.setText(reason)
        self.by.setText(by)
        self.reason.selectAll()
        self.reason.setFocus()

    def value(self) -> Exclusion:
        """Return what was decided, of this moment; ValueError where who or why is missing."""
        return Exclusion(
            channel=self._channel,
            name=self._name,
            by=self.by.text().strip(),
            reason=self.reason.text().strip(),
            utc=self._now(),
        )

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.reason, 4)
        row.addWidget(self.by, 1)
        row.addWidget(self.accept)
        row.addWidget(self.cancel)
        self.setLayout(column(self.title, row, gap=6))
