"""What one muscle's row is made of: sign, hill, letting go, change. Decided here, without Qt."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.feedback.bar_heights import bar_height
from host.feedback.clinic import look_back_words as words
from host.report.bout_change import FIRST, NEVER
from host.report.bout_moments import seconds_words, tells
from host.report.bout_report import Stayed
from host.report.trends_line import Verdict, verdict_of
from host.report.trends_words import percent_words
from host.translation import tr

if TYPE_CHECKING:
    from calibration.measured import Measured
    from host.report.bout_course import BoutCourse
    from host.report.bout_report import BoutMuscle, BoutReport

OPEN_SIGN = "○"
"""Stands for “cannot be told yet”, which is said once, below."""
LONGEST_S = 10.0
"""Where the little axes of letting go end: what takes longer is drawn there."""


class Sign(enum.Enum):
    """What a muscle did: each has its own shape, besides its colour."""

    QUIET = "quiet"
    ALONG = "along"
    LEADS = "leads"
    BESIDE = "beside"
    """It may come along: nobody judges it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StripState:
    """Levels through rise, hold and letting go, as heights from 0 to 1; None where unknown."""

    own: tuple[float | None, ...]
    other: tuple[float | None, ...]
    """The same muscle on the other side; () for none."""
    along: tuple[float, ...]
    """In what share of the attempts it came along there; 0 throughout for one that leads."""
    line: float | None
    """What a quiet muscle should stay below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """How one side of a muscle let go (P12)."""

    side: str
    seconds: float | None
    """None where not known, or so roughly that it says nothing (P11)."""
    sure: tuple[float, float] | None
    """Within which the time lies, cut off at 0 and `LONGEST_S`."""
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCell:
    """A change, in two short lines (P11)."""

    verdict: Verdict | None
    """None where there is nothing to compare with."""
    said: str
    numbers: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is written: of an open change a quiet sign before its numbers, and no words."""
        if self.verdict is Verdict.OPEN:
            return (open_line(self.numbers),)
        return tuple(filter(None, (self.said, self.numbers)))


def open_line(numbers: str) -> str:
    """Return the one line of a change that cannot be told yet."""
    return f"{OPEN_SIGN} {numbers}".rstrip()


def open_words() -> str:
    """Say what the sign of an open change means (P11)."""
    return f"{OPEN_SIGN} {tr('cannot be told yet: it may be no change at all')}"


def sign_of(one: BoutMuscle, report: BoutReport) -> Sign:
    """Return what a muscle of the affected side did; unknown is never quiet."""
    if one.role is Role.TARGET:
        return Sign.LEADS if report.scored else Sign.UNKNOWN
    if not one.judged:
        return Sign.BESIDE
    known = {Stayed.QUIET: Sign.QUIET, Stayed.ALONG: Sign.ALONG, Stayed.UNKNOWN: Sign.UNKNOWN}
    return known[one.stayed]


def strip_of(one: BoutMuscle, other: BoutMuscle | None, course: BoutCourse) -> StripState:
    """Return a muscle's hill, and the line of the same one on the other side."""
    line = float(course.lines[one.channel])
    return StripState(
        own=_heights(course, one.channel),
        other=() if other is None else _heights(course, other.channel),
        along=tuple(course.along[:, one.channel].tolist()),
        line=bar_height(line) if isfinite(line) and one.judged else None,
    )


def _heights(course: BoutCourse, channel: int) -> tuple[float | None, ...]:
    levels = course.levels[:, channel].tolist()
    return tuple(bar_height(max(level, 0.0)) if isfinite(level) else None for level in levels)


def let_go_of(one: BoutMuscle) -> LetGo:
    """Say how long it took; where that is not known well enough, what is left 10 s later."""
    side = tr(one.side.value)
    if not tells(one.release, LONGEST_S):
        said = words.tone_words(one) or tr("not known")
        return LetGo(side=side, seconds=None, sure=None, said=said)
    low, value, high = (
        min(max(number, 0.0), LONGEST_S)
        for number in (one.release.low, one.release.value, one.release.high)
    )
    took = tr("{:.0f} s +").format(LONGEST_S) if value >= LONGEST_S else seconds_words(one.release)
    return LetGo(side=side, seconds=value, sure=(low, high), said=took)


def change_cell(change: Measured | None, nothing: str) -> ChangeCell:
    """Return a change in plain words; only an interval without 0 is called a change (P11, P15)."""
    if change is None:
        return ChangeCell(verdict=None, said="")
    if change.reason in (FIRST, NEVER):
        return ChangeCell(verdict=None, said=nothing)
    if not change.known:
        return ChangeCell(verdict=Verdict.OPEN, said=tr("cannot be told yet"))
    verdict = verdict_of(change)
    told = {
        Verdict.FALLS: tr("less involved"),
        Verdict.RISES: tr("more involved"),
        Verdict.OPEN: tr("cannot be told yet"),
    }
    return ChangeCell(verdict=verdict, said=told[verdict], numbers=percent_words(change))
