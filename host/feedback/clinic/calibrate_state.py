"""What the calibrate page offers before it begins: a whole one, a short check, or today's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from host.translation import tr

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.profile import Electrodes, Profile
    from host.feedback.clinic.appointment import Appointment
    from host.session.asked import Asked
    from host.session.calibrating.building import Ordered
    from host.session.calibrating.view import CalibrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What can be done, in words; empty for what cannot."""

    whole: str
    check: str = ""
    """Check an earlier calibration again, after electrodes were applied anew."""
    keep: str = ""
    """Go on with today's, because nobody has touched the electrodes since."""
    about: str = ""


def offered(now: Appointment, before: Profile | None) -> Offered:
    """Return what can be done; `before` is the newest calibration with these electrodes."""
    whole = tr("Calibrate")
    if before is None:
        return Offered(whole=whole, about=tr("There is no calibration with these electrodes yet."))
    made = datetime.fromisoformat(before.created).astimezone()
    when = f"{made:%Y-%m-%d %H:%M}"
    about = tr("The newest calibration with these electrodes is of {}.").format(when)
    if before.electrodes.date != now.day.isoformat():
        return Offered(whole=whole, check=tr("Short check, 20 s"), about=about)
    keep = tr("Electrodes as they were: use it")
    return Offered(whole=whole, check=tr("Short check, 20 s"), keep=keep, about=about)


def goes_on(view: CalibrationView) -> bool:
    """Tell whether going on only ends a pause: what was found is accepted by a press of its own."""
    from host.session.calibrating.view import CoursePhase

    judged = view.phase is CoursePhase.JUDGED and not view.findings
    return judged or view.phase is CoursePhase.PAUSED


def electrodes_now(now: Appointment) -> Electrodes:
    """Return the electrodes as they lie: those of the electrodes page, or applied just now."""
    from calibration.profile import Electrodes

    if now.electrodes is not None:
        return now.electrodes
    at = datetime.now().astimezone()
    return Electrodes(id=f"{at:%Y-%m-%d_%H-%M}", date=now.day.isoformat())


def ordered(now: Appointment, before: Profile | None) -> Ordered:
    """Return the calibration to be made; `before` for a short check of it."""
    from host.recording.manifest import utc_now
    from host.session.calibrating.building import Ordered
    from host.session.calibrating.fitting import Identity

    if now.patient is None:
        raise ValueError("nobody is here to be calibrated")
    identity = Identity(
        person=now.patient.code,
        therapist=now.therapist,
        electrodes=electrodes_now(now),
        created=utc_now(),
    )
    return Ordered(identity=identity, profile=before)


def asked(now: Appointment, sessions: Path) -> Asked:
    """Return what the session of a calibration is asked for; `sessions` is the folder of them."""
    from host.acquisition.simulated.faults import Faults
    from host.session.asked import Asked

    if now.patient is None or now.reach is None:
        raise ValueError("nobody is here, or no board")
    made = Asked(
        montage=now.montage,
        affected=now.patient.affected,
        own_patterns=now.own_patterns,
        through_board=now.reach.through_board,
        seed=now.reach.seed,
        person=now.patient.code,
        exclusions=now.exclusions,
        record_to=sessions,
        name="calibration",
    )
    return replace(made, faults=now.reach.faults or Faults())
