"""What belongs to an appointment on any day: its plan, its calibration, its end, its recording."""

from host.clinic.plan import FeedbackMode
from host.feedback.clinic.receiving import SIMULATED
from host.recording.bout_events import BoutBegun, BoutEnded
from host.recording.reader import SessionRecording, read_session
from host.session.asked import Asked
from host.session.opened import open_recording
from host.session.practising.replaying import replayed_practice
from host.session.practising.tried import Tried
from host.session.practising.unattended import follow_to_the_end
from tests.appointment.therapist import Therapist

THERAPIST = "T07"
BOUT_S = 30.0
RATE_HZ = 250.0
MODES = {
    "gentle closed smile": FeedbackMode.BARS,
    "gentle eye closure": FeedbackMode.SOUND,
    "pucker": FeedbackMode.FEEL_FIRST,
}
SMILE, EYES, PUCKER = MODES


def make_the_plan(therapist: Therapist) -> None:
    """Confirm synkinesis, tick three patterns with three kinds of feedback, save."""
    therapist.confirm_synkinesis()
    for name, mode in MODES.items():
        therapist.enable(name, mode)
    therapist.shorten_bouts(BOUT_S)
    therapist.save_plan()
    plan = therapist.app.clinic.plan(SIMULATED)
    assert plan is not None
    assert plan == therapist.app.appointment.plan
    assert {one.name: one.mode for one in plan.patterns if one.enabled} == MODES
    assert plan.bout_s == BOUT_S
    word = therapist.app.clinic.patient(SIMULATED).synkinesis
    assert word is not None
    assert word.therapist == THERAPIST


def calibrate_and_go_on(therapist: Therapist) -> None:
    """Calibrate the whole face, then open practice."""
    therapist.go_on_to_calibrate()
    moment = therapist.calibrate()
    assert moment.concluded is not None, moment.error
    assert moment.concluded.profile is not None
    therapist.open_practice()


def judged_again(therapist: Therapist) -> tuple[Tried, ...]:
    """Return all attempts as the page that looks back found them."""
    findings = therapist.back.findings
    assert findings is not None
    reports = [session.report(made.number) for session, made in findings.bouts]
    return tuple(one for report in reports if report for one in report.report.attempts)


def end_and_look_at_what_was_said(therapist: Therapist) -> None:
    """Close the board; what was recorded is named."""
    (folder,) = therapist.app.appointment.sessions
    said = therapist.end().said.text()
    assert "The board is closed" in said
    assert f"Recorded: {folder.name}." in said
    sessions = therapist.app.clinic.sessions(SIMULATED).found
    assert [one.plan.partition(",")[0] for one in sessions] == ["calibration", "practice"]
    assert all(one.duration_s is not None for one in sessions), "a recording was not closed"


def what_was_recorded(therapist: Therapist, tried: tuple[Tried, ...]) -> SessionRecording:
    """Find three bouts in the recording; gone through again it gives the same, to the bit."""
    (folder,) = therapist.app.appointment.sessions
    recorded = read_session(folder)
    begun = [event for event in recorded.events if isinstance(event, BoutBegun)]
    assert [(one.pattern, one.mode) for one in begun] == [
        (name, mode.value) for name, mode in MODES.items()
    ]
    assert len([event for event in recorded.events if isinstance(event, BoutEnded)]) == len(MODES)
    again = follow_to_the_end(replayed_practice(open_recording(folder, Asked()))).practice.view
    assert (*again.earlier, *again.attempts) == tried
    return recorded
