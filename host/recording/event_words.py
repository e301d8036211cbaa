"""Events in words: what kind each is, and the rest of it as one line of text."""

from typing import TypeAlias

from host.detection.adjustments import Adjustment
from host.recording.bout_events import (
    AttemptLeftOut,
    BoutBegun,
    BoutEnded,
    BoutPaused,
    FeedbackSet,
    Felt,
)
from host.recording.calibration_events import CalibrationBegun, SegmentMarked
from host.recording.events import (
    Adjusted,
    ChannelExcluded,
    Counters,
    CueGiven,
    Event,
    Gap,
    HostTime,
    LinkChanged,
    Marker,
    QualityChanged,
    Touch,
)

_SessionEvent: TypeAlias = (
    CueGiven | Marker | Touch | Adjusted | QualityChanged | Gap | HostTime | Counters | LinkChanged
)

_BoutEvent: TypeAlias = BoutBegun | FeedbackSet | AttemptLeftOut | Felt | BoutPaused | BoutEnded


def kind_of(event: Event) -> str:
    """Return the kind of an event as its file names it, such as `cue`."""
    return str(event.__struct_config__.tag)


def text_of(event: Event) -> str:
    """Return what an event says besides its kind, its sample and its length."""
    if isinstance(event, CalibrationBegun | SegmentMarked):
        return _of_calibration(event)
    if isinstance(event, _BoutEvent):
        return _of_bout(event)
    if isinstance(event, ChannelExcluded):
        return f"{event.name} left out: {event.reason}"
    return _of_session(event)


def _of_session(event: _SessionEvent) -> str:  # noqa: PLR0911  one line for each kind
    match event:
        case CueGiven():
            return f"{event.pattern}: {event.phase.value}"
        case Marker():
            return event.text
        case Touch():
            where = f" {' '.join(event.muscles)}" if event.muscles else ""
            return f"{'on' if event.on else 'off'}{where}"
        case Adjusted():
            return about_change(event.change)
        case QualityChanged():
            return " ".join(event.quality)
        case Gap():
            return event.why
        case HostTime():
            return event.utc
        case Counters():
            return f"{event.lost} lost in {event.gaps} gaps, {event.reconnects} reconnects"
        case LinkChanged():  # pragma: no branch
            return f"{event.link}: {event.message}" if event.message else event.link


def _of_calibration(event: CalibrationBegun | SegmentMarked) -> str:
    """Return what it says, without the person: tables of results travel."""
    if isinstance(event, CalibrationBegun):
        return f"electrodes {event.electrodes} of {event.applied}"
    side = "" if event.side is None else event.side.value
    words = (event.kind.value, event.muscle, side, "taken back" if event.void else "")
    return " ".join(filter(None, words))


def _of_bout(event: _BoutEvent) -> str:
    match event:
        case BoutBegun():
            return f"bout {event.number}: {event.pattern}, {event.mode}, {event.bout_s:g} s"
        case FeedbackSet():
            return f"attempt {event.attempt} {'with' if event.shown else 'without'} feedback"
        case AttemptLeftOut():
            return f"attempt {event.attempt}: {event.why}"
        case Felt():
            felt = "not answered" if event.skipped else _codes(event.muscles)
            return f"attempt {event.attempt}: {felt}"
        case BoutPaused():
            return ("quiet" if event.quiet else "paused") if event.on else "goes on"
        case BoutEnded():  # pragma: no branch
            return f"bout {event.number}: {event.why}"


def samples_of(event: Event) -> int:
    """Return how long an event lasts by itself; 0 for a moment."""
    if isinstance(event, Gap | SegmentMarked):
        return event.stop - event.sample
    return event.samples if isinstance(event, Marker) else 0


def about_change(change: Adjustment) -> str:
    """Say what a therapist changed, setting by setting."""
    said = []
    if change.thresholds is not None:
        terms = change.thresholds
        said.append(
            f"thresholds: {terms.enter:g} for {terms.enter_s:g} s begins, "
            f"{terms.leave:g} for {terms.leave_s:g} s ends"
        )
    if change.effort is not None:
        said.append(f"effort: {change.effort.low:g} leads, {change.effort.ceiling:g} is too much")
    said += [
        f"{pattern.name}: target {_codes(pattern.target)}, quiet {_codes(pattern.quiet)}"
        for pattern in change.patterns
    ]
    return "; ".join(said)


def _codes(codes: tuple[str, ...]) -> str:
    return " ".join(codes) or "none"
