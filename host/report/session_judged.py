"""All that a recorded session of one person gives: its measures, and what was practised in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from host.detection.attempts import attempts_in
from host.detection.frame import Frame, Frames
from host.errors import SettingsError
from host.recording.calibration_events import marked
from host.recording.reader import SessionRecording
from host.report.bout_course import AttemptCourse, Courses
from host.report.bout_practised import Practised, practised
from host.report.trends_session import SessionMeasures, measures_of_session, session_measures
from host.session.opened import Opened
from host.session.practising.past import bouts_in
from host.session.session import Session

Watch = Callable[[Session | None, float], None]
"""Sees the running session, where there is one, and which share of it is judged, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SessionJudged:
    """One session, judged and measured."""

    measures: SessionMeasures
    practised: Practised | None
    """None where nobody practised in bouts, and where it was only measured."""
    courses: tuple[AttemptCourse, ...]
    """Of the attempts of all bouts, in order."""


def judge_session(
    opened: Opened, watch: Watch = lambda _session, _share: None, *, bouts: bool = True
) -> SessionJudged:
    """Go through a recording as it was judged when it was recorded.

    It may still be recorded: then it is the session so far. Nothing is attempted in a calibration.
    Without `bouts` it is only measured, in a quarter of the time: that is all a trend needs.
    """
    recorded = opened.recorded
    if isinstance(recorded, SessionRecording) and marked(recorded.events):
        return SessionJudged(measures=measures_of_session(opened, ()), practised=None, courses=())
    if not (bouts and _practised_in(opened)):
        return _measured(opened, watch)
    courses = Courses(recorded.stream.rate_hz)

    def see(session: Session, frames: Sequence[Frame]) -> None:
        courses.push(frames)
        watch(session, session.received / max(opened.stop, 1))

    return put_together(opened, practised(opened, see), courses)


def put_together(opened: Opened, found: Practised, courses: Courses) -> SessionJudged:
    """Return a session of practice that was gone through, live or again."""
    return SessionJudged(
        measures=measures_of_session(opened, found.measures),
        practised=found,
        courses=courses.of(attempts_in(opened.cues, opened.stop)),
    )


def _measured(opened: Opened, watch: Watch) -> SessionJudged:
    def see(frames: Frames) -> None:
        watch(None, frames.stop / max(opened.stop, 1))

    return SessionJudged(measures=session_measures(opened, see), practised=None, courses=())


def _practised_in(opened: Opened) -> bool:
    try:
        bouts_in(opened)
    except SettingsError:
        return False
    return True
