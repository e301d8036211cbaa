"""The electrodes page: where each lies, what contact it has, and whether the sides are right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer

from host.errors import HostError
from host.feedback.clinic.appointment import next_step
from host.feedback.clinic.electrodes_check import ContactCheck
from host.feedback.clinic.electrodes_handing import accepted, contact_build, with_electrodes
from host.feedback.clinic.electrodes_leaving import Leaving
from host.feedback.clinic.electrodes_moment import ContactMoment
from host.feedback.clinic.electrodes_parts import ElectrodesParts
from host.feedback.clinic.electrodes_state import ElectrodesState, electrodes_state, fitting
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.steps import Step
from host.session.own_tables import known_montages
from host.translation import mark, told_error, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PyQt6.QtWidgets import QWidget

    from calibration.montage import Montage
    from host.feedback.calibrating.patient_part import PatientPart
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.electrodes_state import Offer
    from host.feedback.clinic.page import Closing
    from host.feedback.theme import Theme
    from host.session.contacting.building import ContactBuild

REFRESH_MS = 100
FIRST_MONTAGE = "face-8"


class ElectrodesPage(Page):
    """Has the board while it is open."""

    step = Step.ELECTRODES
    shows_patient: ClassVar[bool] = True
    acts: ClassVar[Mapping[Act, str]] = {
        Act.ACCEPT: mark("Go on, once every channel is good or left out"),
        Act.START_STOP: mark("Check the sides, or break it off"),
        Act.MARK: mark("Measure the impedance of all electrodes"),
        Act.SKIP: mark("Leave the chosen channel out, or take it back"),
        Act.REPEAT: mark("Open the board again"),
        Act.UP: mark("The channel above"),
        Act.DOWN: mark("The channel below"),
        Act.NUMBER: mark("Choose a channel"),
        Act.QUIET: "",
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Electrodes"))
        self.parts = ElectrodesParts(self.obey_act, self)
        self.check = ContactCheck()
        self.state: ElectrodesState | None = None
        self._known: Mapping[str, Montage] = {}
        self._channels: int | None = None
        """How many the board has; None until somebody knows."""
        self._chosen: int | None = None
        self.parts.rows.chose.connect(self.choose)
        self.parts.face.chose.connect(self.choose)
        self.parts.montage.activated.connect(self._change_montage)
        self.leaving_out = Leaving(desk, self.parts, lambda: self.check, self.refresh)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def patient_part(self) -> PatientPart:
        """What is asked of the patient, in large calm letters."""
        return self.parts.patient

    @property
    def first(self) -> QWidget:
        """The rows."""
        return self.parts.rows

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.parts.dress(theme, px)

    def enter(self, appointment: Appointment) -> None:
        """Open the board, and say of every channel what contact it has."""
        self.state, self._chosen, self._channels = None, None, None
        try:
            self._known = known_montages()
        except HostError as error:
            self.desk.say(told_error(error))
            self._known = {}
        if appointment.montage is None and FIRST_MONTAGE in self._known:
            first = self._known[FIRST_MONTAGE]
            self.desk.renew(replace(appointment, montage=first))
        self.leaving_out.close()
        self.begin()
        self._timer.start()

    def leave(self) -> Closing | None:
        """Stop looking; the board is let go of in a thread."""
        self._timer.stop()
        return self.check.end()

    def obey(self, pressed: Pressed) -> None:
        """Do what a key asks for."""
        if pressed.act is Act.NUMBER:
            self.choose(pressed.number - 1)
        elif pressed.act in (Act.UP, Act.DOWN):
            self.parts.rows.step_by(-1 if pressed.act is Act.UP else 1)
        else:
            self.obey_act(pressed.act)

    def obey_act(self, act: Act) -> None:
        """Do what a key or its button asks for, as things are at this moment."""
        self.refresh()
        state = self.state
        if state is None:
            return
        if act is Act.QUIET:
            self._quieten()
        elif act is Act.REPEAT:
            self.begin()
        elif act is Act.ACCEPT and self.leaving_out.asking:
            self.leaving_out.leave_out()
        elif act is Act.ACCEPT:
            self._where_possible(state.on, self._go_on)
        elif act is Act.START_STOP:
            self._where_possible(state.sides, self._check_sides)
        elif act is Act.MARK:
            self._where_possible(state.measure, self._measure)
        elif act is Act.SKIP:
            self._where_possible(state.leave_out, self._ask_or_take_back)

    def choose(self, channel: int) -> None:
        """Choose a channel: row and picture show it."""
        if self.state is not None and self.state.row(channel) is not None:
            self._chosen = channel
            self.leaving_out.close()
            self.refresh()

    def begin(self) -> None:
        """Open the board, or open it again."""
        self.check.begin(self._ordered)
        self.refresh()

    def refresh(self) -> None:
        """Show what is newest."""
        now = self.desk.appointment
        if now.montage is None:
            return
        self.show_moment(self._moment(now.montage))
        if self.state is not None and self.state.spoilt and now.contact_checked:
            self.desk.renew(replace(now, contact_checked=False))

    def show_moment(self, moment: ContactMoment) -> None:
        """Show a moment, whoever made it."""
        self.state = electrodes_state(moment, self._chosen, self.state)
        self.parts.show_state(self.state)
        offered = fitting(self._known, self._channels, moment.montage)
        self.parts.offer_montages(offered, moment.montage)

    def stand_still(self, moment: ContactMoment) -> None:
        """Show this moment, and nothing newer: for a picture."""
        self._timer.stop()
        self.state, self._chosen = None, None
        self.show_moment(moment)

    def _ordered(self) -> ContactBuild:
        """Return how the check is built as the appointment stands; called when it begins."""
        now, sessions = self.desk.appointment, self.desk.clinic.sessions_folder
        return contact_build(now, sessions, self._count)

    def _count(self, channels: int | None) -> None:
        """Note how many channels the board has; called in the check's thread."""
        self._channels = channels

    def _moment(self, montage: Montage) -> ContactMoment:
        looked = self.check.look()
        return ContactMoment(
            montage=montage,
            view=looked.view,
            heard=looked.heard,
            exclusions=self.desk.appointment.exclusions,
            error=looked.error,
            retried=looked.retried,
            measured=looked.measured,
        )

    def _change_montage(self, _at: int) -> None:
        name = str(self.parts.montage.currentData())
        now = self.desk.appointment
        if name not in self._known or self._known[name] == now.montage:
            return
        self.desk.renew(with_electrodes(now, self._known[name]))
        self._chosen, self.state = None, None
        self.leaving_out.close()
        self.begin()

    def _where_possible(self, offer: Offer, do: Callable[[], object]) -> None:
        self.desk.say(offer.why)
        if offer.possible:
            do()

    def _check_sides(self) -> None:
        if self.state is not None and self.state.checking_sides:
            self.check.ask(lambda session: session.leave_sides())
        else:
            self.desk.end_quiet()
            self.check.ask(lambda session: session.check_sides())

    def _measure(self) -> None:
        self.check.ask(lambda session: session.measure())

    def _quieten(self) -> None:
        """Ask nothing of the patient any more."""
        self.leaving_out.close()
        if self.state is not None and self.state.checking_sides:
            self._check_sides()

    def _ask_or_take_back(self) -> None:
        state = self.state
        row = None if state is None else state.row(state.chosen)
        if row is not None:
            self._chosen = row.channel
            self.leaving_out.ask_or_take_back(row)

    def _go_on(self) -> None:
        self.desk.renew(accepted(self.desk.appointment))
        self.desk.go(next_step(self.desk.appointment, (Step.CALIBRATE,)) or Step.PRACTISE)
