"""One giving of botulinum toxin: a form that speaks one `Botulinum`."""

from __future__ import annotations

from datetime import date

from PyQt6.QtCore import QDate, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from calibration.muscles import Side, muscle, muscles
from host.clinic.patient import Botulinum
from host.feedback.clinic.controls import column
from host.feedback.clinic.tick import Tick
from host.feedback.review.choice import Choice
from host.feedback.steady import SteadyDate
from host.translation import tr

COLUMNS = 3


def given_words(given: Botulinum) -> str:
    """Say when, where and how much, in the form's own words: "2026-09-01 · right · Cheek, Neck"."""
    sides = {Side.LEFT: tr("left"), Side.RIGHT: tr("right")}
    names = ", ".join(tr(muscle(code).plain) for code in given.muscles)
    units = () if given.units is None else (tr("{:g} units").format(given.units),)
    return " · ".join((given.day.isoformat(), sides[given.side], names, *units))


class BotulinumForm(QWidget):
    """Day, side, muscles, and units where somebody wrote them down."""

    valueChanged = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.day, self.side, self.units = SteadyDate(), Choice(), QLineEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.day.setDate(QDate.currentDate())
        self.day.setAccessibleName(tr("Day of the botulinum toxin"))
        self.side.setAccessibleName(tr("Side of the botulinum toxin"))
        self.side.addItem(tr("left"), Side.LEFT)
        self.side.addItem(tr("right"), Side.RIGHT)
        self.units.setPlaceholderText(tr("units, if known"))
        self.units.setAccessibleName(tr("Units, all muscles together; may stay empty"))
        self.muscles = {code: Tick(tr(one.plain)) for code, one in muscles().items()}
        grid = QGridLayout()
        for number, box in enumerate(self.muscles.values()):
            box.setAccessibleName(tr("Botulinum toxin in {}").format(box.text()))
            grid.addWidget(box, *divmod(number, COLUMNS))
            box.toggled.connect(self.valueChanged)
        head = QHBoxLayout()
        head.addWidget(self.day)
        head.addWidget(self.side)
        head.addWidget(self.units)
        self.setLayout(column(head, grid, gap=6))

    def value(self) -> Botulinum:
        """Return what was given; ValueError where no muscle is named, or the units are none."""
        shown = self.day.date()
        units = self.units.text().strip().replace(",", ".")
        return Botulinum(
            day=date(shown.year(), shown.month(), shown.day()),
            side=self.side.currentData(),
            muscles=tuple(code for code, box in self.muscles.items() if box.isChecked()),
            units=float(units) if units else None,
        )

    def setValue(self, given: Botulinum) -> None:
        """Show what was given."""
        self.day.setDate(QDate(given.day.year, given.day.month, given.day.day))
        self.side.setCurrentIndex(self.side.findData(given.side))
        self.units.setText("" if given.units is None else f"{given.units:g}")
        for code, box in self.muscles.items():
            box.setChecked(code in given.muscles)

    def clear(self) -> None:
        """Empty what differs from one giving to the next."""
        self.units.clear()
        for box in self.muscles.values():
            box.setChecked(False)
