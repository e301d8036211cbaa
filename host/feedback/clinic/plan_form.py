"""The plan of a person as a form: electrodes, order, lengths, and the terms of each pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.marks import mark_icon
from host.feedback.clinic.choices import Choices
from host.feedback.clinic.controls import button, card, column, narrow, scrolled
from host.feedback.clinic.lengths_form import LengthsForm
from host.feedback.clinic.pattern_form import PatternForm
from host.feedback.clinic.plan_state import Lengths, enabled, montage_words, with_montage
from host.feedback.review.choice import Choice
from host.feedback.theme import LIGHT, Theme
from host.translation import told_error, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from calibration.montage import Montage
    from calibration.patterns import Pattern
    from host.clinic.plan import Plan


class PlanForm(QWidget):
    """Speaks one `Plan`."""

    valueChanged = pyqtSignal()
    chose = pyqtSignal()
    """Another pattern's terms are shown."""
    refused = pyqtSignal(str)
    """What was asked for cannot be; a sentence why."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._known: Mapping[str, Pattern] = {}
        self._montages: Mapping[str, Montage] = {}
        self._signed: tuple[str, date] | None = None
        self._theme, self._px = LIGHT, 12
        self.montage = Choice()
        self.patterns = Choices(tr("Patterns in the order of practice"))
        narrow(self.montage)
        self.montage.setAccessibleName(tr("Electrodes that the plan is for"))
        self.lengths, self.pattern = LengthsForm(), PatternForm()
        self.earlier = button(tr("Earlier"), lambda: self.move_pattern(-1))
        self.later = button(tr("Later"), lambda: self.move_pattern(1))
        self.montage.activated.connect(self._change_montage)
        self.patterns.currentRowChanged.connect(self._show_pattern)
        self.pattern.ticked.connect(self._enable)
        self.lengths.valueChanged.connect(self._change_lengths)
        self.pattern.valueChanged.connect(
            lambda: self._take(self.value().with_pattern(self.pattern.value()))
        )
        self._arrange()

    def begin(
        self,
        known: Mapping[str, Pattern],
        montages: Mapping[str, Montage],
        signed: tuple[str, date],
    ) -> None:
        """Say which patterns and electrodes there are, and who vouches for a tick, and when."""
        self._known, self._montages, self._signed = known, montages, signed
        self.montage.clear()
        for name, one in montages.items():
            self.montage.addItem(montage_words(one), name)

    def value(self) -> Plan:
        """Return the plan."""
        if self._plan is None:
            raise ValueError("no plan is shown")
        return self._plan

    def setValue(self, plan: Plan) -> None:
        """Show a plan; the pattern that was chosen stays so, by its place."""
        self._plan = plan
        self.montage.setCurrentIndex(self.montage.findData(plan.montage))
        self.lengths.setValue(Lengths.of(plan))
        self.pattern.offer(self._montages.get(plan.montage))
        self._list_patterns(max(self.patterns.currentRow(), 0))

    def step_by(self, step: int) -> None:
        """Choose a pattern further down, or up."""
        row = self.patterns.currentRow() + step
        self.patterns.setCurrentRow(min(max(row, 0), self.patterns.count() - 1))

    def toggle(self) -> None:
        """Tick the chosen pattern, or do not."""
        if self.pattern.isEnabled():
            self._enable(self.pattern.value().enabled is None)

    def move_pattern(self, by: int) -> None:
        """Practise the chosen pattern earlier or later."""
        row = self.patterns.currentRow()
        if 0 <= row + by < len(self.value().patterns):
            self._take(self.value().moved(self.value().patterns[row].name, row + by))
            self._list_patterns(row + by)

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme, self._px = theme, px
        self.patterns.setIconSize(QSize(px, px))
        self.pattern.line.dress(theme, px)
        self._mark_patterns()

    def _list_patterns(self, row: int) -> None:
        """Write the patterns in order, and choose one."""
        names = self.value().patterns
        self.patterns.blockSignals(True)  # noqa: FBT003  Qt's own way
        self.patterns.clear()
        for _ in names:
            self.patterns.addItem(QListWidgetItem())
        self._mark_patterns()
        self.patterns.setCurrentRow(min(row, len(names) - 1))
        self.patterns.blockSignals(False)  # noqa: FBT003
        self._show_pattern(self.patterns.currentRow())

    def _mark_patterns(self) -> None:
        """Give each pattern its sign: a tick where it is practised, a ring where it is not."""
        for row, one in enumerate(() if self._plan is None else self._plan.patterns):
            item = self.patterns.item(row)
            if item is not None:
                item.setText(tr(one.name))
                sign = Mark.GOOD if one.enabled else Mark.AHEAD
                item.setIcon(mark_icon(sign, self._theme, self._px))
                said = tr("practised") if one.enabled else tr("not practised")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tr(one.name)}, {said}")

    def _show_pattern(self, row: int) -> None:
        shown = 0 <= row < len(self.value().patterns)
        self.pattern.setEnabled(shown)
        if shown:
            one = self.value().patterns[row]
            self.pattern.setValue(one, self._known.get(one.name))
            self.chose.emit()

    def _enable(self, on: bool) -> None:  # noqa: FBT001  Qt's own way
        """Take a tick as the therapist's word that the pattern is right for this person (P16)."""
        if self._signed is not None:
            by, day = self._signed
            changed = enabled(self.pattern.value(), by, day, on=on)
            self.pattern.setValue(changed)
            self._take(self.value().with_pattern(changed))
            self._mark_patterns()

    def _change_lengths(self) -> None:
        try:
            self._take(self.lengths.value().on(self.value()))
        except ValueError as error:
            self.refused.emit(tr("These lengths do not go together: {}.").format(told_error(error)))

    def _change_montage(self, _at: int) -> None:
        montage = self._montages[str(self.montage.currentData())]
        self.setValue(with_montage(self.value(), montage, self._known))
        self.valueChanged.emit()

    def _take(self, plan: Plan) -> None:
        self._plan = plan
        self.valueChanged.emit()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(self._left(), 4)
        row.addWidget(scrolled(column(card(column(self.pattern)))), 5)

    def _left(self) -> QVBoxLayout:
        moving = QHBoxLayout()
        moving.addWidget(self.earlier)
        moving.addWidget(self.later)
        moving.addStretch(1)
        left = column(self.montage, self.patterns, moving, card(column(self.lengths)), gap=10)
        left.setStretchFactor(self.patterns, 1)
        return left
