"""An attempt that is over: what happened when, and what it takes to measure it (T3)."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from calibration.measures_time import rise_time
from calibration.traces import Trace
from host.detection.course import Course
from host.detection.states import Finding, State

SLOW = 0.9
"""A rise that seems to take this share of the least time cannot surely be faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Settings: how slowly a movement should rise (P10, T4)."""

    ramp_s: float = 1.0
    """From rest to the hold, at least."""

    def __post_init__(self) -> None:
        """Refuse a pace that nothing would miss, or everything."""
        if not 0.1 <= self.ramp_s <= 10.0:
            raise ValueError(f"ramp_s must be 0.1 to 10, got {self.ramp_s}")

    @property
    def least_s(self) -> float:
        """What a straight ramp of that length takes from 10 to 90 %."""
        return 0.8 * self.ramp_s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attempted:
    """One attempt from its cue to the next; all moments are samples."""

    number: int
    pattern: str
    start: int
    """The cue to rise; to hold, where nothing rises before."""
    stop: int
    """The next attempt's start, free movement, or the end."""
    hold: tuple[int, int] | None
    """From when a target led to when it was let go; None where it never came to that."""
    release: int | None
    """The cue to release or to rest; None where none came."""
    states: tuple[tuple[int, State], ...]
    """Where each state began."""
    findings: tuple[Finding, ...]
    course: Course
    cut: bool = False
    """Whether it was broken off: by free movement, by other targets or by the end."""


Done: TypeAlias = tuple[tuple[int, Attempted], ...]
"""Attempts that are over, each with the row of the hop in which that was known."""


def rose_too_fast(course: Course, hold: tuple[int, int], pace: Pace) -> bool:
    """Tell whether a target surely rose faster than the pace: all of the interval is (P10).

    What cannot be told is not named.
    """
    begin = course.first * course.hop
    inside = tuple((at - begin) / course.rate_hz for at in hold)
    for place in course.known:
        trace = course.trace(place, begin, hold[1])
        length_s = len(trace) * trace.hop_s
        until_s = min(inside[1], length_s)
        if inside[0] >= until_s or surely_slow(trace, inside[0], pace):
            continue
        rise = rise_time(trace, (inside[0], until_s))
        if rise.known and rise.high < pace.least_s:
            return True
    return False


def surely_slow(trace: Trace, hold_s: float, pace: Pace) -> bool:
    """Tell at a glance whether a rise took its time, which is usual: to measure it takes longer.

    `hold_s` is when its hold began.
    """
    steps = round(0.2 / trace.hop_s)
    level = np.convolve(np.nan_to_num(trace.activation), np.full(steps, 1.0 / steps), "same")
    begin = round(hold_s / trace.hop_s)
    plateau = float(np.mean(level[begin:]))
    top = int((level >= 0.9 * plateau).argmax())
    low = np.flatnonzero(level[:top] < 0.1 * plateau)
    return len(low) > 0 and (top - int(low[-1])) * trace.hop_s > SLOW * pace.least_s
