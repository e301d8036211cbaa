"""What can be done before a calibration runs: a whole one, a short check, or go on with today's."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from host.feedback.clinic.calibrate_state import Offered
from host.feedback.clinic.controls import advise, button, column, label, name_button
from host.feedback.clinic.keys import Act
from host.translation import tr


class BeforeCalibrating(QWidget):
    """Shows `Offered`; decides nothing."""

    whole_wanted = pyqtSignal()
    check_wanted = pyqtSignal()
    keep_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.about = label()
        self.whole = button("", self.whole_wanted.emit, Act.START_STOP)
        self.check = button("", self.check_wanted.emit)
        self.keep = button("", self.keep_wanted.emit)
        row = QHBoxLayout()
        for made in (self.whole, self.check, self.keep):
            row.addWidget(made)
        row.addStretch(1)
        text = label(
            tr(
                "Rest twice, a check of the sides, then each muscle gently: about 2 of 10. The "
                "program leads through it and says what each step is for. It is recorded."
            )
        )
        title = label(tr("Calibrate"), "large")
        self.setLayout(column(1, title, text, self.about, row, 2, gap=20))

    def show_offer(self, offer: Offered, *, advised: bool) -> None:
        """Write on the buttons what each does, and hide what cannot be done."""
        name_button(self.whole, offer.whole, Act.START_STOP)
        for made, words in ((self.check, offer.check), (self.keep, offer.keep)):
            name_button(made, words)
            made.setVisible(bool(words))
        advise(self.whole, on=advised)
        self.about.setText(offer.about)
