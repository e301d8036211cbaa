"""What the therapist's column shows at one moment. No Qt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from calibration.findings import Fault, Finding
from host.acquisition.source import Link
from host.feedback.calibrating.channels_state import ChannelsState, channels_state
from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.moment import Moment
from host.feedback.screen_words import said_interruption
from host.session.calibrating.finding_words import finding_advice, finding_sentence
from host.session.calibrating.view import CalibrationView, CoursePhase, StepState, StepView
from host.translation import mark, told, tr

_RECORDING, _ENDED = mark("Recording"), mark("Nothing is measured any more.")
_PAUSES = mark("Nothing is measured for a moment. It goes on by itself.")
MINUTES_LEFT = mark("About {} minutes left")
_MOVING = (CoursePhase.PREPARE, CoursePhase.HOLD, CoursePhase.PAUSE, CoursePhase.JUDGED)


_MARKS = {
    StepState.AHEAD: Mark.AHEAD,
    StepState.RUNNING: Mark.RUNNING,
    StepState.GOOD: Mark.GOOD,
    StepState.FINDING: Mark.FINDING,
    StepState.SKIPPED: Mark.SKIPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One line of the list."""

    title: str
    mark: Mark
    current: bool
    """Whether it runs, is paused, or was judged last."""
    spoken: str
    """For screen readers: "Cheek, right: good"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding in plain words."""

    sentence: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one button does now."""

    words: str
    possible: bool
    advised: bool = False
    """Whether it is what should be done now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """The buttons."""

    go_on: Offer = Offer(words=mark("Go on"), possible=False)
    repeat: Offer = Offer(words=mark("Repeat"), possible=False)
    skip: Offer = Offer(words=mark("Skip"), possible=False)
    pause: Offer = Offer(words=mark("Pause"), possible=False)
    begin_again: Offer = Offer(words=mark("Begin again"), possible=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideState:
    """Everything in the therapist's column."""

    title: str = ""
    say: str = ""
    """What the therapist says or does."""
    findings: tuple[Told, ...] = ()
    steps: tuple[StepRow, ...] = ()
    channels: ChannelsState = ChannelsState()
    progress: float = 0.0
    left: str = ""
    """About how many minutes are left."""
    offers: Offers = Offers()
    recording: str = ""
    """"Recording", or what is wrong with it; empty where nothing is recorded."""
    recording_light: bool = False
    """True only while what came is known to be on the disk."""
    recording_wrong: bool = False


def guide_state(
    moment: Moment, *, chosen: int | None = None, last: GuideState | None = None
) -> GuideState:
    """Decide what the therapist sees; `chosen` is the step that is clicked in the list."""
    view = moment.view
    recording = moment.recording
    words = told(recording.message or (_RECORDING if recording.light else ""))
    ended = bool(moment.error) or moment.over
    if view is None:
        return GuideState(say=_interrupted(moment), findings=_wrong(moment), recording=words)
    return GuideState(
        title=view.title or tr("All done"),
        say=_interrupted(moment) or view.therapist,
        findings=(*_wrong(moment), *told_once(view.findings)),
        steps=tuple(_row(one, view) for one in view.steps),
        channels=channels_state(moment, ChannelsState() if last is None else last.channels),
        progress=round(float(view.progress), 3),
        left=_left(view),
        offers=Offers() if ended else _offers(view, chosen),
        recording=words,
        recording_light=recording.light,
        recording_wrong=bool(recording.message),
    )


def _interrupted(moment: Moment) -> str:
    """Say that nothing is measured; empty while something is, or has been to the end."""
    if moment.error or moment.over:
        return tr(_ENDED)
    if moment.heard or moment.concluding or moment.concluded is not None:
        return ""
    waits = moment.link.link is Link.CONNECTING
    return said_interruption(moment.link) if waits else tr(_PAUSES)


def _wrong(moment: Moment) -> tuple[Told, ...]:
    """Say what is wrong, in full: the patient only reads that there is nothing to do."""
    if moment.error:
        stopped = tr("The calibration has stopped.")
        return (Told(sentence=stopped, advice=told(moment.error)),)
    if _interrupted(moment) != tr(_PAUSES):
        return ()
    return (Told(sentence=tr("No signal."), advice=told(moment.link.message)),)


def step_meant(view: CalibrationView, chosen: int | None) -> int:
    """Return which step is repeated: the chosen one, else the running, else the last one done."""
    if chosen is not None:
        return chosen
    if view.step is not None:
        return view.step
    return max((one.number for one in view.steps if one.state is not StepState.SKIPPED), default=0)


def told_once(findings: Sequence[Finding]) -> tuple[Told, ...]:
    """Put findings into words; what was found of a channel many times is told once."""
    times = Counter((one.fault, one.channel) for one in findings)
    first = {(one.fault, one.channel): one for one in reversed(findings)}
    return tuple(
        Told(
            sentence=finding_sentence(first[key])
            + (" " + tr("{} times.").format(count) if count > 1 else ""),
            advice=finding_advice(first[key]),
        )
        for key, count in times.items()
    )


def _row(step: StepView, view: CalibrationView) -> StepRow:
    return StepRow(
        title=step.title,
        mark=_MARKS[step.state],
        current=step.number == view.step,
        spoken=f"{step.title}: {tr(step.state.value)}",
    )


def _left(view: CalibrationView) -> str:
    if view.phase is CoursePhase.DONE:
        return tr("All steps are over")
    minutes = round(view.minutes_left)
    if minutes < 1:
        return tr("Under a minute left")
    return tr("About 1 minute left") if minutes == 1 else tr(MINUTES_LEFT).format(minutes)


def _offers(view: CalibrationView, chosen: int | None) -> Offers:
    """Say what can be done now, and whether it is about the chosen step."""
    accepts = bool(view.findings) and view.may_go_on and view.phase is CoursePhase.JUDGED
    swapped = accepts and any(one.fault is Fault.SWAPPED for one in view.findings)
    return Offers(
        go_on=Offer(
            words=mark("Go on all the same" if accepts else "Go on"),
            possible=view.may_go_on,
            advised=view.may_go_on and view.waiting and not accepts,
        ),
        repeat=Offer(
            words=mark("Repeat" if chosen is None else "Repeat chosen"),
            possible=True,
            advised=accepts and not swapped,
        ),
        skip=Offer(
            words=mark("Skip" if chosen is None else "Skip chosen"),
            possible=chosen is not None or view.step is not None,
        ),
        pause=Offer(words=mark("Pause"), possible=view.phase in _MOVING and not view.waiting),
        begin_again=Offer(words=mark("Begin again"), possible=True, advised=swapped),
    )
