"""Pictures of practice: moments of real bouts of the simulated patient, calibrated before."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

from calibration.profile import Electrodes
from host.clinic.plan import FeedbackMode
from host.clinic.repository import Clinic
from host.feedback.calibrating.concluding import conclusion
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.page import Page
from host.feedback.clinic.pictures import draw_pages
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.practise_state import allowed_today, appointed, practice_asked
from host.feedback.clinic.practising.happenings import Happenings
from host.feedback.clinic.practising.reached import Reached
from host.feedback.clinic.practising.running import Running, rules_of
from host.feedback.clinic.practising.still import Still
from host.feedback.clinic.practising.tapping import Tap, Tapped
from host.feedback.clinic.steps import Step
from host.feedback.theme import Scheme
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.calibrating.fitting import Identity
from host.session.calibrating.unattended import run_unattended
from host.session.practising.building import PracticeStage, practice_session
from host.session.practising.view import BoutPhase, PracticeView
from host.session.practising.worker import PracticeMoment
from host.session.worker import View

WITHIN_S = 120.0
"""Whatever is waited for comes sooner than this."""
PATTERN = "gentle closed smile"
"""Few names are longer: what has no room is seen."""
ENOUGH = 4
"""With so many attempts a line is proposed."""
DRAGGED = ("PLA", 0.4)
"""The line that is seen being moved: a muscle, and where to."""


def draw_practice(
    folder: Path, clinic: Clinic, now: Appointment, scheme: Scheme, size: tuple[int, int]
) -> None:
    """Write the pictures of practice; `now` is the appointment of a plan that has `PATTERN`."""
    now = calibrated(clinic, now)
    moments = practised(clinic, now)
    draw_pages(
        folder,
        clinic,
        now,
        scheme=scheme,
        size=size,
        steps=(Step.PRACTISE,),
        prepare={Step.PRACTISE: partial(_stand, running=moments["hold"], now=now)},
        more={
            Step.PRACTISE: {
                word: partial(_stand, running=running, now=now, word=word)
                for word, running in moments.items()
                if word != "hold"
            }
        },
    )


def calibrated(clinic: Clinic, now: Appointment) -> Appointment:
    """Return the appointment with a calibration of the simulated patient."""
    electrodes = Electrodes(id="today", date=now.day.isoformat())
    asked = replace(practice_asked(now, clinic.sessions_folder), watched=False, recorded=False)
    identity = Identity(
        person=asked.person,
        therapist=now.therapist,
        electrodes=electrodes,
        created=f"{now.day.isoformat()}T10:00:00+00:00",
    )
    asked = replace(asked, through_board=False, name="calibration")
    stage = run_unattended(patient_calibration(asked, Ordered(identity=identity)), lambda _: None)
    concluded = conclusion(identity, clinic.save_profile)(stage)
    return replace(
        now, electrodes=electrodes, profile=concluded.profile, profile_path=concluded.path
    )


def practised(clinic: Clinic, now: Appointment, pattern: str = PATTERN) -> dict[str, Running]:
    """Practise in three modes; return what stands on the screens at some moments."""
    asked = replace(practice_asked(now, clinic.sessions_folder), watched=False, recorded=False)
    build = practice_session(replace(asked, through_board=False), appointed(now))
    with ExitStack() as stack:
        return Bouts(build(stack), pattern).moments()


class Bouts:
    """Lets practice go on until something holds, and keeps what is seen then."""

    def __init__(self, stage: PracticeStage, pattern: str) -> None:
        self._pattern = pattern
        self._stage, self._tap, self._happened = stage, Tap(), Happenings()
        stage.session.source = Tapped(stage.session.source, self._tap)
        self._happened.montage = stage.scene.montage
        self._reached = Reached()
        self._reached.rules = rules_of(stage)
        self._view = View()

    def moments(self) -> dict[str, Running]:
        """Return the moments by the word for their pictures."""
        self._until(lambda view: view.sample > 15 * self._tap_rate())
        found = {"ready": self._seen()}
        self._begin(FeedbackMode.BARS)
        self._until(lambda view: view.phase is BoutPhase.REST)
        self._until(lambda view: view.phase is BoutPhase.HOLD and view.left_s < 2.0)
        found["hold"] = found["raw"] = self._seen()
        self._until(lambda view: view.phase is BoutPhase.REST and view.left_s < 5.0)
        found["rest"] = self._seen()
        self._until(lambda view: len(view.attempts) > ENOUGH and view.phase is BoutPhase.HOLD)
        found["line"] = self._seen()
        self._begin(FeedbackMode.SOUND)
        self._until(lambda view: view.phase is BoutPhase.SETTLE and view.phase_s > 1.0)
        found["sound"] = self._seen()
        self._begin(FeedbackMode.FEEL_FIRST)
        self._until(lambda view: view.phase is BoutPhase.HOLD)
        found["feel"] = self._seen()
        self._until(lambda view: view.phase is BoutPhase.ASK)
        found["asked"] = self._seen()
        self._stage.practice.felt(("OOC", "OOR"))
        self._until(lambda view: view.phase is BoutPhase.REVEAL)
        found["revealed"] = self._seen()
        self._stage.practice.stop()
        self._until(lambda view: view.phase is BoutPhase.OVER)
        found["over"] = self._seen()
        return found

    def _begin(self, mode: FeedbackMode) -> None:
        orders = self._stage.orders
        if orders is None:
            raise ValueError("a recording is followed, not practised")
        self._stage.practice.begin(orders.order(self._pattern, mode))
        number = self._stage.practice.view.number
        self._until(lambda view: view.number > number)

    def _until(self, holds: Callable[[PracticeView], bool]) -> None:
        session, practice = self._stage.session, self._stage.practice
        late = practice.view.sample + WITHIN_S * self._tap_rate()
        while not holds(practice.view):
            if practice.view.sample > late:
                raise ValueError("it never came to that")
            for frame in session.step(0.0):
                self._happened.push(frame)
                self._reached.push(frame)
                self._view = View(
                    scene=self._stage.scene,
                    frame=frame,
                    link=session.source.state,
                    recording=replace(session.recording, light=True),
                )

    def _seen(self) -> Running:
        moment = PracticeMoment(view=self._view, practice=self._stage.practice.view)
        tap, happened = Tap(), Happenings()
        tap.stream = self._tap.stream
        for chunk in self._tap.take():
            tap.put(chunk)
            self._tap.put(chunk)
        happened.keep(self._happened.lines)
        reached = Reached()
        reached.take(self._reached)
        return Running(Still(moment), tap, happened, reached)

    def _tap_rate(self) -> float:
        return self._stage.session.source.stream.rate_hz


def _stand(page: Page, running: Running, now: Appointment, *, word: str = "") -> None:
    if isinstance(page, PractisePage):
        page.stand_still(running, allowed_today(now), raw=word == "raw")
        if word == "line":
            page.part.board.dragged.emit(*DRAGGED)
            page.refresh()
