"""Attempts as they happen, one after the other: a state machine over target muscles and cues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import EllipsisType

import numpy as np

from calibration.reference import Reference
from host.chain.stream import BoolArray, FloatArray
from host.detection.attempted import Attempted, Pace, rose_too_fast
from host.detection.attempts import begins
from host.detection.certainty import reference_at
from host.detection.course import Course, Piece, Pieces
from host.detection.cues import Cue, Phase
from host.detection.going import Going
from host.detection.guards import Effort
from host.detection.movement import MovementWatch
from host.detection.states import AttemptNow, Finding, Progress, State

BEFORE_S = 1.5
"""A course begins so long before its cue: a rise is measured from rest."""
_MOVING = (Phase.RISE, Phase.HOLD)
_WORKING = (State.RISE, State.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What an attempt goes by in consecutive hops; arrays are `(n_hops, n_channels)`."""

    first: int
    powers: FloatArray
    """Mean power of each hop; NaN where unknown or touched."""
    activation: FloatArray
    moving: BoolArray
    released: BoolArray
    too_strong: BoolArray
    touched: bool
    """Whether a finger is on a muscle that counts."""
    reference: Reference

    def __len__(self) -> int:
        return len(self.activation)


class AttemptWatch:
    """Follows the attempts that cues ask for, in any number of hops at once."""

    def __init__(self, effort: Effort, pace: Pace, hop: int, rate_hz: float) -> None:
        self._effort, self._pace = effort, pace
        self._hop, self._rate_hz = hop, rate_hz
        self._before = round(BEFORE_S * rate_hz / hop)
        self._recent: list[Piece] = []
        """Of all channels, as far back as a course begins."""
        self._course = Pieces(0)
        """Of the targets, since the course of the attempt began."""
        self._cue: Cue | None = None
        self._count = 0
        self._going: Going | None = None

    def use(self, effort: Effort) -> None:
        """Judge by this from the next hop on."""
        self._effort = effort
        if self._going is not None:
            self._going.movement.use(effort)

    def turn(self, cue: Cue, targets: Sequence[int], number: int) -> Attempted | None:
        """Follow a cue from hop `number` on, with its target columns; return what that ends.

        While another pattern is prepared the attempt before it still comes to rest. One whose
        targets change while it goes on is over: it is another one.
        """
        before, self._cue = self._cue, cue
        going, over = self._going, None
        begun = cue is not before and begins(before, cue)
        if going is not None:
            same = cue.pattern == going.now.pattern
            other = same and going.movement.columns != tuple(targets)
            if begun or other or cue.phase is Phase.FREE:
                over = self._ended(going, number, cut=not begun)
            elif going.release is None and cue.phase not in _MOVING:
                going.release = number * self._hop
        if begun:
            self._count += 1
            self._begin(cue, targets, number)
        return over

    def push(self, seen: Seen) -> Progress:
        """Return how the attempt goes on."""
        self._recent.append(Piece(first=seen.first, powers=seen.powers))
        going = self._going
        if going is None:
            self._forget(seen.first + len(seen) - self._before)
            return ()
        columns = going.movement.columns
        self._course.add(Piece(first=seen.first, powers=seen.powers.take(columns, axis=1)))
        self._forget(seen.first + len(seen) - self._before)
        return tuple(self._steps(going, seen))

    def gap(self, number: int) -> None:
        """Take nothing for granted that was before hop `number`: the signal is lost from there."""
        if self._going is not None:
            self._going.movement.close(number)

    def finish(self, number: int) -> Attempted | None:
        """End the attempt that goes on before hop `number`, as cut."""
        return None if self._going is None else self._ended(self._going, number, cut=True)

    def _forget(self, number: int) -> None:
        """Let go of pieces that end before hop `number`."""
        while self._recent and self._recent[0].stop <= number:
            self._recent.pop(0)

    def _begin(self, cue: Cue, targets: Sequence[int], number: int) -> None:
        """Begin an attempt; without an electrode on a target there is nothing to follow."""
        if not targets:
            return
        movement = MovementWatch(self._effort, self._hop, self._rate_hz, targets)
        start = number * self._hop
        now = AttemptNow(number=self._count, pattern=cue.pattern, state=State.REST, since=start)
        self._going = Going(now=now, start=start, movement=movement, states=[(start, State.REST)])
        columns = movement.columns
        recent = [Piece(first=one.first, powers=one.powers[:, columns]) for one in self._recent]
        self._course = Pieces(len(columns), recent)

    def _steps(self, going: Going, seen: Seen) -> Iterator[tuple[int, AttemptNow]]:
        """Go from state to state; then yield where a target was too strong, if that is new."""
        going.notice(Finding.TOUCHED, found=seen.touched)
        leads = going.movement.push(seen.first, seen.activation)[0]
        columns = list(going.movement.columns)
        strong = some_of(seen.too_strong, columns) if seen.too_strong.any() else None
        yield 0, going.now
        row = 0
        while True:
            at, state = self._next(going.now.state, columns, seen, leads, row)
            if strong is not None and strong[row:at].any():
                going.notice(Finding.TOO_STRONG, found=True)
                yield row + int(strong[row:at].argmax()), going.now
            if state is None:
                break
            going.enter(state, (seen.first + at) * self._hop)
            if state is State.REST:
                going.reference = reference_at(seen.reference, at)
                going.notice(Finding.TOO_FAST, found=self._too_fast(going))
            yield at, going.now
            row = at
        going.reference = reference_at(seen.reference, -1)
        tense = ~(seen.released[-1, columns] | np.isnan(seen.activation[-1, columns]))
        going.tense = bool(tense.any())

    def _next(
        self, state: State, columns: list[int], seen: Seen, leads: BoolArray, row: int
    ) -> tuple[int, State | None]:
        """Return in which row the next state begins, and which; past the last, where none does."""
        asked = self._cue.phase if self._cue is not None else Phase.FREE
        holding = asked is Phase.HOLD
        rows = slice(row, None)
        ways: list[tuple[BoolArray, State]] = []
        if state in _WORKING and asked not in _MOVING:
            return row, State.RELEASE
        if state is State.REST and asked in _MOVING:
            ways.append((some_of(seen.moving[rows], columns), State.RISE))
        if state in {State.RISE, State.RELEASE} and holding:
            ways.append((some_of(leads[rows], ...), State.HOLD))
        if state in {State.RISE, State.RELEASE}:
            stirring = some_of(~seen.released[rows] | seen.moving[rows], columns)
            ways.append((~stirring, State.REST))
        if state is State.HOLD:
            unknown = some_of(np.isnan(seen.activation[rows]), columns)
            ways.append((~(unknown | some_of(leads[rows], ...)), State.RELEASE))
        found = [(row + int(where.argmax()), to) for where, to in ways if where.any()]
        return min(found, key=lambda one: one[0], default=(len(seen), None))

    def _too_fast(self, going: Going) -> bool:
        """Tell whether the rise to the hold was too fast; False where there was none."""
        hold = going.hold
        if hold is None or Finding.TOO_FAST in going.now.findings:
            return False
        return rose_too_fast(self._course_of(going, -(-hold[1] // self._hop)), hold, self._pace)

    def _ended(self, going: Going, number: int, *, cut: bool) -> Attempted:
        """Return the attempt that ends before hop `number`."""
        if going.now.state is not State.REST:
            if going.hold is not None:
                going.leave_hold(number * self._hop)
            going.notice(Finding.TOO_FAST, found=self._too_fast(going))
            late = going.tense and going.release is not None
            going.notice(Finding.NOT_RELEASED, found=late)
        self._going = None
        return Attempted(
            number=going.now.number,
            pattern=going.now.pattern,
            start=going.start,
            stop=number * self._hop,
            hold=going.hold,
            release=going.release,
            states=tuple(going.states),
            findings=going.now.findings,
            course=self._course_of(going, number),
            cut=cut,
        )

    def _course_of(self, going: Going, stop: int) -> Course:
        """Return the course of an attempt up to before hop `stop`."""
        first = max(going.start // self._hop - self._before, 0)
        return Course(
            first=first,
            hop=self._hop,
            rate_hz=self._rate_hz,
            channels=going.movement.columns,
            powers=self._course.powers(first, stop),
            reference=going.reference,
        )


def some_of(marks: BoolArray, columns: list[int] | EllipsisType) -> BoolArray:
    """Return at which hops one of some columns is marked, `(n_hops,)`."""
    own = marks if columns is ... else marks.take(columns, axis=1)
    some: BoolArray = np.logical_or.reduce(own, axis=1)
    return some
