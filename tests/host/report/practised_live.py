"""Practice that is measured while it runs, for tests of what is kept of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from host.clinic.edition import Edition
from host.clinic.plan import FeedbackMode
from host.report.session_live import LiveResult, LiveSession
from host.session.asked import Asked
from host.session.practising.building import Appointed, practice_session
from host.session.practising.unattended import BoutWish, practise_unattended
from tests.host.clinic import people

SAVED = Edition(number=1, saved="2026-11-25T09:00:00+00:00", by="T07")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ran:
    """A recording, and what was known of it at its end."""

    folder: Path
    result: LiveResult


def ran(root: Path, *, bout_s: float = 30.0) -> Ran:
    """Practise one short bout with the simulated patient."""
    plan = replace(people.plan("pucker"), edition=SAVED, bout_s=bout_s)
    asked = Asked(watched=False, through_board=False, record_to=root)
    who = Appointed(patient=people.patient(), plan=plan, today=people.TODAY)
    live = LiveSession()
    stage = practise_unattended(
        live.building(practice_session(asked, who)),
        [BoutWish(pattern="pucker", mode=FeedbackMode.FEEL_FIRST)],
        watch=live.push,
    )
    folder = stage.session.recording.folder
    assert folder is not None
    if live.error is not None:
        raise live.error
    assert live.result is not None
    return Ran(folder=folder, result=live.result)
