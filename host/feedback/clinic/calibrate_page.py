"""The calibrate page: begin, follow the two people through it, and take what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget

from host.errors import HostError
from host.feedback.calibrating.app import CalibrationShow
from host.feedback.calibrating.keys import Act as Asked
from host.feedback.calibrating.patient_part import PatientPart
from host.feedback.calibrating.patient_state import PatientState, patient_state
from host.feedback.calibrating.room import CalibrationRoom
from host.feedback.clinic.calibrate_before import BeforeCalibrating
from host.feedback.clinic.calibrate_running import RunningCalibration
from host.feedback.clinic.calibrate_state import goes_on, offered
from host.feedback.clinic.controls import advise, button, column
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Desk, Page
from host.feedback.clinic.steps import Step
from host.feedback.theme import LIGHT, Scheme, Theme
from host.translation import mark, told_error, tr

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.profile import Profile
    from host.clinic.profiles import StoredProfile
    from host.feedback.calibrating.moment import Running
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Closing

REFRESH_MS = 33
_MEANS = {
    Act.START_STOP: Asked.GO_ON,
    Act.REPEAT: Asked.REPEAT,
    Act.SKIP: Asked.SKIP,
    Act.PAUSE: Asked.PAUSE,
    Act.QUIET: Asked.PAUSE,
    Act.BEGIN_AGAIN: Asked.BEGIN_AGAIN,
    Act.LINES: Asked.LINES,
    Act.UP: Asked.UP,
    Act.DOWN: Asked.DOWN,
}


class CalibratePage(Page):
    """Has a board while it is open and something runs; the room shows the patient's part."""

    step = Step.CALIBRATE
    shows_patient: ClassVar[bool] = True
    acts: ClassVar[dict[Act, str]] = {
        Act.START_STOP: mark("Begin; then go on"),
        Act.REPEAT: mark("Repeat this step"),
        Act.SKIP: mark("Leave this step out"),
        Act.PAUSE: mark("Pause"),
        Act.BEGIN_AGAIN: mark("Begin again: press it twice"),
        Act.LINES: mark("Numbers, or lines"),
        Act.UP: mark("Choose the step above"),
        Act.DOWN: mark("Choose the step below"),
        Act.QUIET: "",
        Act.NEXT: mark("On, once there is a calibration"),
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(tr("Calibrate"))
        self._before: StoredProfile | None = None
        self._calibration = RunningCalibration()
        self._theme, self._px = LIGHT, 12
        self.before = BeforeCalibrating()
        self.before.whole_wanted.connect(self.begin)
        self.before.check_wanted.connect(self.begin_check)
        self.before.keep_wanted.connect(self.keep_todays)
        self.again = button(tr("Back to the beginning"), self.try_again, Act.START_STOP)
        self.on = button(tr("On"), self._go_on, Act.NEXT)
        self.room: CalibrationRoom | None = None
        self._patient = PatientPart(LIGHT)
        self._stack = QStackedWidget()
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def patient_part(self) -> PatientPart:
        """The prompt, the face and the pace."""
        return self._patient

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme, self._px = theme, px
        self._patient.use_theme(theme)
        if self.room is not None:
            self.room.scheme = _scheme(theme)

    def enter(self, appointment: Appointment) -> None:
        """Show what can be done."""
        self._patient.state = PatientState(prompt=tr("We measure quietly for some minutes."))
        try:
            montage = appointment.montage
            self._before = (
                None
                if appointment.patient is None
                else self.desk.clinic.newest_profile(appointment.patient.code, montage)
            )
        except HostError as error:
            self.desk.say(told_error(error))
            self._before = None
        self._offer(appointment)

    def follow(self, appointment: Appointment) -> None:
        """Offer what can be done now."""
        advise(self.on, on=appointment.profile is not None)
        self.on.setVisible(self.room is None or appointment.profile is not None)
        self.on.setEnabled(appointment.profile is not None)
        self.again.setVisible(self._calibration.broken)

    def obey(self, pressed: Pressed) -> None:
        """Begin, go on, or pass it to the running calibration."""
        if pressed.act is Act.NEXT:
            self._go_on()
        elif pressed.act is Act.START_STOP and self._calibration.broken:
            self.try_again()
        elif self.room is not None:
            self.room.obey(_MEANS[pressed.act])
        elif pressed.act is Act.START_STOP:
            self.begin()

    def resume(self) -> None:
        """Begin the step anew that Esc broke off; what was found in one is not accepted by it."""
        moment = self._calibration.moment
        view = None if moment is None or moment.over else moment.view
        if self.room is not None and view is not None and goes_on(view):
            self.room.went_on.emit()

    def holding(self) -> str:
        """Say so while a calibration runs."""
        return tr("The calibration is not finished.") if self._calibration.unfinished else ""

    def leave(self) -> Closing | None:
        """Stop looking; the board is let go of in a thread."""
        self._timer.stop()
        self._drop_room()
        return self._calibration.drop()

    def begin(self) -> None:
        """Calibrate from the beginning."""
        self._start(None)

    def begin_check(self) -> None:
        """Check the calibration of before again."""
        if self._before is not None:
            self._start(self._before.profile)

    def try_again(self) -> None:
        """After something ended it early: offer to begin, for the board has been let go."""
        if self._calibration.broken:
            self._calibration.drop()
            self._drop_room()
            self._offer(self.desk.appointment)

    def keep_todays(self) -> None:
        """Go on with today's calibration: the electrodes lie as they did."""
        if self._before is not None:
            self._take(self._before.profile, self._before.path)
            self._go_on()

    def show_running(self, running: Running) -> None:
        """Show a calibration that runs already."""
        self._calibration.take_up(running)
        self.room = CalibrationRoom(_scheme(self._theme), self)
        self._stack.addWidget(self.room)
        self._stack.setCurrentWidget(self.room)
        CalibrationShow(running, self.room).refresh()
        self._end_quiet_with(self.room)
        self._timer.start()
        self.on.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show the patient what is newest, and take a profile as soon as there is one."""
        moment = self._calibration.moment
        if moment is None:
            return
        self._patient.state = patient_state(moment)
        self.again.setVisible(self._calibration.broken)
        fresh = self._calibration.fresh()
        if fresh is not None:
            self._take(*fresh)

    def _start(self, before: Profile | None) -> None:
        now = self.desk.appointment
        prepared = self._calibration.prepared(now, self.desk.clinic, before)
        if prepared is None:
            return
        worker, electrodes = prepared
        # Its own electrodes are those of the appointment from now on.
        self.desk.renew(replace(now, electrodes=electrodes, profile=None))
        self.show_running(worker)
        worker.start()

    def _take(self, profile: Profile, path: Path | None) -> None:
        """Hand the profile on as today's."""
        now = self.desk.appointment
        self.desk.renew(
            replace(now, profile=profile, profile_path=path, electrodes=profile.electrodes)
        )

    def _go_on(self) -> None:
        if self.desk.appointment.profile is not None:
            self.desk.go(Step.PRACTISE)  # or it says why not

    def _end_quiet_with(self, room: CalibrationRoom) -> None:
        """Whatever goes on, the patient is to see it."""
        self.desk.end_quiet()
        for begins in (room.went_on, room.repeated, room.skipped, room.began_again):
            begins.connect(lambda *_step: self.desk.end_quiet())

    def _drop_room(self) -> None:
        if self.room is not None:
            self._stack.removeWidget(self.room)
            self.room.deleteLater()
            self.room = None

    def _offer(self, now: Appointment) -> None:
        """Show what can be done before it begins."""
        before = None if self._before is None else self._before.profile
        self.before.show_offer(offered(now, before), advised=now.profile is None)
        self._stack.setCurrentWidget(self.before)
        self.follow(now)

    def _arrange(self) -> None:
        self._stack.addWidget(self.before)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.again)
        foot.addWidget(self.on)
        self.setLayout(column(self._stack, foot, gap=8))


def _scheme(theme: Theme) -> Scheme:
    return "light" if theme == LIGHT else "dark"
