"""The patient page: side, confirmed synkinesis, botulinum toxin, notes, and the sessions so far."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QListWidgetItem, QPlainTextEdit, QSizePolicy, QVBoxLayout

from calibration.muscles import Side
from host.clinic.patient import Confirmation, Patient
from host.errors import HostError
from host.feedback.clinic.appointment import next_step
from host.feedback.clinic.botulinum_form import BotulinumForm, given_words
from host.feedback.clinic.choices import Choices
from host.feedback.clinic.controls import advise, button, card, column, label, name_button, scrolled
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.sessions_state import session_rows
from host.feedback.clinic.steps import Step
from host.feedback.review.choice import Choice
from host.translation import mark, told, told_error, tr

if TYPE_CHECKING:
    from host.feedback.clinic.appointment import Appointment


_FOLDER = Qt.ItemDataRole.UserRole
_GROWS = QSizePolicy.Policy.Expanding
NOTES_PX = 90
"""The notes are at least so high; they take what height there is."""


class PatientPage(Page):
    """Speaks one `Patient`; nothing counts before it is saved."""

    step = Step.PATIENT
    acts: ClassVar[dict[Act, str]] = {
        Act.ACCEPT: mark("Save the entry; in the list of sessions, open one"),
        Act.NEXT: mark("On, to the plan"),
    }
    leaving: ClassVar[str] = mark("Leave without saving")
    kept: ClassVar[str] = mark("Changes since the last save are lost.")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Patient"))
        self._patient: Patient | None = None
        self._saved: Patient | None = None
        self.confirmed = label()
        self.side, self.notes = Choice(), QPlainTextEdit()
        self.side.setAccessibleName(tr("Affected side, the patient's own"))
        self.side.addItem(tr("Left side is affected"), Side.LEFT)
        self.side.addItem(tr("Right side is affected"), Side.RIGHT)
        self.notes.setAccessibleName(tr("Notes, without names"))
        self.notes.setPlaceholderText(tr("Notes, without names"))
        self.notes.setTabChangesFocus(True)
        self.notes.setSizePolicy(_GROWS, QSizePolicy.Policy.Ignored)
        self.notes.setMinimumHeight(NOTES_PX)
        self.confirm = button(tr("I confirm synkinesis"), self._confirm)
        self.toxins, self.toxin = Choices(tr("Botulinum toxin so far"), most=3), BotulinumForm()
        self.add_toxin = button(tr("Add"), self._add_toxin)
        self.drop_toxin = button(tr("Take away"), self._drop_toxin)
        self.sessions, self.none = Choices(tr("Sessions so far")), label(tr("None yet."), "faint")
        self.open = button(tr("Open the session"), self.open_session)
        self.sessions.itemDoubleClicked.connect(lambda _item: self.open_session())
        self.save = button(tr("Save"), self.save_patient, Act.ACCEPT)
        self.on = button(tr("On"), lambda: self.desk.go(Step.PLAN), Act.NEXT)
        self.side.activated.connect(
            lambda _at: self._take(replace(self.value(), affected=self.side.currentData()))
        )
        self.notes.textChanged.connect(self._change_notes)
        self._arrange()

    def value(self) -> Patient:
        """Return the entry as the page shows it."""
        if self._patient is None:
            raise ValueError("no patient is shown")
        return self._patient

    def setValue(self, patient: Patient) -> None:
        """Show an entry."""
        self._patient = patient
        self.side.setCurrentIndex(self.side.findData(patient.affected))
        if self.notes.toPlainText() != patient.notes:
            self.notes.setPlainText(patient.notes)
        self._show()

    def enter(self, appointment: Appointment) -> None:
        """Show the patient who is here."""
        if appointment.patient is None:
            return
        self._saved = appointment.patient
        self.setValue(appointment.patient)
        try:
            listing = self.desk.clinic.sessions(appointment.patient.code)
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self.sessions.clear()
        for row in session_rows(listing.found):
            item = QListWidgetItem(row.words)
            item.setData(_FOLDER, row.folder)
            self.sessions.addItem(item)
        self.sessions.setCurrentRow(0)
        self.none.setHidden(bool(listing.found))
        for part in (self.sessions, self.open):
            part.setVisible(bool(listing.found))
        if listing.damaged:
            self.desk.say(" ".join(map(told, listing.damaged)))

    def obey(self, pressed: Pressed) -> None:
        """Save, or go on; in the list of sessions, open one."""
        if pressed.act is Act.ACCEPT and self.sessions.hasFocus():
            self.open_session()
        elif pressed.act is Act.ACCEPT:
            self.save_patient()
        else:
            self.desk.go(next_step(self.desk.appointment, (Step.PLAN,)) or Step.PLAN)

    def holding(self) -> str:
        """Say so where something is not saved."""
        if self._patient == self._saved:
            return ""
        return tr("The patient's entry was changed and is not saved.")

    def open_session(self) -> None:
        """Open the session that is chosen in the list, in a window of its own."""
        item = self.sessions.currentItem()
        if item is not None:
            self.desk.open_recording(item.data(_FOLDER))

    def save_patient(self) -> None:
        """Save the entry as its next version."""
        now = self.desk.appointment
        if self._patient is None or self._patient == self._saved:
            return
        try:
            saved = self.desk.clinic.save(self._patient, by=now.therapist, why=tr("patient page"))
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self._saved = saved
        self.setValue(saved)
        self.desk.say(tr("Saved."))
        self.desk.renew(replace(now, patient=saved))

    def _confirm(self) -> None:
        """Take the therapist's word, by name and day (P16); or take it back."""
        now, patient = self.desk.appointment, self.value()
        word = Confirmation(therapist=now.therapist, day=now.day)
        self._take(replace(patient, synkinesis=None if patient.synkinesis else word))

    def _add_toxin(self) -> None:
        try:
            given = self.toxin.value()
        except ValueError:
            self.desk.say(tr("Tick the muscles that it was given into; units are a number."))
            return
        all_given = sorted((*self.value().botulinum, given), key=lambda one: one.day)
        self.toxin.clear()
        self._take(replace(self.value(), botulinum=tuple(all_given)))

    def _drop_toxin(self) -> None:
        row = self.toxins.currentRow()
        kept = tuple(one for at, one in enumerate(self.value().botulinum) if at != row)
        self._take(replace(self.value(), botulinum=kept))

    def _change_notes(self) -> None:
        if self._patient is None or self.notes.toPlainText() == self._patient.notes:
            return
        try:
            self._take(replace(self.value(), notes=self.notes.toPlainText()))
        except ValueError as error:
            self.desk.say(tr("The notes are too long: {}.").format(told_error(error)))

    def _take(self, patient: Patient) -> None:
        self._patient = patient
        self._show()

    def _show(self) -> None:
        """Show what no field shows."""
        patient = self.value()
        word = patient.synkinesis
        self.confirmed.setText(
            tr("Synkinesis is confirmed by {}.").format(word.words)
            if word
            else tr("Nobody has confirmed synkinesis yet. Without it there is no practice.")
        )
        name_button(self.confirm, tr("Take it back") if word else tr("I confirm synkinesis"))
        advise(self.confirm, on=word is None)
        self.toxins.clear()
        for given in patient.botulinum:
            self.toxins.addItem(QListWidgetItem(given_words(given)))
        self.toxins.setVisible(bool(patient.botulinum))
        self.toxins.updateGeometry()
        self.drop_toxin.setVisible(bool(patient.botulinum))
        unsaved = patient != self._saved
        self.save.setEnabled(unsaved)
        advise(self.save, on=unsaved)
        advise(self.on, on=not unsaved and word is not None)

    def _arrange(self) -> None:
        foot, row = QHBoxLayout(), QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        foot.addWidget(self.on)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(self._left(), 1)
        row.addLayout(self._right(), 1)
        self.setLayout(column(scrolled(row), foot, gap=12))

    def _left(self) -> QVBoxLayout:
        notes = column(label(tr("Notes"), "title"), self.notes)
        notes.setStretch(1, 1)
        made = column(
            card(column(label(tr("Side"), "title"), self.side)),
            card(column(label(tr("Synkinesis"), "title"), self.confirmed, self.confirm)),
            card(notes),
            gap=12,
        )
        made.setStretch(2, 1)
        return made

    def _right(self) -> QVBoxLayout:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.drop_toxin)
        buttons.addWidget(self.add_toxin)
        opening = QHBoxLayout()
        opening.addStretch(1)
        opening.addWidget(self.open)
        sessions = column(
            label(tr("Sessions so far"), "title"), self.none, self.sessions, opening, 0
        )
        sessions.setStretchFactor(self.sessions, 1)
        title = label(tr("Botulinum toxin"), "title")
        made = column(
            card(column(title, self.toxins, self.toxin, buttons)),
            card(sessions),
            gap=12,
        )
        made.setStretch(1, 1)
        return made
