"""What an attempt was like, muscle by muscle and side against side (T3, P10, P12, P17).

Every measure is that of `calibration.measures_*`; here is only from when to when, and at which
level, it is taken. What is not known says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from calibration.measured import OF_REFERENCE, Measured, difference, unknown
from calibration.measures import mean_level
from calibration.measures_time import (
    REMAINING_S,
    SECONDS,
    Blinks,
    offset,
    onset,
    peak_rate,
    release_time,
    remaining_tone,
    rise_time,
    synchrony,
)
from calibration.montage import Montage
from calibration.muscles import Side
from calibration.ringing import Ringing
from host.detection.attempted import Attempted
from host.detection.course import Course
from host.detection.guards import Effort

LET_GO = 0.5
"""A muscle has let go when it is below this share of its own hold: its offset (P17)."""

Blinking: TypeAlias = Sequence[tuple[int, int]]
"""From which to before which sample there was a blink, or what moves with one; in order."""

NEVER_LED = "the muscle never came to lead"
NO_RELEASE = "nobody asked for release"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetMeasures:
    """One target muscle in one attempt; moments in seconds after the cue."""

    channel: int
    onset: Measured
    """When it left rest, after the cue to rise."""
    rise: Measured
    """From 10 to 90 % of its hold."""
    rate: Measured
    """Steepest rise."""
    level: Measured
    """Mean of its hold, share of the gentle reference."""
    offset: Measured
    """When it let go, after the cue to rise."""
    release: Measured
    """From the cue to release until it stays at rest."""
    tone: Measured
    """What is left 10 s after that cue."""

    def in_corridor(self, effort: Effort) -> bool | None:
        """Tell whether the hold lay between leading and too much (P8); None where not known."""
        if not self.level.known:
            return None
        return effort.low <= self.level.value <= effort.ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDifference:
    """A muscle on both sides, left minus right (P17)."""

    muscle: str
    onset: Measured
    level: Measured
    """In shares of each side's own reference."""
    offset: Measured
    release: Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """By what a muscle's moments are told."""

    line: float
    """Its rest threshold, share of its reference."""
    rest_spread: float = 0.0
    """How sure its power at rest is, relative standard deviation; 0 where nobody knows."""
    ringing: Ringing = field(default_factory=Ringing.none)
    """What the chain's filters make of its power."""


def measured(
    attempted: Attempted, telling: Sequence[Telling], blinking: Blinking = ()
) -> tuple[TargetMeasures, ...]:
    """Return what each target did; `telling` is of all channels.

    A muscle that let go and then moves with a blink has let go all the same (P12): from the cue to
    release on, blinks are left out.
    """
    course = attempted.course
    if (cue := attempted.release) is not None:
        blinking = tuple((max(start, cue), stop) for start, stop in blinking if stop > cue)
        attempted = replace(attempted, course=_without(course, blinking))
    return tuple(
        _measured(attempted, place, telling[channel], () if cue is None else blinking)
        if place in course.known
        else _nothing(channel, "the muscle has no reference yet")
        for place, channel in enumerate(course.channels)
    )


def watched(release: int | None, stop: int, rate_hz: float) -> int:
    """Return up to which sample a muscle is watched for letting go, before sample `stop`.

    What it does in a pause says nothing of the attempt before, and blinks of the last moments are
    told later.
    """
    return stop if release is None else min(stop, release + round(REMAINING_S[1] * rate_hz))


def blinks_since(begin: int, blinking: Blinking, rate_hz: float) -> Blinks:
    """Return blinks in seconds after sample `begin`."""
    return tuple(((start - begin) / rate_hz, (stop - begin) / rate_hz) for start, stop in blinking)


def side_differences(
    found: Sequence[TargetMeasures], montage: Montage
) -> tuple[SideDifference, ...]:
    """Return left against right for every target that has an electrode on both sides."""
    by_channel = {one.channel: one for one in found}
    pairs = []
    for channel, one in by_channel.items():
        site = montage.sites[channel]
        other = montage.column(site.muscle, Side.RIGHT) if site.side is Side.LEFT else None
        if other is not None and other in by_channel:
            pairs.append(_difference(site.muscle, one, by_channel[other]))
    return tuple(pairs)


def _difference(muscle: str, left: TargetMeasures, right: TargetMeasures) -> SideDifference:
    return SideDifference(
        muscle=muscle,
        onset=synchrony(left.onset, right.onset),
        level=difference(left.level, right.level),
        offset=synchrony(left.offset, right.offset),
        release=synchrony(left.release, right.release),
    )


def _without(course: Course, blinking: Blinking) -> Course:
    """Return a course of which nothing is known in blinks."""
    powers = course.powers.copy()
    for start, stop in blinking:
        rows = (start // course.hop - course.first, -(-stop // course.hop) - course.first)
        powers[slice(*(max(row, 0) for row in rows))] = np.nan
    return replace(course, powers=powers)


def _measured(
    attempted: Attempted, place: int, telling: Telling, blinking: Blinking
) -> TargetMeasures:
    course = attempted.course
    stop = watched(attempted.release, attempted.stop, course.rate_hz)
    line, spread, rings = telling.line, telling.rest_spread, telling.ringing
    begin = course.first * course.hop
    blinks = blinks_since(begin, blinking, course.rate_hz)
    cue_s = (attempted.start - begin) / course.rate_hz + rings.late_s
    near_rest = course.about(place, (begin, stop), line, rings, spread)
    left = onset(near_rest, line)
    found = replace(_nothing(course.channels[place], NEVER_LED), onset=after(left, cue_s))
    if (cue := attempted.release) is not None:
        late_s = (cue - begin) / course.rate_hz + rings.late_s
        release = release_time(near_rest, line, late_s, blinks)
        tone = remaining_tone(course.level(place, cue, attempted.stop, spread))
        found = replace(found, release=release, tone=tone)
    if attempted.hold is None:
        return found
    level = mean_level(course.level(place, *attempted.hold, spread))
    half = LET_GO * level.value
    if level.known:
        let_go = after(offset(course.trace(place, begin, stop), half, blinks), cue_s)
    else:
        let_go = unknown(SECONDS, level.reason)
    rising = course.trace(place, begin, attempted.hold[1])
    length_s = len(rising) * rising.hop_s
    held_s = ((at - begin) / course.rate_hz for at in attempted.hold)
    start_s, stop_s = (min(at_s, length_s) for at_s in held_s)
    rise = rise_time(rising, (start_s, stop_s))
    return replace(found, offset=let_go, rise=rise, rate=peak_rate(rising), level=level)


def after(moment: Measured, cue_s: float) -> Measured:
    """Count a moment from `cue_s` on; one that is exact was no crossing, and stays."""
    if not moment.known or moment.low == moment.high:
        return moment
    value, low, high = (at - cue_s for at in (moment.value, moment.low, moment.high))
    return replace(moment, value=value, low=low, high=high)


def _nothing(channel: int, why: str) -> TargetMeasures:
    """Return the measures of a muscle of which nothing is known."""
    return TargetMeasures(
        channel=channel,
        onset=unknown(SECONDS, why),
        rise=unknown(SECONDS, why),
        rate=unknown(f"{OF_REFERENCE} per second", why),
        level=unknown(OF_REFERENCE, why),
        offset=unknown(SECONDS, why),
        release=unknown(SECONDS, NO_RELEASE),
        tone=unknown(OF_REFERENCE, NO_RELEASE),
    )
