"""Other terms for the session: another line, ceiling, reference or role; what changes, and why."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from calibration.muscles import muscle
from calibration.patterns import Pattern, Role
from host.feedback.review.choice import Choice
from host.feedback.review.slider import NumberSlider
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.session.terms import ceiling_at, line_at, patterns_in, with_role
from host.translation import tr

_ROLES = (Role.QUIET, Role.TOLERATED, Role.TARGET)


class TermsPanel(QWidget):
    """A form that speaks one `WhatIf`."""

    valueChanged = pyqtSignal(object)
    saved = pyqtSignal()

    def __init__(self, opened: Opened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._patterns = patterns_in(opened)
        self._changed: dict[str, Pattern] = {}
        self._asked = next(iter(self._patterns), "")
        watch = opened.watch
        self.line = NumberSlider(self.tr("Line"), 0.05, 1.5, 0.01)
        self.ceiling = NumberSlider(self.tr("Ceiling"), 0.3, 4.0, 0.05)
        self.gentle = NumberSlider(
            self.tr("Gentle reference"),
            0.0,
            80.0,
            1.0,
            written="{:.0f} µV",
            at_least=self.tr("as it was"),
        )
        self.line.setValue(watch.thresholds.enter)
        self.ceiling.setValue(watch.effort.ceiling)
        # What the sliders can show of it: untouched, they change nothing.
        self._line_was, self._ceiling_was = self.line.value(), self.ceiling.value()
        self.roles: dict[str, Choice] = {}
        for code in dict.fromkeys(site.muscle for site in watch.montage.sites if site.muscle):
            self.roles[code] = box = Choice()
            for role in _ROLES:
                box.addItem(tr(role.value), role)
            box.activated.connect(self._change_roles)
        self._roles_title, self.result, self.why = QLabel(), QLabel(), QLabel()
        self.save = QPushButton(self.tr("Save as revision"))
        self.save.setEnabled(False)
        self.save.clicked.connect(self.saved)
        self.undo = QPushButton(self.tr("As it was"))
        self.undo.clicked.connect(lambda: self.setValue(WhatIf()))
        self._arrange()
        for spin in (self.line, self.ceiling, self.gentle):
            spin.valueChanged.connect(self._tell)
        self.show_pattern(self._asked)

    def _arrange(self) -> None:
        """Numbers and what comes of them above; below, to be scrolled, why, and the roles."""
        self.result.setWordWrap(True)
        self.why.setWordWrap(True)
        self.why.setProperty("faint", True)  # noqa: FBT003  Qt's own way
        numbers, roles = QFormLayout(), QFormLayout()
        numbers.setContentsMargins(0, 0, 0, 0)
        roles.setContentsMargins(0, 0, 6, 0)
        for name, slider in (
            (self.tr("Line"), self.line),
            (self.tr("Ceiling"), self.ceiling),
            (self.tr("Gentle is"), self.gentle),
        ):
            numbers.addRow(name, slider)
        roles.addRow(self.why)
        if self.roles:
            roles.addRow(self._roles_title)
        for code, box in self.roles.items():
            roles.addRow(tr(muscle(code).plain), box)
        inside, scrolled = QWidget(), QScrollArea()
        inside.setLayout(roles)
        scrolled.setWidget(inside)
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save)
        buttons.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(numbers)
        column.addWidget(self.result)
        column.addWidget(scrolled, 1)
        column.addLayout(buttons)

    def value(self) -> WhatIf:
        """Return the terms; what was not touched stays as it was."""
        watch = self._opened.watch
        line = self.line.value()
        ceiling = self.ceiling.value()
        return WhatIf(
            thresholds=None if line == self._line_was else line_at(watch.thresholds, line),
            effort=None if ceiling == self._ceiling_was else ceiling_at(watch.effort, ceiling),
            patterns=tuple(self._changed.values()),
            gentle_uv=self.gentle.value() or None,
        )

    def setValue(self, terms: WhatIf) -> None:
        """Show these terms."""
        watch = self._opened.watch
        self.blockSignals(True)  # noqa: FBT003  Qt's own way
        self.line.setValue((terms.thresholds or watch.thresholds).enter)
        self.ceiling.setValue((terms.effort or watch.effort).ceiling)
        self.gentle.setValue(terms.gentle_uv or 0.0)
        self._changed = {one.name: one for one in terms.patterns}
        self.blockSignals(False)  # noqa: FBT003
        self.show_pattern(self._asked)
        self._tell()

    def show_pattern(self, name: str) -> None:
        """Offer the roles in this pattern."""
        asked = self._changed.get(name) or self._patterns.get(name)
        if asked is None:
            return
        self._asked = name
        self._roles_title.setText(tr("Roles in “{}”").format(tr(name)))
        for code, box in self.roles.items():
            box.setCurrentIndex(_ROLES.index(asked.role(code)))

    def show_result(self, sentence: str, why: tuple[str, ...], *, ready: bool) -> None:
        """Show what came of the terms, and why in the attempt under the cursor."""
        self.result.setText(sentence)
        self.why.setText("\n".join(why))
        self.save.setEnabled(ready)

    def _change_roles(self) -> None:
        """Take the roles of the form; a pattern whose roles are as they were is as it was."""
        now = was = self._patterns[self._asked]
        for code, box in self.roles.items():
            now = with_role(now, code, _ROLES[box.currentIndex()])
        self._changed.pop(self._asked, None)
        if now != was:
            self._changed[self._asked] = now
        self._tell()

    def _tell(self) -> None:
        self.valueChanged.emit(self.value())
