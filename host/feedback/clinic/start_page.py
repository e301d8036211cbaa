"""The start page: who is here, or learn it without a face, or look at a recording."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QWidget

from calibration.muscles import Side
from calibration.saying import words_of
from host.clinic.listing import Listing
from host.clinic.patient import Patient
from host.errors import HostError
from host.feedback.clinic.appointment import next_step
from host.feedback.clinic.choices import Choices
from host.feedback.clinic.controls import advise, button, card, column, label, name_button, scrolled
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.reach_form import ReachForm
from host.feedback.clinic.receiving import SIMULATED, received, simulated_patient
from host.feedback.clinic.remembered import remember, remembered
from host.feedback.clinic.start_state import patient_rows
from host.feedback.clinic.steps import Step
from host.feedback.review.choice import Choice
from host.feedback.sentences import sentence as as_sentence
from host.translation import mark, told, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.clinic.appointment import Appointment

_CODE = Qt.ItemDataRole.UserRole


class StartPage(Page):
    """Opens an appointment; belongs to no step of it."""

    acts: ClassVar[dict[Act, str]] = {
        Act.ACCEPT: mark("Begin with who is chosen; with nobody in the list, the simulated patient")
    }
    session = pyqtSignal()
    """Somebody wants to look at a recorded session."""
    recording = pyqtSignal()
    """Somebody wants to look at a recording of another program."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Who is here?"))
        self.patients, self.none = Choices(tr("Patients")), label(kind="faint")
        self.damaged = label()
        self.patients.itemDoubleClicked.connect(self._open_item)
        self.open = button(tr("Begin"), self.open_chosen, Act.ACCEPT)
        self.code, self.side, self.therapist = QLineEdit(), Choice(), QLineEdit()
        self.add = button(tr("Add"), self.add_patient)
        self.board = ReachForm()
        self.simulated = button(tr("Simulated patient"), self.open_simulated)
        self.look_back = button(tr("Open a session …"), self.session.emit)
        self.look_into = button(tr("Open a file of another program …"), self.recording.emit)
        self._fill_fields()
        self._arrange()

    @property
    def first(self) -> QWidget:
        """The list, or what is advised without one; the therapist's name while that is missing."""
        advised = self.patients if self.patients.count() else self.simulated
        return advised if self.therapist.text() else self.therapist

    def enter(self, appointment: Appointment) -> None:
        """Read the patients anew."""
        known = remembered()
        self.therapist.setText(appointment.therapist or known.therapist)
        self.board.recall(known)
        self.show_patients()

    def obey(self, pressed: Pressed) -> None:
        """Begin with the patient who is chosen; where nobody is known, with the simulated one."""
        if pressed.act is Act.ACCEPT and self.patients.count():
            self.open_chosen()
        elif pressed.act is Act.ACCEPT:
            self.open_simulated()

    def show_patients(self) -> None:
        """List who is known; say which entries cannot be read."""
        try:
            listing = self.desk.clinic.patients()
        except HostError as error:
            listing = Listing((), (words_of(error),))
        self.patients.clear()
        for row in patient_rows(listing.found, SIMULATED):
            item = QListWidgetItem(row.words)
            item.setData(_CODE, row.code)
            self.patients.addItem(item)
        empty = not self.patients.count()
        self.none.setVisible(empty and not listing.damaged)
        self.damaged.setText("\n".join(as_sentence(told(one)) for one in listing.damaged))
        self.damaged.setVisible(bool(listing.damaged))
        self.patients.setHidden(empty)
        self.open.setHidden(empty)
        advise(self.simulated, on=empty)
        name_button(self.simulated, tr("Simulated patient"), Act.ACCEPT if empty else None)
        if not empty:
            self.patients.setCurrentRow(0)

    def open_chosen(self) -> None:
        """Begin with the patient who is chosen in the list."""
        item = self.patients.currentItem()
        if item is not None:
            self._open_item(item)

    def open_simulated(self) -> None:
        """Begin with the patient without a face."""
        by = self.therapist.text().strip() or tr("learning")
        aside: list[str] = []
        self._begin(lambda: simulated_patient(self.desk.clinic, by, aside.append), Reach(), by)
        for one in aside:
            self.desk.say_too(told(one))

    def add_patient(self) -> None:
        """Add a patient by code; never by name."""
        by, code = self.therapist.text().strip(), self.code.text().strip()
        if not self._named(by):
            return
        side = self.side.currentData()
        if side is None:
            self.desk.say(tr("Which side is affected? The patient's own left or right."))
            return
        try:
            made = self.desk.clinic.add(Patient(code=code, affected=side), by=by)
        except ValueError:
            self.desk.say(tr("A patient has a code of letters and digits, and never a name."))
            return
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self.code.clear()
        self.desk.say(tr("{} was added.").format(made.code))
        self.show_patients()
        found = self.patients.findItems(made.code, Qt.MatchFlag.MatchStartsWith)
        self.patients.setCurrentItem(found[0] if found else None)

    def _open_item(self, item: QListWidgetItem) -> None:
        by, code = self.therapist.text().strip(), str(item.data(_CODE))
        if not self._named(by):
            return
        try:
            reach = self.board.value()
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self._begin(lambda: self.desk.clinic.patient(code), reach, by)

    def _begin(self, who: Callable[[], Patient], reach: Reach, by: str) -> None:
        """Open the appointment; what cannot be read is said, and nobody is opened."""
        try:
            now = received(self.desk.clinic, who(), by, reach)
        except HostError as error:
            self.desk.say(told_error(error))
            return
        self._remember()
        self.desk.renew(now)
        self.desk.go(next_step(now, (Step.PATIENT, Step.PLAN)) or Step.PATIENT)

    def _named(self, by: str) -> bool:
        if not by:
            self.desk.say(tr("Who is the therapist? Write your name or code first."))
            self.therapist.setFocus()
        return bool(by)

    def _remember(self) -> None:
        known = replace(remembered(), therapist=self.therapist.text().strip())
        remember(self.board.remembered(known))

    def _fill_fields(self) -> None:
        self.none.setText(
            tr(
                "Nobody is here yet. Add the first patient by a code, or begin with the "
                "simulated one."
            )
        )
        self.code.setPlaceholderText(tr("Code, such as P07"))
        self.code.setAccessibleName(tr("Code of a new patient"))
        self.code.returnPressed.connect(self.add_patient)
        self.side.setAccessibleName(tr("Affected side, the patient's own"))
        self.side.addItem(tr("Affected side …"), None)
        self.side.addItem(tr("Left is affected"), Side.LEFT)
        self.side.addItem(tr("Right is affected"), Side.RIGHT)
        self.therapist.setPlaceholderText(tr("Name or code"))
        self.therapist.setAccessibleName(tr("Therapist, name or code"))
        advise(self.open, on=True)

    def _arrange(self) -> None:
        adding = QHBoxLayout()
        adding.addWidget(self.code, 2)
        adding.addWidget(self.side, 2)
        adding.addWidget(self.add)
        opening = QHBoxLayout()
        opening.addStretch(1)
        opening.addWidget(self.open)
        left = column(
            label(tr("Who is here?"), "large"),
            self.none,
            self.damaged,
            self.patients,
            opening,
            label(tr("Somebody new"), "title"),
            adding,
            gap=12,
        )
        left.setStretchFactor(self.patients, 1)
        left.addStretch(0)
        cards = column(
            card(column(label(tr("Therapist"), "title"), self.therapist)),
            card(column(label(tr("Board"), "title"), self.board)),
            card(
                column(
                    label(tr("Learn it without a face"), "title"),
                    label(tr("A whole appointment with a patient in software."), "faint"),
                    self.simulated,
                )
            ),
            card(column(label(tr("Look back"), "title"), self.look_back, self.look_into)),
            1,
            gap=12,
        )
        safety = tr("Research software for supervised use, not a medical device.")
        right = column(scrolled(cards), label(safety, "faint"), gap=12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(left, 3)
        row.addSpacing(32)
        row.addLayout(right, 2)
