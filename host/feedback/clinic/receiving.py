"""A patient comes in: what the clinic knows becomes an appointment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.muscles import Side
from calibration.saying import Saying
from host.clinic.patient import Patient
from host.errors import ClinicError
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.reach import Reach
from host.session.own_tables import known_montages, own_patterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from calibration.montage import Montage
    from host.clinic.plan import Plan
    from host.clinic.repository import Clinic

SIMULATED = "simulated"
"""Code of the patient without a face."""


def received(clinic: Clinic, patient: Patient, therapist: str, reach: Reach) -> Appointment:
    """Return the appointment of a patient who has just come in.

    HostError where a plan or a table of the therapist's own cannot be read: an older plan, or none,
    must not be taken for it.
    """
    now = Appointment(
        patient=patient,
        therapist=therapist,
        reach=reach,
        own_patterns=own_patterns(),
        earlier=len(clinic.sessions(patient.code).found),
    )
    return planned(now, clinic.plan(patient.code))


def planned(now: Appointment, plan: Plan | None) -> Appointment:
    """Return the appointment with this plan, and with the electrodes that it was made for."""
    montage = None if plan is None else montage_named(plan.montage)
    if montage != now.montage:
        now = replace(now, contact_checked=False, exclusions=(), profile=None)
    return replace(now, plan=plan, montage=montage)


def montage_named(name: str) -> Montage | None:
    """Return a ready montage or one of the therapist's own; None where nobody knows the name."""
    return known_montages().get(name)


def simulated_patient(clinic: Clinic, therapist: str, say: Callable[[str], None]) -> Patient:
    """Return the patient without a face; the first time, the entry is made.

    A damaged entry is nobody's work that is lost: it is kept under another name, and said.
    """
    kept = clinic.set_aside(SIMULATED)
    if kept is not None:
        say(Saying("The entry of {} was damaged. It is kept aside: {}.", SIMULATED, kept))
    try:
        return clinic.patient(SIMULATED)
    except ClinicError:
        return clinic.add(Patient(code=SIMULATED, affected=Side.RIGHT), by=therapist)
