"""What the patient's part of the calibration page shows at one moment. No Qt."""

import re
from dataclasses import dataclass, replace
from math import ceil

from calibration.muscles import Side
from host.acquisition.source import Link
from host.feedback.calibrating.moment import Moment
from host.feedback.calibrating.pace import PaceState, pace_state
from host.feedback.faces.face_state import FaceState, Spot
from host.session.calibrating.protocol import EFFORT
from host.session.calibrating.view import CalibrationView, CoursePhase
from host.translation import mark, tr

_ENDED = mark("Rest now. Nothing is measured any more.")
_SILENT = mark("Rest now. Nothing is measured for a moment. It goes on by itself.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientState:
    """What somebody with electrodes on the face needs in this second."""

    prompt: str = ""
    """What to do: "Smile gently, lips closed"."""
    ahead: str = ""
    """"Next" while the prompt only says what will come; it is faint then."""
    detail: str = ""
    """On which side and how gently: "right side, 2 of 10" (P8)."""
    count: str = ""
    """Which hold of how many; empty where there is one only."""
    seconds: str = ""
    """How long it goes on, in whole seconds."""
    pace: PaceState = PaceState()
    face: FaceState = FaceState()
    interruption: str = ""
    """A calm sentence in place of the prompt."""


def patient_state(moment: Moment) -> PatientState:
    """Decide what the patient sees; while no samples come, nothing is asked."""
    view = moment.view
    said = _interruption(moment)
    if view is None or said:
        return PatientState(interruption=said or tr("One moment."), face=_face(moment))
    ahead, prompt, detail = divided(view.prompt)
    return PatientState(
        prompt=prompt,
        ahead=ahead,
        detail=tr("One moment, please") if _rests_meanwhile(view) else detail,
        count=_count(view),
        seconds=f"{ceil(view.seconds_left)} s" if view.seconds_left > 0.0 else "",
        pace=pace_state(view, moment.step),
        face=_face(moment),
    )


def divided(prompt: str) -> tuple[str, str, str]:
    """Divide a prompt: whether it is still ahead, what to do, on which side and how gently.

    What to do stands in the same place, with the same letters, before and while it is done.
    """
    first, *aside = _aside().split(prompt)
    before, _, _ = tr("Next: {}").partition("{}")
    ahead = before.strip(" :") if before and first.startswith(before) else ""
    first = first.removeprefix(before) if ahead else first
    return ahead, f"{first[:1].upper()}{first[1:]}", ", ".join(aside)


def _aside() -> re.Pattern[str]:
    """Find where a prompt goes on to say on which side and how gently.

    In a language that says so in another order it is not found, and the prompt stays in one piece.
    """
    sides = "|".join(re.escape(tr(side.value)) for side in Side)
    return re.compile(rf", (?=(?:{sides}) |{re.escape(tr(EFFORT))}$)")


def _rests_meanwhile(view: CalibrationView) -> bool:
    """Tell whether the patient has nothing to do but wait for the therapist."""
    return view.waiting and view.phase is CoursePhase.JUDGED


def _count(view: CalibrationView) -> str:
    if view.holds < 2:
        return ""
    if view.phase is CoursePhase.PREPARE:
        return tr("{} times").format(view.holds)
    if view.phase is CoursePhase.HOLD:
        return tr("Hold {} of {}").format(view.hold, view.holds)
    if view.phase is CoursePhase.PAUSE:
        return tr("Next: hold {} of {}").format(view.hold, view.holds)
    return ""


def _interruption(moment: Moment) -> str:
    """Say calmly why nothing is asked; empty while all is well. Reasons are the therapist's."""
    if moment.error or (moment.over and moment.concluded is None):
        return tr(_ENDED)
    if moment.concluded is not None:
        return ""
    if moment.concluding:
        return tr("Thank you. One moment: the calibration is being worked out.")
    if moment.heard:
        return ""
    if moment.link.link is Link.ENDED:
        return tr(_ENDED)
    waits = moment.link.link in (Link.CONNECTING, Link.STREAMING)
    return tr("One moment.") if waits else tr(_SILENT)


def _face(moment: Moment) -> FaceState:
    """Mark what is asked, or all that should rest; electrodes without a sound signal, dashed."""
    view, step = moment.view, moment.step
    if view is None or moment.montage is None:
        return FaceState()
    places = {
        column: (site.muscle, site.side)
        for column, site in enumerate(moment.montage.sites)
        if site.side is not None
    }
    known = {column for column in places if moment.heard and view.channels[column].good}
    face = FaceState(unknown=frozenset(places[column] for column in places.keys() - known))
    if step is None or view.phase is CoursePhase.PAUSED or not moment.heard:
        return face
    if step.movement is None:
        return replace(face, calm=frozenset(places[column] for column in known))
    return replace(face, target=_asked(step.muscle, step.side) - face.unknown)


def _asked(code: str, side: Side | None) -> frozenset[Spot]:
    return frozenset((code, one) for one in ((side,) if side else Side))
