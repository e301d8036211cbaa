"""The terms of one pattern: feedback, line, ceiling, roles, touch; speaks one `PlannedPattern`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFormLayout, QGridLayout, QLabel, QWidget

from calibration.muscles import muscle
from calibration.patterns import Pattern, Role
from host.clinic.plan import FeedbackMode, PlannedPattern
from host.feedback.clinic.controls import column, label
from host.feedback.clinic.line_form import LineForm
from host.feedback.clinic.plan_state import (
    ABOUT_MODES,
    MODES,
    ROLES,
    role_of,
    touched,
    with_role,
    with_touch,
)
from host.feedback.clinic.tick import Tick
from host.feedback.review.choice import Choice
from host.feedback.review.slider import NumberSlider
from host.session.plan_edits import with_line
from host.translation import tr

if TYPE_CHECKING:
    from calibration.montage import Montage

_ROLES = (Role.TARGET, Role.QUIET, Role.TOLERATED)


class PatternForm(QWidget):
    """A form of one pattern; `offer` says which muscles have an electrode."""

    valueChanged = pyqtSignal()
    ticked = pyqtSignal(bool)
    """A therapist holds the pattern right for this person, or does not any more."""

    def __init__(self) -> None:
        super().__init__()
        self._value = PlannedPattern(name="–")
        self._plain = Pattern(name="–", prompt="–")
        self.title, self.prompt = label(kind="title"), label(kind="faint")
        self.mode, self.about_mode = Choice(), label(kind="faint")
        self.mode.setAccessibleName(tr("Feedback"))
        for mode, words in MODES.items():
            self.mode.addItem(tr(words), mode)
        self.enabled, self.by = (
            Tick(tr("Practised: it is right for this person")),
            label(kind="faint"),
        )
        self.enabled.clicked.connect(self.ticked)
        self.line = LineForm()
        self.ceiling = NumberSlider(
            tr("Effort ceiling"), 0.25, 3.0, 0.05, written="{:.0%}", at_least=tr("as calibrated")
        )
        self.share = NumberSlider(
            tr("Share of attempts with feedback"), 0.0, 1.0, 0.05, written="{:.0%}"
        )
        self._grid = QGridLayout()
        self.roles: dict[str, Choice] = {}
        self.touches: dict[str, Tick] = {}
        self._arrange()
        self.mode.activated.connect(self._change_mode)
        self.line.valueChanged.connect(lambda line: self._take(with_line(self._value, line)))
        self.ceiling.valueChanged.connect(self._change_ceiling)
        self.share.valueChanged.connect(
            lambda share: self._take(replace(self._value, faded_share=share))
        )

    def value(self) -> PlannedPattern:
        """Return the terms; what no control shows is kept."""
        return self._value

    def setValue(self, planned: PlannedPattern, plain: Pattern | None = None) -> None:
        """Show these terms; `plain` is the pattern without a plan, where it is another one."""
        self._plain = plain or self._plain
        self._value = planned
        for part in (self.ceiling, self.share):
            part.blockSignals(True)  # noqa: FBT003  Qt's own way
        self.line.setValue(planned.line)
        self.ceiling.setValue(planned.ceiling or 0.0)
        self.share.setValue(planned.faded_share)
        for part in (self.ceiling, self.share):
            part.blockSignals(False)  # noqa: FBT003
        self._show()

    def offer(self, montage: Montage | None) -> None:
        """Offer a role to each muscle under an electrode."""
        codes = () if montage is None else (site.muscle for site in montage.sites if site.muscle)
        wanted = tuple(dict.fromkeys(codes))
        if wanted == tuple(self.roles):
            return
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        self.roles, self.touches = {}, {}
        for row, code in enumerate(wanted):
            self._add_row(row, code)

    def _add_row(self, row: int, code: str) -> None:
        name = tr(muscle(code).plain)
        roles, touch = Choice(), Tick(tr("touch"))
        roles.setAccessibleName(tr("Role of {}").format(name))
        touch.setAccessibleName(tr("Touch {}").format(name))
        for role in _ROLES:
            roles.addItem(tr(ROLES[role]), role)
        roles.activated.connect(
            lambda at, code=code: self._take(with_role(self._value, code, _ROLES[at], self._plain))
        )
        touch.clicked.connect(
            lambda on, code=code: self._take(with_touch(self._value, code, self._plain, on=on))
        )
        self._grid.addWidget(QLabel(name), row, 0)
        self._grid.addWidget(roles, row, 1)
        self._grid.addWidget(touch, row, 2)
        self.roles[code], self.touches[code] = roles, touch

    def _arrange(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._rows = QFormLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addRow(tr("Feedback"), self.mode)
        self._rows.addRow("", self.about_mode)
        self._rows.addRow(tr("With bars in"), self.share)
        self._rows.addRow(tr("Ceiling"), self.ceiling)
        self._rows.addRow(tr("Quiet line"), self.line)
        muscles = column(self._grid, 1)
        whole = column(self.title, self.prompt, self.enabled, self.by, self._rows, muscles, gap=10)
        whole.setStretchFactor(muscles, 1)
        self.setLayout(whole)

    def _change_mode(self, _at: int) -> None:
        self._take(replace(self._value, mode=self.mode.currentData()))

    def _change_ceiling(self, ceiling: float) -> None:
        lowest = ceiling <= 0.25
        self._take(replace(self._value, ceiling=None if lowest else ceiling))

    def _take(self, planned: PlannedPattern) -> None:
        self._value = planned
        self._show()
        self.valueChanged.emit()

    def _show(self) -> None:
        """Show what no slider shows."""
        planned, plain = self._value, self._plain
        name = tr(planned.name)
        self.title.setText(name[:1].upper() + name[1:])
        self.prompt.setText(f"“{tr(plain.prompt)}”")
        self.enabled.setChecked(planned.enabled is not None)
        self.by.setText(
            tr("by {}").format(planned.enabled.words)
            if planned.enabled
            else tr("Nobody has enabled it for this person.")
        )
        self.mode.setCurrentIndex(self.mode.findData(planned.mode))
        self.about_mode.setText(tr(ABOUT_MODES[planned.mode]))
        self._rows.setRowVisible(self.share, planned.mode is FeedbackMode.FADED)
        cues = touched(planned, plain)
        for code, roles in self.roles.items():
            roles.setCurrentIndex(_ROLES.index(role_of(planned, code, plain)))
            self.touches[code].setChecked(code in cues)
