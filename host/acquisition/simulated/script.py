"""What the simulated patient is asked to do: a script of attempts, with a cue for each phase."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from calibration.patterns import Pattern, pattern
from host.chain.stream import Stream
from host.detection.cues import Cue, Phase

AFTER = "rest and release"
"""The pattern that follows a script which does not repeat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One attempt at one pattern: rest, rise, hold, release (T4)."""

    pattern: str
    rest_s: float = 4.5
    rise_s: float = 1.5
    hold_s: float = 3.5
    release_s: float = 1.0
    """How long the cue to release stands; the next step's rest follows."""
    effort: float = 1.0
    """Level of the targets in the hold, as a share of the gentle reference."""
    touched: tuple[str, ...] = ()
    """Muscles of the affected side that a finger rests on, from mid-rest to the end."""
    side: Side | None = None
    """The patient's side that is asked to move alone; None for both."""
    movement: Pattern | None = None
    """A pattern of one's own with this name; None for that of T2."""

    def __post_init__(self) -> None:
        """Refuse an attempt without a target or with a phase of no length."""
        if self.movement is not None and self.movement.name != self.pattern:
            raise ValueError(f"{self.movement.name!r} is not the pattern {self.pattern!r}")
        if not self.asked.target or self.asked.probe:
            raise ValueError(f"{self.pattern!r} is watched, not attempted: it cannot be a step")
        for name in ("rest_s", "rise_s", "hold_s", "release_s"):
            if not 0.0 < getattr(self, name) < 3600.0:
                raise ValueError(f"{name} must be within 0 and an hour, got {getattr(self, name)}")
        if not 0.0 <= self.effort <= 10.0:
            raise ValueError(f"effort must be within 0 and 10 references, got {self.effort}")
        for code in self.touched:
            muscle(code)

    @property
    def asked(self) -> Pattern:
        """The pattern that is attempted."""
        return self.movement or pattern(self.pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Steps in order, again and again where `repeat` is set; then whatever is asked for."""

    steps: tuple[Step, ...]
    repeat: bool = True

    def __post_init__(self) -> None:
        """Refuse an empty script that would repeat nothing for ever."""
        if self.repeat and not self.steps:
            raise ValueError("a script that repeats needs at least one step")


WAITING = Script(steps=(), repeat=False)
"""Rest until somebody asks for something."""


def demo_script(montage: Montage) -> Script:
    """Return smile, eye closure and pucker in turn, as far as the montage can watch them."""
    names = ("gentle closed smile", "gentle eye closure", "gentle closed smile", "pucker")
    offered = [name for name in names if montage.offers(pattern(name))] or list(names)
    return Script(
        steps=tuple(
            Step(pattern=name, rest_s=4.0 if not place else 4.5, hold_s=3.5)
            for place, name in enumerate(offered)
        )
    )


def clinic_script(*asked: str | Pattern) -> Script:
    """Return one paced attempt at each of the patterns of T2 or of one's own, timed as in T4."""
    movements = [pattern(one) if isinstance(one, str) else one for one in asked]
    return Script(
        steps=tuple(
            Step(pattern=one.name, movement=one, rest_s=10.0, rise_s=1.5, hold_s=5.0)
            for one in movements
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One step of the script where it falls, in samples."""

    number: int
    """Counted from 0 through all rounds of the script."""
    step: Step
    start: int
    """Its rest starts."""
    rise: int
    hold: int
    release: int
    stop: int

    @property
    def pattern(self) -> Pattern:
        """The pattern that is attempted."""
        return self.step.asked

    @property
    def moved(self) -> bool:
        """Whether anything moves: not where it was called off in its rest."""
        return self.rise < self.stop

    def cues(self) -> tuple[Cue, ...]:
        """Return the cues of its phases: four, or fewer where it was called off."""
        phases = (
            (self.start, Phase.REST),
            (self.rise, Phase.RISE),
            (self.hold, Phase.HOLD),
            (self.release, Phase.RELEASE),
        )
        return tuple(
            Cue(start=start, pattern=self.step.pattern, phase=phase)
            for start, phase in phases
            if start < self.stop and start <= self.release
        )


class Attempts(Protocol):
    """What a body needs to know of a timetable."""

    def attempts(self, start: int, stop: float) -> Iterator[Attempt]:
        """Yield the attempts that have a sample in `start..stop`, in order."""


class Timetable:
    """Where every attempt of a script falls in a stream."""

    def __init__(self, script: Script, stream: Stream) -> None:
        self._script = script
        self._lengths = [
            tuple(
                stream.samples(s) for s in (step.rest_s, step.rise_s, step.hold_s, step.release_s)
            )
            for step in script.steps
        ]
        totals = [sum(lengths) for lengths in self._lengths]
        self._offsets = [0, *itertools.accumulate(totals)]
        self._round = self._offsets[-1]

    @property
    def end(self) -> float:
        """The sample at which the script is over, or infinity."""
        return math.inf if self._script.repeat else self._round

    def attempt(self, number: int) -> Attempt:
        """Return one attempt by its number."""
        round_, place = divmod(number, len(self._script.steps))
        start = round_ * self._round + self._offsets[place]
        rest, rise, hold, release = self._lengths[place]
        return Attempt(
            number=number,
            step=self._script.steps[place],
            start=start,
            rise=start + rest,
            hold=start + rest + rise,
            release=start + rest + rise + hold,
            stop=start + rest + rise + hold + release,
        )

    def attempts(self, start: int, stop: float) -> Iterator[Attempt]:
        """Yield the attempts that have a sample in `start..stop`, in order."""
        if not self._round:
            return
        number = max(start, 0) // self._round * len(self._script.steps)
        if not self._script.repeat and number:
            return
        last = math.inf if self._script.repeat else len(self._script.steps)
        while number < last:
            attempt = self.attempt(number)
            if attempt.start >= stop:
                return
            if attempt.stop > start:
                yield attempt
            number += 1

    def cues(self) -> Iterator[Cue]:
        """Yield every cue in order, for ever where the script repeats."""
        for attempt in self.attempts(0, math.inf):
            yield from attempt.cues()
        # Only a script that does not repeat comes here.
        yield Cue(start=self._round, pattern=AFTER, phase=Phase.REST)
