"""Measure every attempt of a session once (T3), while frames come: live and from a recording alike.

The frames of an attempt are kept until it is over, and no longer: from 1.5 s before its cue until
11 s after the cue to release, at most for `LONGEST_S`. What comes later is not measured.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from calibration.freedom import plain_freedom_hz
from calibration.measures_time import REMAINING_S
from calibration.muscles import Side
from calibration.patterns import Pattern
from calibration.segments import LEAST_S, SegmentKind
from host.chain.delay import ringing
from host.chain.stream import FloatArray, Stream
from host.detection.attempt import BEFORE_S
from host.detection.attempted import Attempted
from host.detection.attempts import Attempt, begins
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame, Frames
from host.detection.watch import Watch
from host.report.measured_course import Sureness, level_course
from host.report.measured_kept import Kept, Single
from host.report.measured_kinds import AttemptMeasures
from host.report.measured_leaks import Leaks
from host.report.measured_levels import level_rows
from host.report.measured_moments import moment_rows
from host.report.measured_seen import MeasuringTerms, SeenAttempt

LONGEST_S = 300.0
"""A bout takes 5 min at most (P7)."""
AFTER_S = REMAINING_S[1] + 0.5
"""So long after the cue to release nothing more is measured."""
RESTED_S = 20.0
"""For so long a calibration listens to a face at rest: twice 10 s."""
_MOVING = (Phase.RISE, Phase.HOLD)


def measuring_terms(
    watch: Watch, stream: Stream, affected: Side, reference_spread: FloatArray | None = None
) -> MeasuringTerms:
    """Return the terms of a session; `reference_spread` is that of `ChannelNumbers`, if known."""
    channels = len(watch.montage.sites)
    floors = np.array(watch.floors) if watch.floors else np.zeros(channels)
    hop = stream.samples((watch.chain.adaptive or watch.chain.envelope).hop_s)
    return MeasuringTerms(
        montage=watch.montage,
        affected=affected,
        hop=hop,
        rate_hz=stream.rate_hz,
        lines=watch.release.lines(floors),
        sure=Sureness(
            reference=np.zeros(channels) if reference_spread is None else reference_spread,
            rest=_rest_spread(watch, channels),
            most_freedom_hz=inf if watch.chain.adaptive else plain_freedom_hz(stream.rate_hz),
        ),
        leaks=Leaks.of(watch.chain, channels),
        ringing=ringing(watch.chain, stream, hop),
    )


def _rest_spread(watch: Watch, channels: int) -> FloatArray:
    """Return how sure the power at rest is, relative; 0 without a calibration.

    A median over the pieces of rest has `pi / 2` times the variance of a mean.
    """
    adaptive = watch.chain.adaptive
    if adaptive is None:
        return np.zeros(channels)
    freedom = np.array([model.rest.long_hz for model in adaptive.channels]) * RESTED_S
    spread: FloatArray = np.sqrt(np.pi / 2.0 * 2.0 / freedom)
    return spread


def measures_of(
    frames: Iterable[Frames], terms: MeasuringTerms, over: Sequence[Attempted] = ()
) -> tuple[AttemptMeasures, ...]:
    """Return the measures of the attempts in these frames.

    For one attempt that is over give all frames from 1.5 s before its cue on; `over` are attempts
    that no frame tells of, such as the one that a session ended with.
    """
    measuring = Measuring(terms)
    for one in frames:
        measuring.push(one)
    measuring.close(over)
    return tuple(measuring.attempts)


@dataclass(slots=True, kw_only=True)
class _Going:
    """An attempt that goes on; moments are samples."""

    number: int
    pattern: str
    start: int
    asked: Pattern
    hold_start: int | None = None
    hold_stop: int | None = None
    release: int | None = None
    last: int = 0
    """Index after the last sample that came."""
    attempted: Attempted | None = None

    def turn(self, cue: Cue, sample: int) -> None:
        """Take up a cue; the first hold counts."""
        if self.hold_start is not None and self.hold_stop is None:
            self.hold_stop = sample
        if cue.pattern == self.pattern and cue.phase is Phase.HOLD and self.hold_start is None:
            self.hold_start = sample
        elif cue.phase not in _MOVING and self.release is None:
            self.release = sample

    def held(self, stop: int) -> tuple[int, int] | None:
        """Return the hold of an attempt that ends before sample `stop`; None where none came."""
        if self.hold_start is None:
            return None
        end = stop if self.hold_stop is None else min(self.hold_stop, stop)
        return (self.hold_start, end) if self.hold_start < end else None


class Measuring:
    """Takes frames in order; has the measures of each attempt as soon as that is over."""

    def __init__(self, terms: MeasuringTerms, known: Iterable[Attempt] = ()) -> None:
        """Give attempts the numbers of those that are `known` beforehand; count the others."""
        self._terms = terms
        self._rate_hz = terms.rate_hz
        self._numbers = {attempt.start: attempt.number for attempt in known}
        self._single = Single(hop=terms.hop, rate_hz=terms.rate_hz)
        self._kept: list[Kept] = []
        self._going: _Going | None = None
        self._cue: Cue | None = None
        self._count = 0
        self.attempts: list[AttemptMeasures] = []
        """Those that are over, in order."""

    def push(self, frames: Frames) -> None:
        """Take consecutive frames, or those behind a gap."""
        if len(frames):
            self._take(Kept.of(frames))

    def push_frame(self, frame: Frame) -> None:
        """Take one frame, as a session has them while it runs."""
        for kept in self._single.push(frame):
            self._take(kept)

    def close(self, over: Iterable[Attempted] = ()) -> None:
        """Take the attempts that ended with the session, and measure the one that goes on."""
        for kept in self._single.flush():
            self._take(kept)
        self._over(over)
        if self._going is not None:
            self._end(self._going, self._going.last)

    def _take(self, kept: Kept) -> None:
        start, stop = kept.power_uv2.first * kept.hop, kept.stop * kept.hop
        self._over(kept.attempted)
        if kept.cue is not self._cue:
            # From the cue on, though its first frames may be lost.
            self._turn(kept, -(-kept.cue.start // kept.hop) * kept.hop)
        going = self._going
        if going is None:
            self._kept.append(kept)
            self._forget(stop)
            return
        if kept.cue.pattern == going.pattern and kept.cue.phase in _MOVING:
            going.asked = kept.asked
        going.last = stop
        if start < self._until(going) or not self._kept:
            self._kept.append(kept)

    def _over(self, attempts: Iterable[Attempted]) -> None:
        going = self._going
        for attempted in attempts:
            if going is not None and attempted.start >= going.start:
                going.attempted = attempted

    def _turn(self, kept: Kept, sample: int) -> None:
        """Begin or end an attempt where the cue says so, as `host.detection.attempt` does."""
        before, cue = self._cue, kept.cue
        self._cue = cue
        begun = begins(before, cue)
        if self._going is not None:
            self._going.turn(cue, sample)
            if begun or cue.phase is Phase.FREE:
                self._end(self._going, sample)
        if begun:
            self._count = self._numbers.get(cue.start, self._count + 1)
            self._going = _Going(
                number=self._count, pattern=cue.pattern, start=sample, asked=kept.asked
            )
            self._going.turn(cue, sample)

    def _until(self, going: _Going) -> int:
        """Return up to which sample frames of an attempt are kept."""
        longest = going.start + round(LONGEST_S * self._rate_hz)
        if going.release is None:
            return longest
        return min(longest, going.release + round(AFTER_S * self._rate_hz))

    def _forget(self, stop: int) -> None:
        """Let go of what an attempt that begins at sample `stop` or later does not need."""
        sample = stop - round(BEFORE_S * self._rate_hz)
        while self._kept and self._kept[0].stop * self._terms.hop <= sample:
            self._kept.pop(0)

    def _end(self, going: _Going, stop: int) -> None:
        """Measure the attempt that ends before sample `stop`."""
        self._going = None
        seen = self._seen(going, min(stop, self._until(going)))
        self.attempts.append(
            AttemptMeasures(
                number=going.number,
                pattern=going.pattern,
                start=going.start,
                calibrated=self._kept[-1].calibrated,
                rows=(*level_rows(seen), *moment_rows(seen)),
            )
        )
        self._forget(stop)

    def _seen(self, going: _Going, stop: int) -> SeenAttempt:
        hold = going.held(stop)
        begin = max(going.start - round(BEFORE_S * self._rate_hz), 0)
        leaks = self._terms.leaks.beside(self._terms.driven(going.asked))
        course = level_course(self._kept, (begin, stop), self._terms.sure, leaks)
        slow = LEAST_S[SegmentKind.RAMP] * self._rate_hz
        return SeenAttempt(
            terms=self._terms,
            number=going.number,
            asked=going.asked,
            start=going.start,
            hold=hold,
            release=going.release,
            slow_rise=hold is not None and hold[0] - going.start >= slow,
            stop=stop,
            course=course,
            attempted=going.attempted,
        )
