"""One attempt as it is measured: when it was, what was asked of whom, and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from calibration.measured import Measured, unknown
from calibration.montage import Montage
from calibration.muscles import Side
from calibration.patterns import Pattern, Role
from calibration.ringing import Ringing
from calibration.traces import FloatArray, Trace
from calibration.unmeasured import Unmeasured, beside
from host.chain.stream import BoolArray
from host.detection.attempt_measures import Telling
from host.detection.attempted import Attempted
from host.report.measured_course import LevelCourse, Sureness
from host.report.measured_leaks import Leaks

NO_HOLD = "it never came to a hold"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasuringTerms:
    """What does not change while attempts are measured."""

    montage: Montage
    affected: Side
    hop: int
    rate_hz: float
    lines: FloatArray
    """Rest threshold of each channel, share of its reference, `(n_channels,)`."""
    sure: Sureness
    leaks: Leaks
    """What each electrode hears of other muscles, before the chain takes any of it out."""
    ringing: Ringing
    """What the chain's filters make of a power."""
    unmixed: bool = False
    """Whether the chain takes out what muscles leak into each other's electrodes."""

    @property
    def telling(self) -> tuple[Telling, ...]:
        """By what the moments of each channel are told."""
        return tuple(
            Telling(line=float(line), rest_spread=float(rest), ringing=self.ringing)
            for line, rest in zip(self.lines, self.sure.rest, strict=True)
        )

    def driven(self, asked: Pattern) -> BoolArray:
        """Tell which channels lie on muscles that a pattern asks to lead, `(n_channels,)`."""
        return self.unmeasured(asked).leading

    def unmeasured(self, asked: Pattern) -> Unmeasured:
        """Return what may leak unnoticed while a pattern is asked for."""
        return Unmeasured(montage=self.montage, asked=asked, unmixed=self.unmixed, rules=beside())

    @property
    def sides(self) -> tuple[Side, ...]:
        """The affected side first: the other is its comparison (P3)."""
        return (self.affected, *(side for side in Side if side is not self.affected))


@dataclass(frozen=True, kw_only=True, eq=False)
class SeenAttempt:
    """One attempt with all that is known of it; moments are samples."""

    terms: MeasuringTerms
    number: int
    asked: Pattern
    """With the roles that were in force."""
    start: int
    """Its cue."""
    hold: tuple[int, int] | None
    """Where the movement was to be held; None where it never came to that."""
    release: int | None
    """The cue to release, or to rest."""
    slow_rise: bool
    """Whether its rise was asked for so slowly that it is a ramp (T3: selectivity)."""
    stop: int
    course: LevelCourse
    attempted: Attempted | None
    """What was found out about its targets; None where it was not followed to its end."""

    def role(self, channel: int) -> Role | None:
        """Return what was asked of a channel; None where nobody said what it lies on."""
        montage = self.terms.montage
        code = montage.sites[channel].muscle
        if code:
            return self.asked.role(code)
        return Role.QUIET if montage.plain else None

    @cached_property
    def channels(self) -> tuple[int, ...]:
        """Columns that something was asked of."""
        columns = range(len(self.terms.montage.sites))
        return tuple(column for column in columns if self.role(column) is not None)

    def on_side(self, side: Side, *roles: Role) -> tuple[int, ...]:
        """Return the columns of a side's muscles with one of these roles."""
        sites = self.terms.montage.sites
        return tuple(
            column
            for column in self.channels
            if sites[column].side is side and self.role(column) in roles
        )

    def leading(self, side: Side) -> int | None:
        """Return the column of the muscle that leads the pattern on a side; None without one."""
        columns = (self.terms.montage.column(code, side) for code in self.asked.target)
        return next((column for column in columns if column is not None), None)

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Return the left and right column of every muscle that lies under both."""
        sites = self.terms.montage.sites
        lefts = [column for column in self.channels if sites[column].side is Side.LEFT]
        both = [(one, self.terms.montage.column(sites[one].muscle, Side.RIGHT)) for one in lefts]
        return tuple((left, right) for left, right in both if right is not None)

    @cached_property
    def held(self) -> dict[int, Trace]:
        """Activation in the hold by column, where it has a reference; empty without a hold."""
        if self.hold is None:
            return {}
        known = (column for column in self.channels if not self.course.missing(column))
        return {column: self.course.trace(column, *self.hold) for column in known}

    def in_hold(
        self, unit: str, measure: Callable[..., Measured], *columns: int, **more: float
    ) -> Measured:
        """Return a measure of some muscles' hold; unknown with the reason where there is none."""
        reason = NO_HOLD if self.hold is None else self.missing(*columns)
        if reason:
            return unknown(unit, reason)
        return measure(*(self.held[column] for column in columns), **more)

    def missing(self, *columns: int) -> str:
        """Return why some muscles cannot be measured at all; empty where they can."""
        return next(filter(None, map(self.course.missing, columns)), "")

    def line(self, column: int) -> float:
        """Return a muscle's rest threshold, share of its reference."""
        return float(self.terms.lines[column])
