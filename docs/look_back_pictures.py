"""Pictures of the look back: a simulated patient who learns, over five weeks."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import msgspec

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import patterns
from calibration.profile import Electrodes
from host.acquisition.simulated.learning import Learner, session_settings
from host.acquisition.simulated.script import WAITING
from host.acquisition.simulated.settings import PatientSettings
from host.clinic.first_plan import first_plan
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import FeedbackMode
from host.clinic.repository import Clinic
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.look_back_found import Findings
from host.feedback.clinic.look_back_page import LookBackPage
from host.feedback.clinic.look_back_reading import Reading
from host.feedback.clinic.page import Page
from host.feedback.clinic.pictures import draw_pages
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import planned
from host.feedback.clinic.steps import Step
from host.feedback.starting import application
from host.feedback.theme import Scheme
from host.recording.manifest import read_manifest, write_manifest
from host.session.asked import Asked
from host.session.calibrating.building import Ordered, patient_calibration
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.fitting import Identity
from host.session.calibrating.unattended import run_unattended
from host.session.practising.building import Appointed, practice_session
from host.session.practising.unattended import BoutWish, practise_unattended

SESSIONS = 5
LAST = date(2026, 11, 26)
LEARNER = Learner(seed=3)
FACE = montages()["face-8"]
WORD = Confirmation(therapist="T07", day=LAST - timedelta(weeks=SESSIONS))
SMILE = "gentle closed smile"
MODES = {
    SMILE: FeedbackMode.BARS,
    "gentle eye closure": FeedbackMode.FEEL_FIRST,
    "pucker": FeedbackMode.SOUND,
}
NEAR = 50
"""In samples: so near to the hold's middle is near enough."""
PATIENCE_S = 5.0
"""So long a picture waits for the bars."""


def draw_look_back(
    folder: Path, schemes: tuple[Scheme, ...], sizes: tuple[tuple[int, int], ...]
) -> None:
    """Write the pictures: the bout, a replay, all sessions, and who acts when."""
    with tempfile.TemporaryDirectory() as root:
        clinic = Clinic(Path(root))
        now = learned(clinic)
        findings = read(clinic, now)
        moments: dict[str, Callable[[Page], None]] = {
            "replay": replay,
            "sessions": turned,
            "map": turned,
        }
        for scheme in schemes:
            for size in sizes:
                draw_pages(
                    folder,
                    clinic,
                    now,
                    scheme=scheme,
                    size=size,
                    steps=(Step.LOOK_BACK,),
                    prepare={Step.LOOK_BACK: partial(stand, findings=findings)},
                    more={Step.LOOK_BACK: moments},
                )


def learned(clinic: Clinic) -> Appointment:
    """Record all sessions; return the last one's appointment."""
    patient = clinic.add(Patient(code="P01", affected=Side.RIGHT, synkinesis=WORD), by="T07")
    plan = first_plan(patient, FACE, patterns().values())
    for name, mode in MODES.items():
        plan = plan.with_pattern(replace(plan.planned(name), enabled=WORD, mode=mode))
    plan = clinic.save_plan(plan, by="T07")
    now = planned(Appointment(patient=patient, therapist="T07", reach=Reach(), day=LAST), plan)
    bouts = list(MODES)
    folders = [
        recorded(clinic, now, number, [*bouts, SMILE] if number == SESSIONS - 1 else bouts)
        for number in range(SESSIONS)
    ]
    return replace(now, contact_checked=True, sessions=(folders[-1],), earlier=SESSIONS - 1)


def recorded(clinic: Clinic, now: Appointment, number: int, bouts: list[str]) -> Path:
    """Calibrate and practise once; return the recording's folder."""
    if now.patient is None or now.plan is None:
        raise ValueError("nobody practises without a plan")
    day = LAST - timedelta(weeks=SESSIONS - 1 - number)
    who = session_settings(LEARNER, number, PatientSettings(montage=FACE, script=WAITING))
    electrodes = Electrodes(id=f"e{number}", date=day.isoformat())
    identity = Identity(
        person="P01", therapist="T07", electrodes=electrodes, created=f"{day}T09:50:00+00:00"
    )
    asked = Asked(watched=False, through_board=False, record_to=clinic.sessions_folder)
    asked = replace(asked, person="P01")
    alone = replace(asked, montage=FACE, affected=Side.RIGHT, recorded=False)
    build = patient_calibration(alone, Ordered(identity=identity), simulated=who)
    calibration = run_unattended(build, lambda _happened: None)
    _, profile = fitted_profile(calibration.session.course.heard, identity)
    asked = replace(asked, profile=clinic.save_profile(profile), electrodes=electrodes.id)
    appointed = Appointed(patient=now.patient, plan=now.plan, today=day)
    wishes = [BoutWish(pattern=name) for name in bouts]
    stage = practise_unattended(practice_session(asked, appointed, simulated=who), wishes)
    folder = stage.session.recording.folder
    if folder is None:
        raise ValueError("practice was not recorded")
    # Every run gives the same pictures.
    manifest = read_manifest(folder)
    write_manifest(folder, msgspec.structs.replace(manifest, created=f"{day}T10:00:00+00:00"))
    return folder


def read(clinic: Clinic, now: Appointment) -> Findings:
    """Read all sessions."""
    stored = [one.folder for one in clinic.sessions("P01").found]
    reading = Reading(now.sessions, [one for one in stored if one not in now.sessions])
    reading.start()
    reading.wait()
    if reading.error is not None:
        raise reading.error
    return reading.findings


def stand(page: Page, findings: Findings) -> None:
    """Show what was found."""
    if isinstance(page, LookBackPage):
        page.stand_still(findings)


def replay(page: Page) -> None:
    """Show the hold of an attempt of the first bout."""
    if not isinstance(page, LookBackPage) or page.findings is None:
        return
    attempt = page.findings.bouts[0][1].attempts[1]
    page.obey(Pressed(act=Act.NUMBER, number=1))
    for act in (Act.RIGHT, Act.RIGHT, Act.ACCEPT):
        page.obey(Pressed(act=act))
    middle = sum(attempt.hold) // 2
    page.playing.seek(middle)
    until_s = time.monotonic() + PATIENCE_S
    while abs((page.playing.reached or 0) - middle) > NEAR and time.monotonic() < until_s:
        application().processEvents()
    page.replaying.follow()


def turned(page: Page) -> None:
    """Turn to what comes next."""
    page.obey(Pressed(act=Act.NEXT))
