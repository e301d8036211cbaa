"""Over sessions: is a muscle less involved than it was, as far as can be told (P11, P13, P15).

Everything is in logarithms (T3): absolute levels change whenever electrodes are put on anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from calibration.measured import Measured, difference, unknown
from calibration.muscles import Side
from calibration.patterns import Role
from host.report.trends_line import Line, Point, Verdict, line_through
from host.report.trends_map import Acting, acting
from host.report.trends_session import (
    LN,
    Level,
    Pair,
    SessionMeasures,
    levels_over,
    quiet_in_all,
    ratios_of,
    roles_of,
    together,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One synkinesis ratio of the affected side over all sessions."""

    pair: Pair
    role: Role | None
    levels: tuple[Level, ...]
    """By session."""
    line: Line
    """Through the logarithms of the ratio."""
    to_other: tuple[Measured, ...]
    """`ln(affected / other side)` of the ratio, by session (T3)."""
    line_to_other: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternCourse:
    """The mean ratio of a pattern's quiet muscles on the affected side, over all sessions."""

    pattern: str
    levels: tuple[Level, ...]
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """Resting tone of a muscle, affected over other side (P4)."""

    muscle: str
    to_other: tuple[Measured, ...]
    """`ln(affected / other side)` by session, without intervals of their own."""
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trends:
    """All that a person's sessions say together."""

    sessions: tuple[SessionMeasures, ...]
    """In order of time."""
    affected: Side
    overall: Line
    """One slope through all patterns: all quiet muscles of the affected side."""
    patterns: tuple[PatternCourse, ...]
    courses: tuple[Course, ...]
    resting: tuple[Resting, ...]
    acting: tuple[Acting, ...]
    """Who acts when, in the newest session that asked for each pattern (P13)."""

    @property
    def verdict(self) -> Verdict:
        """What all patterns together say."""
        return self.overall.verdict


def trends_of(sessions: Sequence[SessionMeasures]) -> Trends:
    """Return the trends over sessions of one person, in order of time.

    ValueError where there is none, or where they are of different affected sides.
    """
    if not sessions:
        raise ValueError("trends need at least one session")
    if len({one.affected for one in sessions}) > 1:
        raise ValueError("all sessions of a trend must have the same affected side")
    patterns = pattern_courses(sessions)
    return Trends(
        sessions=tuple(sessions),
        affected=sessions[0].affected,
        overall=overall(patterns),
        patterns=patterns,
        courses=tuple(_courses(sessions)),
        resting=tuple(_resting(sessions)),
        acting=acting(sessions),
    )


def pattern_courses(sessions: Sequence[SessionMeasures]) -> tuple[PatternCourse, ...]:
    """Return the course of each pattern, all its quiet muscles together."""
    return tuple(_pattern(sessions, name) for name in _practised(sessions))


def overall(patterns: Sequence[PatternCourse]) -> Line:
    """Return the one slope through all patterns."""
    return line_through([p for one in patterns for p in _points(one.levels, one.pattern)])


def _practised(sessions: Sequence[SessionMeasures]) -> list[str]:
    every = [attempt.pattern for one in sessions for attempt in one.attempts]
    return [name for name in dict.fromkeys(every) if quiet_in_all(sessions, name)]


def _pattern(sessions: Sequence[SessionMeasures], name: str) -> PatternCourse:
    muscles = quiet_in_all(sessions, name)
    levels = levels_over([together(one, name, muscles) for one in sessions])
    return PatternCourse(pattern=name, levels=levels, line=line_through(_points(levels)))


def _courses(sessions: Sequence[SessionMeasures]) -> list[Course]:
    ratios = [ratios_of(one) for one in sessions]
    affected = sessions[0].affected
    roles = roles_of(sessions)

    def levels(pair: Pair) -> tuple[Level, ...]:
        return levels_over([one.get(pair, []) for one in ratios])

    return [
        _course(pair, role, levels, affected.other)
        for pair, role in roles.items()
        if pair.side == affected.value
    ]


def _course(
    pair: Pair, role: Role | None, levels: Callable[[Pair], tuple[Level, ...]], other: Side
) -> Course:
    own = levels(pair)
    opposite = levels(
        Pair(pattern=pair.pattern, muscle=pair.muscle, side=other.value, target=pair.target)
    )
    to_other = tuple(
        difference(one.log, across.log) for one, across in zip(own, opposite, strict=True)
    )
    compared = [
        Point(session=place, value=found.value, variance=one.variance + across.variance)
        for place, (found, one, across) in enumerate(zip(to_other, own, opposite, strict=True))
        if found.known
    ]
    return Course(
        pair=pair,
        role=role,
        levels=own,
        line=line_through(_points(own)),
        to_other=to_other,
        line_to_other=line_through(compared),
    )


def _points(levels: Sequence[Level], group: str = "") -> list[Point]:
    return [
        Point(session=place, value=one.log.value, variance=one.variance, group=group)
        for place, one in enumerate(levels)
        if one.log.known
    ]


def _resting(sessions: Sequence[SessionMeasures]) -> list[Resting]:
    muscles = dict.fromkeys(muscle for one in sessions for muscle, _ in one.resting)
    return [_rest_of(sessions, muscle) for muscle in muscles]


def _rest_of(sessions: Sequence[SessionMeasures], muscle: str) -> Resting:
    to_other = tuple(_rest_to_other(one, muscle) for one in sessions)
    points = [
        Point(session=place, value=found.value, variance=0.0)
        for place, found in enumerate(to_other)
        if found.known
    ]
    return Resting(muscle=muscle, to_other=to_other, line=line_through(points))


def _rest_to_other(session: SessionMeasures, muscle: str) -> Measured:
    own, other = (
        session.resting.get((muscle, side.value), 0.0)
        for side in (session.affected, session.affected.other)
    )
    if own <= 0.0 or other <= 0.0:
        return unknown(LN, "one side's resting level is not known, or not above the noise")
    ratio = log(own / other)
    return Measured(value=ratio, low=ratio, high=ratio, unit=LN)
