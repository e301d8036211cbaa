"""An appointment as it stands, and which of its steps is possible: decided here, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from host.feedback.clinic.steps import Standing, Step, StepState
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calibration.montage import Montage
    from calibration.patterns import Pattern
    from calibration.profile import Electrodes, Profile
    from host.clinic.patient import Patient
    from host.clinic.plan import Plan
    from host.feedback.clinic.reach import Reach
    from host.report.session_live import LiveSession
    from host.session.contacting.exclusion import Exclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What the steps have made so far; each page hands on a changed one."""

    patient: Patient | None = None
    plan: Plan | None = None
    day: date = field(default_factory=date.today)
    own_patterns: tuple[Pattern, ...] = ()
    """Patterns of the therapist's own, beside those of T2 or in place of them."""
    therapist: str = ""
    """Code of who is in the room."""
    reach: Reach | None = None
    """How the board is reached."""
    montage: Montage | None = None
    """Which channel lies where: as planned, until other electrodes are picked."""
    electrodes: Electrodes | None = None
    """As they lie today."""
    contact_checked: bool = False
    """Whether every channel was found good, or excluded by name."""
    exclusions: tuple[Exclusion, ...] = ()
    """Channels that the therapist goes without, each by name."""
    profile: Profile | None = None
    """Today's calibration."""
    profile_path: Path | None = None
    sessions: tuple[Path, ...] = ()
    """Folders of the sessions recorded in this appointment, oldest first."""
    measured: tuple[LiveSession, ...] = ()
    """Sessions of this appointment that were measured while they ran."""
    earlier: int = 0
    """How many sessions this patient has from before."""
    ended: bool = False

    def __post_init__(self) -> None:
        """Refuse a plan or a calibration that is nobody's, or somebody else's."""
        if self.patient is None and (self.plan is not None or self.sessions):
            raise ValueError("a plan and sessions belong to a patient")
        if self.plan is not None and self.patient is not None:
            _refuse_other(self.plan.person, self.patient.code, "plan")
        if self.profile is not None:
            _refuse_other(self.profile.person, self.patient.code if self.patient else "", "profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the therapist's plan allows today (P16)."""

    open: bool
    """Whether any pattern may be practised."""
    said: tuple[str, ...] = ()
    """Everything that stands in the way of something, one sentence each."""


def gate(now: Appointment) -> Gate:
    """Return whether there may be practice, and what stands in the way (P16)."""
    from host.session.plan import may_practise, practisable
    from host.session.plan_terms import known_patterns

    if now.patient is None or now.plan is None:
        return Gate(open=False, said=(tr("There is no plan yet."),))
    if now.montage is None:
        return Gate(open=False, said=(tr("The electrodes of the plan are not known here."),))
    known = known_patterns(now.own_patterns)
    asked = now.patient, now.plan, now.day
    refusals = may_practise(*asked, montage=now.montage, known=known)
    allowed = practisable(*asked, montage=now.montage, known=known)
    return Gate(open=bool(allowed), said=tuple(one.said for one in refusals))


def _refuse_other(person: str, code: str, what: str) -> None:
    if person != code:
        raise ValueError(f"the {what} of {person!r} is not for {code!r}")


def standing(step: Step, now: Appointment) -> Standing:
    """Return how a step stands, and in one sentence why."""
    return _STANDINGS[step](now)


def next_step(now: Appointment, among: tuple[Step, ...]) -> Step | None:
    """Return the first step of `among` that wants doing: where an appointment goes on."""
    for step in among:
        if standing(step, now).state in (StepState.READY, StepState.ATTENTION):
            return step
    return None


def _patient(now: Appointment) -> Standing:
    if now.patient is None:
        return Standing(state=StepState.READY)
    if now.patient.synkinesis is None:
        why = tr("No therapist has confirmed synkinesis yet.")
        return Standing(state=StepState.ATTENTION, why=why)
    return Standing(state=StepState.DONE)


def _plan(now: Appointment) -> Standing:
    if now.patient is None:
        return _not_yet(tr("Choose a patient first."))
    if now.plan is None:
        return Standing(state=StepState.READY)
    said = gate(now).said
    if said:
        return Standing(state=StepState.ATTENTION, why=said[0])
    return Standing(state=StepState.DONE)


def _electrodes(now: Appointment) -> Standing:
    if now.patient is None:
        return _not_yet(tr("Choose a patient first."))
    if now.plan is None:
        return _not_yet(tr("Make a plan first: it says which side is affected."))
    if now.reach is None:
        return _not_yet(tr("Choose first how the board is reached."))
    return _done(done=now.contact_checked and now.montage is not None)


def _calibrate(now: Appointment) -> Standing:
    before = _electrodes(now)
    if not before.possible:
        return before
    if now.montage is None:
        return _not_yet(tr("Say first where the electrodes lie."))
    if not now.contact_checked:
        return _not_yet(tr("Check the contact of every electrode first."))
    return _done(done=now.profile is not None)


def _practise(now: Appointment) -> Standing:
    before = _calibrate(now)
    if not before.possible:
        return before
    allowed = gate(now)
    if not allowed.open:
        return _not_yet(allowed.said[0])
    if now.profile is None:
        return _not_yet(tr("Calibrate first: levels of another day do not compare."))
    nameless = uncalibrated(now, now.profile)
    if nameless:
        return _not_yet(nameless)
    return _done(done=bool(now.sessions))


def uncalibrated(now: Appointment, profile: Profile) -> str:
    """Say which muscles are not calibrated, and not left out by name; empty where all are."""
    from host.session.contacting.exclusion import columns
    from host.session.uncalibrated import not_calibrated, uncalibrated_words

    found = not_calibrated(profile.montage, profile.reference(), columns(now.exclusions))
    return uncalibrated_words(profile.montage, found)


def _look_back(now: Appointment) -> Standing:
    if now.patient is None:
        return _not_yet(tr("Choose a patient first."))
    if not now.sessions and not now.earlier:
        return _not_yet(tr("There is no session to look back on yet."))
    return Standing(state=StepState.READY)


def _end(now: Appointment) -> Standing:
    if now.patient is None:
        return _not_yet(tr("Choose a patient first."))
    return _done(done=now.ended)


def _not_yet(why: str) -> Standing:
    return Standing(state=StepState.NOT_YET, why=why)


def _done(*, done: bool) -> Standing:
    return Standing(state=StepState.DONE if done else StepState.READY)


_STANDINGS: dict[Step, Callable[[Appointment], Standing]] = {
    Step.PATIENT: _patient,
    Step.PLAN: _plan,
    Step.ELECTRODES: _electrodes,
    Step.CALIBRATE: _calibrate,
    Step.PRACTISE: _practise,
    Step.LOOK_BACK: _look_back,
    Step.END: _end,
}
