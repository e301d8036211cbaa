"""Attempts at a pattern, as the cues asked for them: rise, hold, release, rest (T4, P12)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise, takewhile

from host.detection.cues import Cue, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt, in samples, half-open."""

    number: int
    """Counted from 1 in the session."""
    pattern: str
    start: int
    """The cue to rise; to hold, where nothing rises before."""
    hold: tuple[int, int]
    """Where the movement was to be held; empty where it never came to that."""
    stop: int
    """The next attempt's start, another pattern, or the end."""


def attempts_in(cues: Iterable[Cue], stop: int) -> tuple[Attempt, ...]:
    """Return the attempts before sample `stop`; without cues to rise or hold there are none."""
    known = list(takewhile(lambda cue: cue.start < stop, cues))
    stops = [*(int(cue.start) for cue in known[1:]), int(stop)]
    # Of two cues at one sample only the last was ever in force.
    parts = [(cue, till) for cue, till in zip(known, stops, strict=False) if till > cue.start]
    begins = [at for at in range(len(parts)) if _begins(parts, at)]
    found: list[Attempt] = []
    for begin, end in pairwise([*begins, len(parts)]):
        pattern = parts[begin][0].pattern
        own = list(takewhile(_same_as(parts[begin]), parts[begin:end]))
        ends = own[-1][1]
        hold = next(((int(cue.start), till) for cue, till in own if cue.phase is Phase.HOLD), None)
        found.append(
            Attempt(
                number=len(found) + 1,
                pattern=pattern,
                start=int(parts[begin][0].start),
                hold=hold or (ends, ends),
                stop=ends,
            )
        )
    return tuple(found)


def _same_as(first: tuple[Cue, int]) -> Callable[[tuple[Cue, int]], bool]:
    """Return whether a later part still belongs to the attempt that begins with `first`."""
    pattern = first[0].pattern
    return lambda part: part[0].pattern == pattern and part[0].phase is not Phase.FREE


def _begins(parts: list[tuple[Cue, int]], at: int) -> bool:
    """Tell whether an attempt begins here: with a rise, or a hold that no rise leads to."""
    return begins(parts[at - 1][0] if at else None, parts[at][0])


def begins(before: Cue | None, cue: Cue) -> bool:
    """Tell whether an attempt begins with a cue: to rise, or to hold where no rise leads to it."""
    if cue.phase is Phase.RISE:
        return True
    led = before is not None and before.pattern == cue.pattern and before.phase is Phase.RISE
    return cue.phase is Phase.HOLD and not led
