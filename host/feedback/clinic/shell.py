"""The therapist's window: it leads from page to page of one appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent
from PyQt6.QtWidgets import QApplication

from host.feedback.clinic.appointment import Appointment, standing
from host.feedback.clinic.frame import ShellFrame
from host.feedback.clinic.hearing import Hearing
from host.feedback.clinic.journey import Journey
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.overlay import Answer
from host.feedback.clinic.placing import Placing
from host.feedback.clinic.recordings import Recordings
from host.feedback.clinic.steps import Step
from host.feedback.sentences import sentence as as_sentence
from host.feedback.theme import other_scheme
from host.translation import told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from host.clinic.repository import Clinic
    from host.feedback.clinic.page import Page
    from host.feedback.clinic.pages import MakePage
    from host.feedback.theme import Scheme


class Shell(ShellFrame):
    """Two windows for one appointment. A `Desk` for its pages."""

    turned = pyqtSignal(str)
    """Somebody chose this scheme."""

    def __init__(
        self,
        clinic: Clinic,
        start: MakePage,
        pages: Mapping[Step, MakePage],
        scheme: Scheme = "system",
    ) -> None:
        """Open with the page that `start` makes, which belongs to no step."""
        super().__init__(tuple(pages), scheme)
        self._clinic = clinic
        self._makes = pages
        self._made: dict[Step, Page] = {}
        self._appointment = Appointment()
        self._ended = False
        self.journey = Journey(self)
        self.placing = Placing(self.room, self, self.middle)
        self.hearing = Hearing(self)
        self.recordings = Recordings(self)
        self.start = start(self)
        self._take_in(self.start)
        self.rail.chose.connect(self.go)
        self.keys_button.clicked.connect(lambda: self.hear_act(Pressed(act=Act.HELP)))
        for made in self.look_buttons:
            made.clicked.connect(self.turn_look)
        self.room_button.clicked.connect(self.placing.call)
        self.home_button.clicked.connect(self.go_home)
        self.room.pressed.connect(self.hear)
        self.placing.changed.connect(self._name_room)
        self.placing.told.connect(self.say)
        self.dressed.connect(self._dress_page)
        self.journey.began.connect(self._show_page)
        self.journey.waits.connect(self._wait)
        self.journey.open(self.start, lambda: self._appointment)

    @property
    def appointment(self) -> Appointment:
        """As it stands."""
        return self._appointment

    @property
    def clinic(self) -> Clinic:
        """Patients, plans, profiles and sessions."""
        return self._clinic

    @property
    def page(self) -> Page | None:
        """The open page; None while the last one is being closed."""
        return self.journey.page

    def renew(self, appointment: Appointment) -> None:
        """Take a changed appointment: rail and open page follow."""
        self._appointment = appointment
        if self.page is not None:
            self.rail.show_appointment(appointment, self._step())
            self.page.follow(appointment)

    def say(self, sentence: str) -> None:
        """Say something at the foot of the window; "" takes it away."""
        self.foot.setText(as_sentence(sentence))
        self.foot.setAccessibleName(self.foot.text() or tr("Nothing to report"))

    def say_too(self, sentence: str) -> None:
        """Say something beside what stands there already."""
        self.say(" ".join(filter(None, (self.foot.text(), as_sentence(sentence)))))

    def end_quiet(self) -> None:
        """Show the patient again what the page shows."""
        self.hearing.set_quiet(on=False)

    def go(self, step: Step) -> None:
        """Open a step, after asking where the open page holds; say why where it is not possible."""
        if self.journey.waiting or step not in self._makes or self._step() is step:
            return
        stands = standing(step, self._appointment)
        if not stands.possible:
            self.say(stands.why)
            return
        self._sure(lambda: self.open_step(step))

    def open_recording(self, path: Path) -> None:
        """Show a recorded session, or a file of another program, in a window of its own."""
        self.recordings.open(path)

    def go_home(self) -> None:
        """End the appointment: back to the page of patients."""
        if not self.journey.waiting and self.page is not self.start:
            self._sure(self._home)

    def turn_look(self) -> None:
        """Change between light and dark, in all windows."""
        self.scheme = other_scheme(self.scheme)
        self.turned.emit(self.scheme)

    def hear(self, event: QKeyEvent) -> None:
        """Obey a key, whichever of the two windows heard it."""
        self.hearing.hear(event)

    def hear_act(self, pressed: Pressed) -> None:
        """Obey what a key asks for."""
        self.hearing.obey(pressed)

    def go_to_number(self, number: int) -> None:
        """Open the n-th step of the rail, where there is an appointment."""
        steps = list(self.rail.buttons)
        if self._step() is not None and number <= len(steps):
            self.go(steps[number - 1])

    def _wait(self) -> None:
        """Say that a page is on its way."""
        self.show_waiting(on=True)

    def _keep_keys(self) -> None:
        """Keep the keys where somebody writes."""
        self.hearing.keep_keys(QApplication.focusWidget())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Obey what no text field took for text."""
        if event is not None:
            self.hear(event)

    def event(self, event: QEvent | None) -> bool:
        """Place the patient's room once this window is seen."""
        if event is not None and event.type() == QEvent.Type.Show:
            self.placing.start()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Ask where something runs; end it properly; then both windows close."""
        if event is None:
            return
        if not self._ended and not self.journey.waiting:
            self._sure(lambda: self.journey.end(self._end), tr("Close the program"))
        if self._ended:
            self.room.hide()
            super().closeEvent(event)
        else:
            event.ignore()

    def _end(self) -> None:
        """Everything is closed: nothing keeps the window any more."""
        self._ended = True
        self.close()

    def _step(self) -> Step | None:
        return None if self.page is None or self.page is self.start else self.page.step

    def open_step(self, step: Step) -> None:
        """Open a step without asking anything; its page is made when it is first opened."""
        if step not in self._made:
            self._made[step] = self._makes[step](self)
            self._take_in(self._made[step])
        self.say("")
        self.journey.open(self._made[step], lambda: self._appointment)

    def _take_in(self, page: Page) -> None:
        """Give a page its place, and hear from it."""
        self.add_page(page)
        page.line_left.connect(self._keep_keys)

    def _home(self) -> None:
        self._appointment = Appointment(therapist=self._appointment.therapist)
        self.say("")
        self.journey.open(self.start, lambda: self._appointment)

    def _show_page(self, page: Page) -> None:
        """Show the page that was entered, and what it shows the patient."""
        self.show_waiting(on=False)
        self._dress_page()
        at_home = page is self.start
        self.show_rail(on=not at_home)
        self.rail.show_appointment(self._appointment, self._step())
        self.stack.setCurrentWidget(page)
        self.hearing.set_quiet(on=False)
        self.room.part = page.patient_part
        self.room.over = self._step() is Step.END
        self.placing.beside(wanted=page.patient_part is not None and not page.shows_patient)
        if self.journey.error is not None:
            self.say(told_error(self.journey.error))
        page.first.setFocus()

    def _dress_page(self) -> None:
        if self.page is not None:
            self.page.dress(self.theme, self.px)

    def _sure(self, then: Callable[[], object], yes: str = "") -> None:
        """Go on; where the page holds, only after a yes, in the page's words or these."""
        page = self.page
        held = "" if page is None else page.holding()
        if page is None or not held:
            then()
            return
        answers = Answer(words=tr("Stay here")), Answer(words=yes or tr(page.leaving), then=then)
        self.overlay.ask(held, answers, detail=tr(page.kept))

    def _name_room(self) -> None:
        """Offer to bring the patient's window back, and say where it went."""
        self.room_button.setVisible(
            self.placing.own_screen or self.placing.hidden or self.room.part is not None
        )
        gone = tr("The patient's window is closed; what it shows goes on. F2 brings it back.")
        if self.placing.hidden:
            self.say(gone)
        elif self.foot.text() == gone:
            self.say("")
