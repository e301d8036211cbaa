"""What is asked of an Arduino board: its front end and its converter's reference, as a `Wish`."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from host.acquisition.quietface_mode import Wish
from host.errors import SettingsError
from host.feedback.clinic.controls import column, label
from host.feedback.clinic.front_end_form import FrontEndForm
from host.translation import tr


class ArduinoForm(QWidget):
    """A front end and a reference in volts; what the board has kept, unless somebody says so."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.front_end, self.reference = FrontEndForm(), QLineEdit()
        self.reference.setAccessibleName(
            tr("Converter's reference in volts, as measured at its 5 V pin")
        )
        self.reference.setPlaceholderText(tr("As the board has kept it"))
        self.front_end.valueChanged.connect(self.valueChanged)
        self.reference.textEdited.connect(self.valueChanged)
        row = QHBoxLayout()
        row.addWidget(label(tr("Reference, in volts"), "faint"), 4)
        row.addWidget(self.reference, 6)
        self.setLayout(column(self.front_end, row, gap=6))

    def value(self) -> Wish:
        """Return what is asked for; SettingsError, one sentence, where it means nothing."""
        return Wish(front_end=self.front_end.value(), reference_v=self._reference_v())

    def setValue(self, wish: Wish) -> None:
        """Show what is asked for."""
        self.front_end.setValue(wish.front_end)
        self.reference.setText("" if wish.reference_v is None else f"{wish.reference_v:g}")

    def _reference_v(self) -> float | None:
        written = self.reference.text().strip().lower().removesuffix("v").strip()
        if not written:
            return None
        try:
            return float(written.replace(",", "."))
        except ValueError:
            raise SettingsError(
                tr("The converter's reference is a number of volts, not {!r}.").format(written)
            ) from None
