"""Pictures of every page of the app, light and dark, at 1280 x 800 and 1920 x 1080."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path

import msgspec
from first_session_pictures import draw_first_session, held
from look_back_pictures import draw_look_back
from practice_pictures import draw_practice

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import patterns
from host.acquisition.simulated.planting import Planted
from host.clinic.first_plan import first_plan
from host.clinic.patient import Botulinum, Confirmation, Patient
from host.clinic.plan import FeedbackMode
from host.clinic.repository import Clinic
from host.feedback.calibrating.moment import Moment
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.calibrate_page import CalibratePage
from host.feedback.clinic.electrodes_moment import ContactMoment
from host.feedback.clinic.electrodes_page import ElectrodesPage
from host.feedback.clinic.page import Page
from host.feedback.clinic.pages import PAGES
from host.feedback.clinic.pictures import draw_pages
from host.feedback.clinic.plan_page import PlanPage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import planned
from host.feedback.clinic.steps import Step
from host.feedback.theme import Scheme
from host.recording.manifest import read_manifest, write_manifest
from host.session.asked import Asked
from host.session.contacting.building import Checking, patient_contact
from host.session.setup import patient_session

SIZES = ((1280, 800), (1920, 1080))
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
ELSEWHERE = (Step.PRACTISE, Step.LOOK_BACK)
"""Pages whose pictures need practice first."""
DAY = date(2026, 11, 26)
BEFORE = "2026-11-19T12:00:00+00:00"
WORD = Confirmation(therapist="T07", day=DAY)
PRACTISED = {
    "gentle closed smile": FeedbackMode.BARS,
    "gentle eye closure": FeedbackMode.SOUND,
    "pucker": FeedbackMode.FEEL_FIRST,
}


class Still:
    """A calibration that stands still, for its picture."""

    def __init__(self, moment: Moment) -> None:
        self.moment = moment

    def go_on(self) -> None:
        """Stand still; so do the others."""

    def repeat(self, step: int) -> None:
        """Stand still."""

    def skip(self, step: int) -> None:
        """Stand still."""

    def pause(self) -> None:
        """Stand still."""

    def begin_again(self) -> None:
        """Stand still."""


def draw_app(folder: Path, calibrating: Moment) -> None:
    """Write the pictures into a folder; `calibrating` is a moment of a calibration."""
    folder.mkdir(exist_ok=True)
    # First: its start page has one patient, and the one with all of them is to stay.
    draw_look_back(folder, SCHEMES, SIZES)
    with tempfile.TemporaryDirectory() as root:
        clinic = Clinic(Path(root))
        now, contacts = appointment(clinic), checked()
        looks = tuple(product(SCHEMES, SIZES))
        for scheme, size in looks:
            draw_pages(
                folder,
                clinic,
                now,
                scheme=scheme,
                size=size,
                prepare=prepared(calibrating, contacts["healthy"]),
                more={Step.ELECTRODES: further(contacts)},
                steps=tuple(step for step in PAGES if step not in ELSEWHERE),
            )
        # Last: it records sessions, which the patient's page would list.
        for scheme, size in looks:
            draw_practice(folder, clinic, now, scheme, size)
    draw_first_session(folder.parent / "first-session", prepared(held(), contacts["healthy"]))


def prepared(calibrating: Moment, healthy: ContactMoment) -> dict[Step, Callable[[Page], None]]:
    """Return how each page is brought to what is worth a picture."""
    return {
        Step.PLAN: _choose_pucker,
        Step.ELECTRODES: partial(_contact, moment=healthy),
        Step.CALIBRATE: lambda page: _calibrate(page, calibrating),
    }


def further(contacts: dict[str, ContactMoment]) -> dict[str, Callable[[Page], None]]:
    """Return what else is worth a picture of the electrodes."""
    return {
        word: partial(_contact, moment=moment)
        for word, moment in contacts.items()
        if word != "healthy"
    }


def checked() -> dict[str, ContactMoment]:
    """Check the contact of the simulated patient: sound, with a loose electrode, and asked."""
    found = {
        "healthy": _checked(None),
        "loose": _checked("loose:5"),
        "swapped": _checked("swapped"),
    }
    return {**found, "sides": _checked(None, until=0.6)}


def _checked(plant: str | None, until: float = 2.0) -> ContactMoment:
    """Return the moment in which so much of the side check is done; above 1, its end."""
    asked = Asked(watched=False, through_board=False, recorded=False, affected=Side.RIGHT)
    checking = Checking(planted=None if plant is None else Planted.parse(plant))
    with ExitStack() as stack:
        stage = patient_contact(asked, checking)(stack)
        session = stage.session
        while not session.view.steady:
            session.step(0.0)
        session.check_sides()
        while (sides := session.view.sides) and not sides.done and sides.progress < until:
            session.step(0.0)
        return ContactMoment(montage=stage.montage, view=session.view)


def appointment(clinic: Clinic) -> Appointment:
    """Fill a clinic with three people, one of whom is here and has practised before."""
    given = Botulinum(day=date(2026, 9, 1), side=Side.RIGHT, muscles=("ZYG", "PLA"), units=12.5)
    clinic.add(Patient(code="P02", affected=Side.LEFT), by="T07")
    clinic.add(Patient(code="P03", affected=Side.LEFT, synkinesis=WORD), by="T07")
    known = Patient(code="P01", affected=Side.RIGHT, synkinesis=WORD, botulinum=(given,))
    patient = clinic.add(known, by="T07")
    plan = first_plan(patient, montages()["face-8"], patterns().values())
    for name, mode in PRACTISED.items():
        plan = plan.with_pattern(replace(plan.planned(name), enabled=WORD, mode=mode))
    plan = clinic.save_plan(plan, by="T07")
    asked = Asked(watched=False, through_board=False, record_to=clinic.sessions_folder)
    with ExitStack() as stack:
        asked = replace(asked, pattern="pucker", seconds=180.0, person="P01")
        session = patient_session(asked)(stack).session
        while not session.over:
            session.step(0.0)
    for folder in clinic.sessions_folder.iterdir():
        # Every run gives the same pictures.
        manifest = read_manifest(folder)
        write_manifest(folder, msgspec.structs.replace(manifest, created=BEFORE, plan="pucker"))
    now = Appointment(patient=patient, therapist="T07", reach=Reach(), day=DAY, earlier=1)
    return replace(planned(now, plan), contact_checked=True)


def _choose_pucker(page: Page) -> None:
    if isinstance(page, PlanPage):
        page.form.patterns.setCurrentRow(
            list(page.form.value().patterns).index(page.form.value().planned("pucker"))
        )
        page.recent.wait()
        page.show_recent()


def _contact(page: Page, moment: ContactMoment) -> None:
    if isinstance(page, ElectrodesPage):
        page.stand_still(moment)


def _calibrate(page: Page, moment: Moment) -> None:
    if isinstance(page, CalibratePage):
        page.show_running(Still(moment))
