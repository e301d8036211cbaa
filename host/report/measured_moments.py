"""Measures of an attempt's time course (T3): slowness, smoothness, release, synchrony.

Targets are those of `host.detection.attempt_measures`, the same that a session goes by while it
runs; quiet muscles are measured from their powers in the same way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calibration.measured import OF_REFERENCE, Measured, unknown
from calibration.measures import mean_level
from calibration.measures_smoothness import smoothness
from calibration.measures_time import (
    REMAINING_S,
    SECONDS,
    offset,
    onset,
    release_time,
    remaining_tone,
    synchrony,
)
from calibration.patterns import Role
from calibration.traces import Trace
from host.detection.attempt_measures import (
    LET_GO,
    NO_RELEASE,
    TargetMeasures,
    after,
    blinks_since,
    measured,
    watched,
)
from host.report.measured_kinds import BOTH, Measure, MeasureRow
from host.report.measured_seen import NO_HOLD, SeenAttempt

NOT_FOLLOWED = "the session ended, or others were asked to lead, before the attempt was over"
STAYED = "the muscle stayed at rest in the hold"
UNSURE = "it cannot be told whether the muscle left rest"
NOT_WATCHED = f"release was watched for less than {REMAINING_S[1]:.0f} s"
SETTLED_S = 0.5
"""A rise is over so long after the cue to hold: its smoothness is that of all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moments:
    """When one muscle did what; onset and offset in seconds after the cue."""

    onset: Measured
    offset: Measured
    release: Measured
    tone: Measured


def moment_rows(seen: SeenAttempt) -> Iterator[MeasureRow]:
    """Yield when the muscles began, let go and came to rest."""
    targets: dict[int, TargetMeasures] = {}
    if seen.attempted is not None:
        followed = measured(seen.attempted, seen.terms.telling, seen.course.blinking)
        targets = {one.channel: one for one in followed}
    moments: dict[int, _Moments] = {}
    for column in seen.channels:
        role = seen.role(column)
        if role is Role.TARGET:
            yield from _rises(seen, column, targets.get(column))
            moments[column] = _of_target(targets.get(column))
        elif role is Role.QUIET:
            moments[column] = _of_quiet(seen, column)
    for column, one in moments.items():
        yield _row(seen, Measure.ONSET, column, one.onset)
        yield _row(seen, Measure.OFFSET, column, one.offset)
        yield _row(seen, Measure.RELEASE, column, one.release)
        yield _row(seen, Measure.REMAINING, column, one.tone)
    for left, right in seen.pairs():
        if left in moments and right in moments:
            yield from _synchrony(seen, left, (moments[left], moments[right]))


def _rises(seen: SeenAttempt, column: int, found: TargetMeasures | None) -> Iterator[MeasureRow]:
    """Yield how a target rose (P10)."""
    rise, rate = unknown(SECONDS, NOT_FOLLOWED), unknown(_PER_S, NOT_FOLLOWED)
    if found is not None:
        rise, rate = found.rise, found.rate
    yield _row(seen, Measure.RISE_TIME, column, rise)
    yield _row(seen, Measure.PEAK_RATE, column, rate)
    yield _row(seen, Measure.SMOOTHNESS, column, _smoothness(seen, column))


def _smoothness(seen: SeenAttempt, column: int) -> Measured:
    attempted = seen.attempted
    if seen.hold is None or attempted is None:
        return unknown("", NO_HOLD if seen.hold is None else NOT_FOLLOWED)
    if reason := seen.missing(column):
        return unknown("", reason)
    course = attempted.course
    places = [place for place in course.known if course.channels[place] == column]
    if not places:
        return unknown("", NOT_FOLLOWED)
    settled = seen.hold[0] + round(SETTLED_S * course.rate_hz)
    rise = course.trace(places[0], seen.start, min(settled, seen.hold[1]))
    return smoothness(rise, seed=seen.number)


def _of_target(found: TargetMeasures | None) -> _Moments:
    if found is None:
        return _nothing(NOT_FOLLOWED)
    return _Moments(onset=found.onset, offset=found.offset, release=found.release, tone=found.tone)


def _of_quiet(seen: SeenAttempt, column: int) -> _Moments:
    """Return when a quiet muscle came along and let go; one that stayed at rest did neither."""
    level, line = seen.in_hold(OF_REFERENCE, _heard, column), seen.line(column)
    tone = _tone(seen, column)
    if not level.known or level.value <= line:
        return replace(_nothing(level.reason or STAYED), tone=tone)
    if level.low <= line:
        return replace(_nothing(UNSURE), tone=tone)
    course, half = seen.course, LET_GO * level.value
    span = (course.start, watched(seen.release, seen.stop, course.rate_hz))
    rings, blinks = seen.terms.ringing, blinks_since(course.start, course.blinking, course.rate_hz)
    near_rest = course.about(column, *span, line, rings)
    release = unknown(SECONDS, NO_RELEASE)
    if seen.release is not None:
        cue_s = (seen.release - course.start) / course.rate_hz + rings.late_s
        release = release_time(near_rest, line, cue_s, blinks)
    cue_s = (seen.start - course.start) / course.rate_hz + rings.late_s
    return _Moments(
        onset=after(onset(near_rest, line), cue_s),
        offset=after(offset(course.fine(column, *span), half, blinks), cue_s),
        release=release,
        tone=tone,
    )


def _heard(hold: Trace) -> Measured:
    """Return the level that the electrode heard: moments are those of its signal, whose ever."""
    return mean_level(replace(hold, too_high=0.0))


def _tone(seen: SeenAttempt, column: int) -> Measured:
    """Return what is left 10 s after the cue to release, in muscles that stayed at rest too."""
    reason = seen.missing(column) or (NO_RELEASE if seen.release is None else "")
    if seen.release is None or reason:
        return unknown(OF_REFERENCE, reason)
    if seen.stop - seen.release < REMAINING_S[1] * seen.course.rate_hz:
        return unknown(OF_REFERENCE, NOT_WATCHED)
    return remaining_tone(seen.course.trace(column, seen.release, seen.stop))


def _synchrony(seen: SeenAttempt, left: int, both: Sequence[_Moments]) -> Iterator[MeasureRow]:
    """Yield left minus right of onset and offset (P17)."""
    site = seen.terms.montage.sites[left]
    differences = {
        Measure.ONSET_DIFFERENCE: synchrony(both[0].onset, both[1].onset),
        Measure.OFFSET_DIFFERENCE: synchrony(both[0].offset, both[1].offset),
    }
    for measure, found in differences.items():
        yield MeasureRow(
            measure=measure, muscle=site.muscle, side=BOTH, role=seen.role(left), measured=found
        )


_PER_S = f"{OF_REFERENCE} per second"


def _nothing(why: str) -> _Moments:
    moment = unknown(SECONDS, why)
    return _Moments(onset=moment, offset=moment, release=moment, tone=unknown(OF_REFERENCE, why))


def _row(seen: SeenAttempt, measure: Measure, column: int, found: Measured) -> MeasureRow:
    site = seen.terms.montage.sites[column]
    return MeasureRow(
        measure=measure,
        muscle=site.muscle,
        side="" if site.side is None else site.side.value,
        channel=column,
        role=seen.role(column),
        measured=found,
    )
