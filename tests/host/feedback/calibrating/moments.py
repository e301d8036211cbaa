"""Moments of a calibration for tests, written by hand: no signal is behind them."""

from dataclasses import replace

from calibration.findings import Fault, Finding
from calibration.montage import Montage, montages, plain_montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState
from host.feedback.calibrating.moment import Moment
from host.recording.state import RecordingState
from host.session.calibrating.protocol import ProtocolStep, whole_protocol
from host.session.calibrating.view import (
    CalibrationView,
    ChannelView,
    CoursePhase,
    StepState,
    StepView,
)

FOUR = montages()["face-4"]
"""Eye and cheek, left and right."""
STEPS = whole_protocol(FOUR, Side.RIGHT)
CONTACT, REST, SIDE_CHECK, CHEEK_BOTH = 0, 1, 2, 8
"""Numbers of some steps."""
STREAMING = LinkState(link=Link.STREAMING)
SILENT = LinkState(link=Link.SILENT, message="No signal from the board. Looking for it again.")
WEAK = Finding(
    fault=Fault.WEAK, channel=3, where="Cheek, right, reference", detail="1.2 times rest", start=9
)
SWAPPED = Finding(fault=Fault.SWAPPED, channel=None, where="Both sides", detail="as it seems")


def channels(montage: Montage = FOUR, level_uv: float = 2.0) -> tuple[ChannelView, ...]:
    """Return channels all of which are good."""
    return tuple(
        ChannelView(name=montage.named(at), quality="good", good=True, level_uv=level_uv)
        for at in range(len(montage.sites))
    )


def flawed(column: int, quality: str = "loose electrode") -> tuple[ChannelView, ...]:
    """Return channels one of which is not good."""
    found = list(channels())
    passes = quality in {"settling", "left out"}
    found[column] = replace(found[column], quality=quality, good=False, passes=passes)
    return tuple(found)


def prompted(step: ProtocolStep, phase: CoursePhase) -> str:
    """Return what the patient reads, as a course words it."""
    if phase is CoursePhase.PREPARE and step.movement:
        return f"Next: {step.prompt[:1].lower()}{step.prompt[1:]}"
    return {CoursePhase.PAUSE: "Let go", CoursePhase.JUDGED: "Let go"}.get(phase, step.prompt)


def view(
    number: int = CHEEK_BOTH, phase: CoursePhase = CoursePhase.HOLD, hold: int = 2
) -> CalibrationView:
    """Return a view in the middle of a step; all steps before it went well."""
    step, running = STEPS[number], StepState.RUNNING
    states = [StepState.GOOD] * number + [running] + [StepState.AHEAD] * (len(STEPS) - number - 1)
    return CalibrationView(
        title=step.title,
        prompt=prompted(step, phase),
        therapist=step.therapist,
        phase=phase,
        step=number,
        hold=min(hold, step.holds),
        holds=step.holds,
        seconds_left=2.2,
        step_progress=0.5,
        progress=0.4,
        minutes_left=1.8,
        waiting=False,
        may_go_on=phase in (CoursePhase.JUDGED, CoursePhase.PAUSED),
        channels=channels(),
        findings=(),
        accepted=(),
        steps=tuple(
            StepView(number=at, title=one.title, state=state)
            for at, (one, state) in enumerate(zip(STEPS, states, strict=True))
        ),
        sample=4000,
    )


def judged(*findings: Finding) -> CalibrationView:
    """Return the view after a step; with findings it waits for the therapist."""
    over = view(phase=CoursePhase.JUDGED, hold=3)
    state = StepState.FINDING if findings else StepState.GOOD
    steps = (*over.steps[:CHEEK_BOTH], replace(over.steps[CHEEK_BOTH], state=state))
    return replace(
        over,
        findings=findings,
        waiting=bool(findings),
        seconds_left=0.0 if findings else 0.6,
        steps=steps,
    )


def done() -> CalibrationView:
    """Return the view when all steps are over."""
    return replace(
        judged(),
        title="",
        prompt="That was all. Thank you",
        phase=CoursePhase.DONE,
        step=None,
        holds=1,
        may_go_on=False,
        progress=1.0,
        minutes_left=0.0,
        seconds_left=0.0,
    )


def moment(shown: CalibrationView | None = None, montage: Montage = FOUR) -> Moment:
    """Return a moment in which all is well."""
    return Moment(
        view=shown or view(),
        steps=STEPS,
        montage=montage,
        affected=Side.RIGHT,
        link=STREAMING,
        recording=RecordingState(light=True),
    )


def plain_moment(count: int = 3) -> Moment:
    """Return a moment with channels that lie on no muscle."""
    montage = plain_montage(count)
    return moment(replace(view(), channels=channels(montage)), montage)
