"""The plan page: what this person practises, saved under the therapist's name and day (P16)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from host.clinic.first_plan import first_plan
from host.errors import HostError
from host.feedback.clinic.appointment import gate, next_step
from host.feedback.clinic.controls import advise, button, column, label, name_button, scrolled
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.line_form import LIMITS
from host.feedback.clinic.line_state import line_state
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.plan_form import PlanForm
from host.feedback.clinic.plan_state import with_montage
from host.feedback.clinic.receiving import planned
from host.feedback.clinic.recent import Recent
from host.feedback.clinic.steps import Step
from host.session.own_tables import known_montages
from host.session.plan_terms import known_patterns
from host.translation import mark, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from host.clinic.plan import Plan
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.theme import Theme

FIRST_MONTAGE = "face-8"
LOOK_MS = 300
"""So often it is looked whether more attempts are known."""
FINEST = 0.05
"""No line is proposed below this while nothing is known of today's noise."""


class PlanPage(Page):
    """Nothing counts before it is saved; each save is a version of its own."""

    step = Step.PLAN
    acts: ClassVar[Mapping[Act, str]] = {
        Act.START_STOP: mark("Tick the pattern, or do not"),
        Act.ACCEPT: mark("Save the plan"),
        Act.UP: mark("The pattern above"),
        Act.DOWN: mark("The pattern below"),
        Act.NEXT: mark("On, once it is saved"),
    }
    leaving: ClassVar[str] = mark("Leave without saving")
    kept: ClassVar[str] = mark("Changes since the last save are lost.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Plan"))
        self._saved: Plan | None = None
        self._begun: Plan | None = None
        self.recent = Recent(())
        self.form, self.gate = PlanForm(), label()
        self.save = button(tr("Save the plan"), self.save_plan, Act.ACCEPT)
        self.undo = button(tr("As it was"), self._show_saved)
        self.on = button(tr("On"), self._go_on, Act.NEXT)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.show_recent)
        self.form.valueChanged.connect(self._tell)
        self.form.valueChanged.connect(self.show_recent)
        self.form.chose.connect(self.show_recent)
        self.form.refused.connect(desk.say)
        self._arrange()

    @property
    def first(self) -> QWidget:
        """The list of patterns."""
        return self.form.patterns

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.form.dress(theme, px)

    def enter(self, appointment: Appointment) -> None:
        """Show the plan of the patient, or one to begin with."""
        if appointment.patient is None:
            return
        self._saved = appointment.plan
        known, montages = known_patterns(appointment.own_patterns), known_montages()
        self.form.begin(known, montages, (appointment.therapist, appointment.day))
        montage = appointment.montage or montages[FIRST_MONTAGE]
        plan = appointment.plan or first_plan(appointment.patient, montage, known.values())
        # One for the other side is refused by the gate until it is saved for this one.
        plan = replace(plan, affected=appointment.patient.affected)
        self._begun = with_montage(plan, montage, known)
        self.form.setValue(self._begun)
        self._tell()
        self.recent = Recent(self._sessions(appointment.patient.code))
        self.recent.start()
        self._timer.start()

    def follow(self, appointment: Appointment) -> None:
        """Say what the plan allows."""
        self._tell_gate(appointment)

    def obey(self, pressed: Pressed) -> None:
        """Save, go on, tick, or choose another pattern."""
        if pressed.act is Act.ACCEPT:
            self.save_plan()
        elif pressed.act is Act.START_STOP:
            self.form.toggle()
        elif pressed.act is Act.NEXT:
            self._go_on()
        else:
            self.form.step_by(-1 if pressed.act is Act.UP else 1)

    def holding(self) -> str:
        """Say so where something that somebody changed is not saved."""
        changed = self._begun is not None and self.form.value() != self._begun
        return tr("The plan was changed and is not saved.") if changed else ""

    def leave(self) -> None:
        """Look for no more attempts."""
        self._timer.stop()
        self.recent.give_up()

    def save_plan(self) -> None:
        """Save it as the next version, dated and signed."""
        now, plan = self.desk.appointment, self.form.value()
        if plan == self._saved:
            return
        try:
            saved = self.desk.clinic.save_plan(plan, by=now.therapist, why=tr("plan page"))
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self._saved = self._begun = saved
        self.form.setValue(saved)
        self.desk.say(tr("Saved as version {}.").format(saved.version))
        self.desk.renew(planned(now, saved))
        self._tell()

    def show_recent(self) -> None:
        """Show the line among the attempts that are known by now."""
        one, recent = self.form.pattern.value(), self.recent
        self.form.pattern.line.state = line_state(
            one, recent.of(one.name), FINEST, limits=LIMITS, busy=recent.busy
        )

    def _sessions(self, code: str) -> tuple[Path, ...]:
        """Return the folders of the patient's sessions, oldest first."""
        try:
            return tuple(one.folder for one in self.desk.clinic.sessions(code).found)
        except HostError as error:
            self.desk.say(told_error(error))
            return ()

    def _show_saved(self) -> None:
        if self._begun is not None:
            self.form.setValue(self._begun)
            self._tell()

    def _go_on(self) -> None:
        now = self.desk.appointment
        step = next_step(now, (Step.ELECTRODES, Step.CALIBRATE, Step.PRACTISE))
        self.desk.go(step or Step.ELECTRODES)

    def _tell(self) -> None:
        """Show whether something is to be saved, and what the plan allows."""
        plan = self.form.value()
        unsaved = plan != self._saved
        self.save.setEnabled(unsaved)
        self.undo.setEnabled(plan != self._begun)
        advise(self.save, on=unsaved)
        advise(self.on, on=not unsaved)
        version = 0 if self._saved is None else self._saved.version
        words = tr("Save as version {}").format(version + 1) if unsaved else tr("Saved")
        name_button(self.save, words, Act.ACCEPT if unsaved else None)
        self._tell_gate(self.desk.appointment)

    def _tell_gate(self, now: Appointment) -> None:
        if self._begun is None:
            return
        if self.form.value() == self._saved:
            said = gate(now).said
            self.gate.setText("\n".join(said[:2]) or tr("Practice may begin from this plan."))
        else:
            self.gate.setText(
                tr("What is ticked is practised: you vouch for each, by name and day.")
            )

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.gate, 1)
        for made in (self.undo, self.save, self.on):
            foot.addWidget(made)
        self.setLayout(column(scrolled(column(self.form)), foot, gap=12))
