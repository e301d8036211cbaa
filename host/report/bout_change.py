"""How a bout compares with the first one of its pattern today, and with the last session (P11).

In logarithms of synkinesis ratios (T3), each with its interval.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from calibration.measured import Measured, difference, unknown
from calibration.patterns import Role
from host.report.bout_practised import Practised
from host.report.measured_kinds import Measure
from host.report.trends_line import between_sessions
from host.report.trends_session import (
    LN,
    SessionMeasures,
    levels_over,
    quiet_in_all,
    ratios_of,
    together,
)

FIRST = "this is the first bout of this pattern today"
NEVER = "no earlier session practised this pattern"

_Ratios: TypeAlias = Callable[[SessionMeasures], list[Measured]]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoutChange:
    """Change of one quiet muscle of the affected side, or of all of them together."""

    muscle: str
    """Code; empty for all together."""
    since_first: Measured
    """`ln(now / then)` of the synkinesis ratio: below 0 it is less involved."""
    since_last: Measured
    """The same against the newest earlier session of this pattern, electrodes put on anew."""


def changes(
    practised: Practised, number: int, earlier: Sequence[SessionMeasures]
) -> tuple[BoutChange, ...]:
    """Return the change of all quiet muscles together, then of each."""
    attempts = practised.bout(number)
    pattern = attempts[-1].pattern
    now = _bout(practised, number)
    first = next(
        (at for at in practised.bouts if practised.bout(at)[-1].pattern == pattern), number
    )
    start = None if first == number else _bout(practised, first)
    last = next((one for one in reversed(earlier) if _has(one, pattern)), None)

    def change(muscle: str, ratios: _Ratios) -> BoutChange:
        return BoutChange(
            muscle=muscle,
            since_first=_since(start, now, ratios, FIRST, difference),
            since_last=_since(last, now, ratios, NEVER, between_sessions),
        )

    return (
        _all_together(pattern, now, start, last),
        *(change(muscle, _ratios_of(muscle, pattern)) for muscle in _quiet(now)),
    )


def _all_together(
    pattern: str, now: SessionMeasures, first: SessionMeasures | None, last: SessionMeasures | None
) -> BoutChange:
    """Return the change of the muscles that were to be quiet in both."""

    def ratios(before: SessionMeasures | None) -> _Ratios:
        both = [one for one in (before, now) if one is not None]
        muscles = quiet_in_all(both, pattern)
        return lambda session: together(session, pattern, muscles)

    return BoutChange(
        muscle="",
        since_first=_since(first, now, ratios(first), FIRST, difference),
        since_last=_since(last, now, ratios(last), NEVER, between_sessions),
    )


def _since(
    before: SessionMeasures | None,
    now: SessionMeasures,
    ratios: _Ratios,
    without: str,
    compared: Callable[[Measured, Measured], Measured],
) -> Measured:
    if before is None:
        return unknown(LN, without)
    then, later = levels_over([ratios(before), ratios(now)])
    return compared(later.log, then.log)


def _ratios_of(muscle: str, pattern: str) -> _Ratios:
    def ratios(session: SessionMeasures) -> list[Measured]:
        side = session.affected.value
        return [
            found
            for pair, own in ratios_of(session).items()
            if (pair.muscle, pair.side, pair.pattern) == (muscle, side, pattern)
            for found in own
        ]

    return ratios


def _quiet(now: SessionMeasures) -> list[str]:
    """Return the quiet muscles of the affected side, in column order."""
    rows = [row for one in now.attempts for row in one.of(Measure.RATIO)]
    side = now.affected.value
    return list(dict.fromkeys(r.muscle for r in rows if r.side == side and r.role is Role.QUIET))


def _bout(practised: Practised, number: int) -> SessionMeasures:
    """Return a bout as if it were a session."""
    return SessionMeasures(
        name=f"bout {number}",
        created="",
        affected=practised.affected,
        attempts=practised.measured(practised.bout(number)),
        resting={},
    )


def _has(session: SessionMeasures, pattern: str) -> bool:
    return any(one.pattern == pattern for one in session.attempts)
