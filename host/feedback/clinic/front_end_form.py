"""What stands between the skin and an Arduino board: a form that speaks a `FrontEnd`, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from host.acquisition.front_end import FRONT_ENDS, find_front_end
from host.errors import SettingsError
from host.feedback.clinic.controls import column, label, narrow
from host.feedback.review.choice import Choice
from host.translation import tr

if TYPE_CHECKING:
    from host.acquisition.front_end import FrontEnd

OTHER = "gain"
"""Stands for a front end that nobody knows by name."""
_EMG_HZ = 100.0
"""A low-pass below this leaves hardly any of facial EMG (T4: 20 to 500 Hz)."""


class FrontEndForm(QWidget):
    """Choose a front end; the board's own memory, where nobody says otherwise."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.choice, self.gain = Choice(), QLineEdit()
        self.remark = label(kind="faint")
        self.choice.addItem(tr("As the board has kept it"), "")
        for one in FRONT_ENDS:
            self.choice.addItem(tr(one.title), one.name)
        self.choice.addItem(tr("Another one, by its gain"), OTHER)
        self.choice.setAccessibleName(tr("Front end: what is before the board's inputs"))
        narrow(self.choice)
        self.gain.setAccessibleName(tr("Gain of the front end"))
        self.choice.currentIndexChanged.connect(self._name_gain)
        self.gain.textEdited.connect(self.valueChanged)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.choice, 7)
        row.addWidget(self.gain, 3)
        self.setLayout(column(label(tr("Front end"), "faint"), row, self.remark, gap=6))
        self._name_gain()

    @property
    def name(self) -> str:
        """The name that was chosen; "" for what the board has kept."""
        return str(self.choice.currentData())

    def value(self) -> FrontEnd | None:
        """Return the front end; None for what the board has kept.

        SettingsError, one sentence, where its gain is missing or means nothing.
        """
        if not self.name:
            return None
        found = find_front_end(self.name, self._gain())
        if found.gain is None:
            raise SettingsError(
                tr(
                    "The gain of this front end is not published: measure it with a known "
                    "voltage, and write it beside its name."
                )
            )
        return found

    def setValue(self, front_end: FrontEnd | None) -> None:
        """Show a front end."""
        if front_end is None:
            self.show_front_end("", "")
            return
        usual = next((one.gain for one in FRONT_ENDS if one.name == front_end.name), None)
        told = front_end.gain is not None and front_end.gain != usual
        self.show_front_end(front_end.name, f"{front_end.gain:g}" if told else "")

    def show_front_end(self, name: str, gain: str) -> None:
        """Show one by name, and its gain as it was written; an unknown name is not shown."""
        at = self.choice.findData(name)
        self.choice.setCurrentIndex(max(at, 0))
        self.gain.setText(gain if at > 0 else "")

    def _gain(self) -> float | None:
        written = self.gain.text().strip().replace(",", ".")
        if not written:
            if self.name == OTHER:
                raise SettingsError(
                    tr("What is the gain of the front end? Write it beside its name.")
                )
            return None
        try:
            return float(written)
        except ValueError:
            raise SettingsError(
                tr("The gain of a front end is a number, not {!r}.").format(written)
            ) from None

    def _name_gain(self) -> None:
        known = next((one for one in FRONT_ENDS if one.name == self.name), None)
        self.gain.setVisible(bool(self.name))
        self.gain.setPlaceholderText(
            tr("Gain")
            if known is None or known.gain is None
            else tr("Gain {:g}").format(known.gain)
        )
        self.remark.setText(_remark(known))
        self.remark.setVisible(bool(self.remark.text()))
        self.valueChanged.emit()


def _remark(known: FrontEnd | None) -> str:
    """Return what a therapist must know of a front end."""
    if known is None:
        return ""
    if known.high_hz is not None and known.high_hz < _EMG_HZ:
        words = tr("With filters up to {:g} Hz hardly any facial EMG is left: change them first.")
        return words.format(known.high_hz)
    return tr(known.remark)
