"""Pictures of a first session, step by step, as docs/first-session.md tells it."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from practice_pictures import calibrated, practised

from calibration.profile import Electrodes
from host.acquisition.source import Link, LinkState
from host.clinic.repository import Clinic
from host.feedback.calibrating.moment import Moment
from host.feedback.clinic.page import Page
from host.feedback.clinic.patient_page import PatientPage
from host.feedback.clinic.pictures import Album
from host.feedback.clinic.plan_page import PlanPage
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.practise_state import allowed_today
from host.feedback.clinic.start_page import StartPage
from host.feedback.clinic.steps import Step
from host.recording.state import RecordingState
from host.session.asked import Asked
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.calibrating.fitting import Identity
from host.session.calibrating.view import CoursePhase

SIZE = (1280, 800)
THERAPIST = "T07"
PATTERN = "gentle closed smile"


def draw_first_session(folder: Path, prepared: dict[Step, Callable[[Page], None]]) -> None:
    """Write a picture of each step; `prepared` brings electrodes and calibration to a moment."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as root:
        clinic = Clinic(Path(root))
        album = Album(folder, clinic, "light", SIZE)
        _open_and_plan(album)
        for step in (Step.ELECTRODES, Step.CALIBRATE):
            prepared[step](album.opened(step))
            album.take(step.value.lower())
        _practise(album, clinic)
        album.close()


def held() -> Moment:
    """Return a moment in which the simulated patient holds a smile for its calibration."""
    identity = Identity(
        person="simulated",
        therapist=THERAPIST,
        electrodes=Electrodes(id="first", date="2026-11-26"),
        created="2026-11-26T10:00:00+00:00",
    )
    asked = Asked(watched=False, through_board=False, recorded=False)
    with ExitStack() as stack:
        stage = patient_calibration(asked, Ordered(identity=identity))(stack)
        course = stage.session.course
        while not course.done:
            stage.session.step(0.0)
            view = course.view
            smiles = view.title == "Cheek, both sides" and view.phase is CoursePhase.HOLD
            if smiles and view.hold == 2 and view.seconds_left < 2.0:
                return Moment(
                    view=view,
                    steps=course.steps,
                    montage=stage.montage,
                    affected=stage.affected,
                    link=LinkState(link=Link.STREAMING),
                    recording=RecordingState(light=True),
                )
            if course.waiting:
                course.go_on()
    raise ValueError("nobody was asked to smile")


def _open_and_plan(album: Album) -> None:
    """Begin with the simulated patient, confirm synkinesis, tick one pattern, save."""
    start = album.window.start
    if isinstance(start, StartPage):
        start.therapist.setText(THERAPIST)
        album.take("start")
        start.open_simulated()
    page = album.window.page
    if isinstance(page, PatientPage):
        page.confirm.click()
        album.take("patient")
        page.save_patient()
    page = album.opened(Step.PLAN)
    if isinstance(page, PlanPage):
        names = [one.name for one in page.form.value().patterns]
        page.form.patterns.setCurrentRow(names.index(PATTERN))
        page.form.toggle()
        album.take("plan")
        page.save_plan()
    window = album.window
    window.renew(replace(window.appointment, contact_checked=True))


def _practise(album: Album, clinic: Clinic) -> None:
    """Show the first bout, in both windows."""
    window = album.window
    now = calibrated(clinic, window.appointment)
    moments = practised(clinic, now, PATTERN)
    # Nothing is connected: the moments come from a session that was practised before.
    window.renew(replace(now, reach=None))
    window.open_step(Step.PRACTISE)
    page = window.page
    if isinstance(page, PractisePage):
        for word in ("ready", "hold"):
            page.stand_still(moments[word], allowed_today(now))
            window.renew(now)
            album.take(f"practise-{word}")
