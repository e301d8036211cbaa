"""A timetable that grows while the patient moves: what is asked for at runtime, and called off."""

import math
from collections.abc import Iterator
from dataclasses import replace

from host.acquisition.simulated.script import AFTER, Attempt, Script, Step, Timetable
from host.chain.stream import Stream
from host.detection.cues import Cue, Phase


class Agenda:
    """The attempts of a script, and behind its end whatever somebody asks for.

    What is asked never changes what was moved before: the same asks give the same movement.
    """

    def __init__(self, script: Script, stream: Stream) -> None:
        self._scripted = Timetable(script, stream)
        self._stream = stream
        self._count = 0 if script.repeat else len(script.steps)
        self._asked: tuple[Attempt, ...] = ()

    def ask(self, step: Step, start: int, *, free: int) -> Attempt:
        """Add a step whose rest begins at `start`; return where it falls.

        Samples before `free` stand already: what is asked too late has a shorter rest, and
        where that is not enough, all of it is later. It also waits for the step before to end.
        """
        before = self._asked[-1].stop if self._asked else self._scripted.end
        if math.isinf(before):
            raise ValueError("a patient who repeats a script for ever cannot be asked")
        begin = max(start, free, int(before))
        rest, rise, hold, release = (
            self._stream.samples(s) for s in (step.rest_s, step.rise_s, step.hold_s, step.release_s)
        )
        rising = max(start + rest, begin + 1)
        attempt = Attempt(
            number=self._count + len(self._asked),
            step=step,
            start=begin,
            rise=rising,
            hold=rising + rise,
            release=rising + rise + hold,
            stop=rising + rise + hold + release,
        )
        self._asked = (*self._asked, attempt)
        return attempt

    def call_off(self, sample: int, *, free: int) -> None:
        """Let go of what is asked: what moves is released at `sample`, the rest never begins.

        Samples before `free` stand already.
        """
        at = max(sample, free)
        self._asked = tuple(
            _ended(attempt, at, self._stream) for attempt in self._asked if attempt.start < at
        )

    def attempts(self, start: int, stop: float) -> Iterator[Attempt]:
        """Yield the attempts that have a sample in `start..stop`, in order."""
        yield from self._scripted.attempts(start, stop)
        for attempt in self._asked:
            if attempt.start < stop and attempt.stop > start:
                yield attempt

    def cues(self) -> Iterator[Cue]:
        """Yield every cue that is known by now, in order."""
        yield from self._scripted.cues()
        for number, attempt in enumerate(self._asked):
            yield from attempt.cues()
            after = self._asked[number + 1].start if number + 1 < len(self._asked) else math.inf
            if attempt.stop < after:
                yield Cue(start=attempt.stop, pattern=AFTER, phase=Phase.REST)


def _ended(attempt: Attempt, at: int, stream: Stream) -> Attempt:
    """Return an attempt that is over early; as it was where it lets go before that anyway."""
    if attempt.release <= at:
        return attempt
    if attempt.rise >= at:
        return replace(attempt, stop=at)
    return replace(attempt, release=at, stop=at + stream.samples(attempt.step.release_s))
