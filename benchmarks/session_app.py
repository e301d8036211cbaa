"""The app with every page made, in which somebody practises while a stopwatch runs."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np
from PyQt6.QtCore import QEvent, QEventLoop, QTimer

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import patterns
from calibration.profile import Electrodes
from host.clinic.first_plan import first_plan
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import FeedbackMode
from host.feedback.calibrating.concluding import conclusion
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.pages import PAGES
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.practise_state import allowed_today, practice_asked
from host.feedback.clinic.practising.running import started
from host.feedback.clinic.practising.show import Show
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import planned
from host.feedback.clinic.steps import Step
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.calibrating.fitting import Identity
from host.session.calibrating.unattended import run_unattended
from host.session.practising.view import BoutPhase

if TYPE_CHECKING:
    from host.clinic.repository import Clinic
    from host.session.practising.building import PracticeBuild
    from host.session.practising.worker import PracticeWorker

TODAY = date(2026, 11, 26)
WORD = Confirmation(therapist="T07", day=TODAY)
MODES = {
    "gentle closed smile": FeedbackMode.BARS,
    "gentle eye closure": FeedbackMode.SOUND,
    "pucker": FeedbackMode.FEEL_FIRST,
}
WARM_S = 8.0
"""Before, imports and the first layouts are still going on."""
STEER_MS = 500
_MANY = 1_000_000


class TimedApp(Clinical):
    """The app; it notes when its window was painted, and what was the newest in it."""

    def __init__(self, clinic: Clinic) -> None:
        super().__init__(clinic, "light")
        self.painted_s: list[float] = []
        self.arrived_s: list[tuple[float, float]] = []
        """When the newest in it had arrived, and when it was painted."""
        self.watched: Watched | None = None
        """Whose levels are shown, once somebody practises."""

    def event(self, event: QEvent | None) -> bool:
        """Qt paints everything that changed while it handles an update request."""
        handled = super().event(event)
        if event is not None and event.type() == QEvent.Type.UpdateRequest:
            now_s = time.perf_counter()
            self.painted_s.append(now_s)
            newest_s = None if self.watched is None else self.watched.taken()
            if newest_s is not None:
                self.arrived_s.append((newest_s, now_s))
        return handled


class Watched:
    """A session of practice; it knows which of its samples the window shows."""

    def __init__(self, worker: PracticeWorker, show: Show) -> None:
        self.worker, self._show = worker, show
        self._painted = -1
        self._behind = _MANY

    @property
    def ahead_s(self) -> float:
        """How long the chain waits for what follows a sample, before it is in a frame."""
        stage = self.worker.stage
        return 0.0 if stage is None else self._ahead / stage.session.source.stream.rate_hz

    @property
    def _ahead(self) -> int:
        """Return how many samples more a frame needs than it contains, beside the next one."""
        return max(self._behind - 1, 0)

    def taken(self) -> float | None:
        """Return when the last sample that the frame in the window needed has arrived.

        None where that was painted before.
        """
        stage, moment = self.worker.stage, self._show.moment
        frame = None if moment is None else moment.view.frame
        if stage is None or frame is None or frame.sample == self._painted:
            return None
        self._painted, session = frame.sample, stage.session
        self._behind = min(self._behind, session.received - frame.sample)
        # Any frame needs one sample more than it contains, to know a garbled one.
        newest_s = session.source.host_time_s(frame.sample + self._ahead)
        return None if np.isnan(newest_s) else newest_s


def prepared(clinic: Clinic, code: str, montage: str) -> Appointment:
    """Return the appointment of a patient with a plan, up to the calibration."""
    patient = clinic.add(Patient(code=code, affected=Side.RIGHT, synkinesis=WORD), by="T07")
    plan = first_plan(patient, montages()[montage], patterns().values())
    for name, mode in MODES.items():
        plan = plan.with_pattern(replace(plan.planned(name), enabled=WORD, mode=mode))
    now = Appointment(patient=patient, therapist="T07", reach=Reach(), day=TODAY)
    plan = clinic.save_plan(replace(plan, bout_s=120.0), by="T07")
    electrodes = Electrodes(id="today", date=TODAY.isoformat())
    return replace(planned(now, plan), contact_checked=True, electrodes=electrodes)


def calibrated(clinic: Clinic, now: Appointment) -> Appointment:
    """Return the appointment with a calibration of the simulated patient."""
    if now.electrodes is None:
        raise ValueError("nobody said which electrodes these are")
    asked = replace(practice_asked(now, clinic.sessions_folder), watched=False, recorded=False)
    identity = Identity(
        person=asked.person,
        therapist=now.therapist,
        electrodes=now.electrodes,
        created=f"{TODAY.isoformat()}T10:00:00+00:00",
    )
    order = Ordered(identity=identity)
    stage = run_unattended(
        patient_calibration(replace(asked, through_board=False), order), lambda _: None
    )
    concluded = conclusion(identity, clinic.save_profile)(stage)
    return replace(now, profile=concluded.profile, profile_path=concluded.path)


class Practised:
    """Practice in the app, with a stopwatch."""

    def __init__(self, window: TimedApp, now: Appointment) -> None:
        self.window, self._now = window, now

    def make_all_pages(self) -> None:
        """Open each page once; the practice page stays open, without a board."""
        self.window.renew(self._now)
        for step in (*(one for one in PAGES if one is not Step.PRACTISE), Step.PRACTISE):
            if step is Step.PRACTISE:
                self.window.renew(replace(self._now, reach=None))
            self.window.open_step(step)
            while self.window.journey.waiting:
                self.spin(0.05)

    def begin(self, build: PracticeBuild) -> None:
        """Practise."""
        running = started(build)
        self._page.show_running(running, allowed_today(self._now))
        show = self._page.findChild(Show)
        if show is None:
            raise TypeError("nothing shows what is practised")
        self.window.watched = Watched(cast("PracticeWorker", running.worker), show)
        self.spin(WARM_S)

    def end(self) -> None:
        """Let go of the board; raise what went wrong meanwhile."""
        closing, watched = self._page.leave(), self.window.watched
        if closing is not None:
            closing()
        if watched is not None and watched.worker.error is not None:
            raise watched.worker.error

    def spin(self, seconds: float) -> None:
        """Let the loop run."""
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * seconds), loop.quit)
        loop.exec()

    def practise(self, seconds: float) -> None:
        """Go from bout to bout, as a therapist would."""
        timer = QTimer()
        timer.timeout.connect(self._steer)
        timer.start(STEER_MS)
        self.spin(seconds)
        timer.stop()

    def press(self, act: Act) -> None:
        """Press a key."""
        self._page.obey(Pressed(act=act))

    @property
    def _page(self) -> PractisePage:
        page = self.window.page
        if not isinstance(page, PractisePage):
            raise TypeError("the practice page is not open")
        return page

    def _steer(self) -> None:
        watched = self.window.watched
        if watched is None:
            return
        phase = watched.worker.moment.practice.phase
        if phase.between:
            self.press(Act.START_STOP)
        elif phase is BoutPhase.ASK:
            self.press(Act.ACCEPT)
