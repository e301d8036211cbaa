"""What the patient says to have felt, keyed in by the therapist: one number a muscle (P6)."""

from functools import partial

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QPushButton, QWidget

from calibration.muscles import muscle
from host.feedback.clinic.controls import button, column, label
from host.translation import tr


class FeltList(QWidget):
    """Muscles by number; the patient's own taps show here too."""

    toggled = pyqtSignal(str)
    """Code of a muscle that was named, or taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self.setLayout(column(label(tr("What moved? As the patient says"), "faint"),
                              self._grid, 1, gap=6))  # fmt: skip

    def show_felt(self, codes: tuple[str, ...], felt: frozenset[str]) -> None:
        """Show muscles from forehead to neck, and which are named."""
        if codes != tuple(self.buttons):
            self._renew(codes)
        for code, made in self.buttons.items():
            if made.isChecked() != (code in felt):
                made.setChecked(code in felt)

    def _renew(self, codes: tuple[str, ...]) -> None:
        for made in self.buttons.values():
            self._grid.removeWidget(made)
            made.deleteLater()
        self.buttons = {}
        for number, code in enumerate(codes):
            words = f"{number + 1}  {tr(muscle(code).plain)}"
            made = button(words, partial(self.toggled.emit, code))
            made.setCheckable(True)
            self.buttons[code] = made
            self._grid.addWidget(made, number // 2, number % 2)
