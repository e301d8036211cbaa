"""Gather the frames of each attempt until it is over: then it is seen, and can be measured.

From 1.5 s before its cue until 11 s after the cue to release, at most for `LONGEST_S`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from calibration.measures_time import REMAINING_S
from calibration.patterns import Pattern
from calibration.segments import LEAST_S, SegmentKind
from host.detection.attempt import BEFORE_S
from host.detection.attempted import Attempted
from host.detection.attempts import Attempt, begins
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame, Frames
from host.report.measured_course import level_course
from host.report.measured_kept import Kept, Single
from host.report.measured_seen import MeasuringTerms, SeenAttempt

LONGEST_S = 300.0
"""A bout takes 5 min at most (P7)."""
AFTER_S = REMAINING_S[1] + 0.5
"""So long after the cue to release nothing more is measured."""
TOLD_S = 3.0
"""A blink is told of that much later at most."""
_MOVING = (Phase.RISE, Phase.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gathered:
    """An attempt that is over, with everything that it is measured from."""

    pattern: str
    calibrated: bool
    """Whether a therapist's calibration stands behind the reference."""
    seen: SeenAttempt


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


class Gathering:
    """Takes frames in order; tells of each attempt as soon as that is over."""

    def __init__(
        self,
        terms: MeasuringTerms,
        known: Iterable[Attempt] = (),
        *,
        tell: Callable[[Gathered], None],
    ) -> None:
        """Give attempts the numbers of those that are `known` beforehand; count the others."""
        self._tell = tell
        self._terms = terms
        self._rate_hz = terms.rate_hz
        self._numbers = {attempt.start: attempt.number for attempt in known}
        self._single = Single(hop=terms.hop, rate_hz=terms.rate_hz)
        self._kept: list[Kept] = []
        self._going: _Going | None = None
        self._cue: Cue | None = None
        self._count = 0

    @property
    def hop(self) -> int:
        """Samples between two frames."""
        return self._terms.hop

    def push(self, frames: Frames) -> None:
        """Take consecutive frames, or those behind a gap."""
        if len(frames):
            self._take(Kept.of(frames))

    def push_frame(self, frame: Frame) -> None:
        """Take one frame, as a session has them while it runs."""
        for kept in self._single.push(frame):
            self._take(kept)

    def close(self, over: Iterable[Attempted] = ()) -> None:
        """Take the attempts that ended with the session, and tell of the one that goes on."""
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
        self._kept.append(kept)
        told = self._until(going) + round(TOLD_S * self._rate_hz)
        if start >= told:
            self._forget_between(told, stop)

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

    def _forget_between(self, told: int, stop: int) -> None:
        """Let go of a long wait: neither this attempt needs it nor one that begins at `stop`."""
        sample, hop = stop - round(BEFORE_S * self._rate_hz), self._terms.hop
        self._kept = [
            one for one in self._kept if one.power_uv2.first * hop < told or one.stop * hop > sample
        ]

    def _end(self, going: _Going, stop: int) -> None:
        """Tell of the attempt that ends before sample `stop`."""
        self._going = None
        seen = self._seen(going, min(stop, self._until(going)))
        calibrated = self._kept[-1].calibrated
        self._tell(Gathered(pattern=going.pattern, calibrated=calibrated, seen=seen))
        self._forget(stop)

    def _seen(self, going: _Going, stop: int) -> SeenAttempt:
        hold = going.held(stop)
        begin = max(going.start - round(BEFORE_S * self._rate_hz), 0)
        leaks = self._terms.leaks.beside(self._terms.driven(going.asked))
        unmeasured = self._terms.unmeasured(going.asked)
        span, sure = (begin, stop), self._terms.sure
        course = level_course(self._kept, span, sure, leaks, unmeasured, release=going.release)
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
