"""How long bouts, pauses and the parts of an attempt are: a form that speaks one `Lengths`."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFormLayout, QWidget

from host.clinic.plan import BOUT_S, HOLD_S, PAUSE_S, REST_S, RISE_S
from host.feedback.clinic.controls import label
from host.feedback.clinic.plan_state import Lengths, attempts_words
from host.feedback.review.slider import NumberSlider
from host.translation import tr


class LengthsForm(QWidget):
    """Five sliders, and how many attempts a bout has room for."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.bout = _seconds(tr("Bout"), BOUT_S, 10.0)
        self.pause = _seconds(tr("Rest between bouts"), PAUSE_S, 10.0)
        self.rise = _seconds(tr("Slow rise"), RISE_S, 0.5)
        self.hold = _seconds(tr("Hold"), HOLD_S, 0.5)
        self.rest = _seconds(tr("Release and rest"), REST_S, 1.0)
        self.room = label(kind="faint")
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for name, slider in (
            (tr("Bout"), self.bout),
            (tr("Rest between"), self.pause),
            (tr("Slow rise"), self.rise),
            (tr("Hold"), self.hold),
            (tr("Release, rest"), self.rest),
        ):
            rows.addRow(name, slider)
            slider.valueChanged.connect(self._tell)
        rows.addRow(self.room)

    def value(self) -> Lengths:
        """Return the lengths; together they may leave no room for an attempt."""
        return Lengths(
            bout_s=self.bout.value(),
            pause_s=self.pause.value(),
            rise_s=self.rise.value(),
            hold_s=self.hold.value(),
            rest_s=self.rest.value(),
        )

    def setValue(self, lengths: Lengths) -> None:
        """Show these lengths."""
        self.blockSignals(True)  # noqa: FBT003  Qt's own way
        self.bout.setValue(lengths.bout_s)
        self.pause.setValue(lengths.pause_s)
        self.rise.setValue(lengths.rise_s)
        self.hold.setValue(lengths.hold_s)
        self.rest.setValue(lengths.rest_s)
        self.blockSignals(False)  # noqa: FBT003
        self.room.setText(attempts_words(self.value()))

    def _tell(self) -> None:
        self.room.setText(attempts_words(self.value()))
        self.valueChanged.emit()


def _seconds(name: str, limits: tuple[float, float], step: float) -> NumberSlider:
    return NumberSlider(name, *limits, step, written="{:g} s")
