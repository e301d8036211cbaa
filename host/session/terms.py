"""Other terms for a recording, from the few numbers that a person changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.muscles import muscle
from calibration.patterns import Pattern, Role, patterns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from host.detection.cocontraction import Thresholds
    from host.detection.guards import Effort
    from host.session.opened import Opened

_LEAST, _MOST = 0.01, 10.0
"""Shares of the gentle reference beyond which no line or ceiling means anything."""


def line_at(thresholds: Thresholds, enter: float | None) -> Thresholds | None:
    """Move the line that quiet muscles stay below; its hysteresis keeps its share."""
    if enter is None:
        return None
    if not _LEAST <= enter <= _MOST:
        raise ValueError(f"a line is a share of gentle from {_LEAST} to {_MOST:g}, got {enter:g}")
    # No more than `enter`, whatever rounding makes of it.
    leave = min(enter * thresholds.leave / thresholds.enter, enter)
    return replace(thresholds, enter=enter, leave=leave)


def ceiling_at(effort: Effort, ceiling: float | None) -> Effort | None:
    """Move the effort ceiling of the muscle that leads (P8)."""
    if ceiling is None:
        return None
    if not _LEAST <= ceiling <= _MOST:
        raise ValueError(
            f"a ceiling is a share of gentle from {_LEAST} to {_MOST:g}, got {ceiling:g}"
        )
    return replace(effort, ceiling=ceiling, low=min(effort.low, 0.5 * ceiling))


def with_role(asked: Pattern, code: str, role: Role) -> Pattern:
    """Return a pattern in which one muscle has another role; itself, where it has that role."""
    muscle(code)
    if asked.role(code) is role:
        return asked
    lists = {
        Role.TARGET: [one for one in asked.target if one != code],
        Role.QUIET: [one for one in asked.quiet if one != code],
        Role.TOLERATED: [one for one in asked.tolerated if one != code],
    }
    lists[role].append(code)
    return replace(
        asked,
        target=tuple(lists[Role.TARGET]),
        quiet=tuple(lists[Role.QUIET]),
        tolerated=tuple(lists[Role.TOLERATED]),
        slight=tuple(one for one in asked.slight if one in lists[Role.QUIET]),
    )


def patterns_in(opened: Opened) -> dict[str, Pattern]:
    """Return the patterns that were asked for in a recording, with the roles of its beginning."""
    later = [one for change in opened.adjustments for one in change.patterns]
    known = {one.name: one for one in reversed(later)}
    known |= patterns()
    known |= {one.name: one for one in opened.watch.patterns}
    return {cue.pattern: known[cue.pattern] for cue in opened.cues}


def roles_changed(
    opened: Opened, *, quiet: Iterable[str], tolerated: Iterable[str]
) -> tuple[Pattern, ...]:
    """Return all patterns of a recording in which these muscles have another role.

    A pattern's own target stays its target.
    """
    wanted = [(code, Role.QUIET) for code in quiet] + [(code, Role.TOLERATED) for code in tolerated]
    changed = []
    for asked in patterns_in(opened).values():
        other = asked
        for code, role in wanted:
            if code not in asked.target:
                other = with_role(other, code, role)
        if other != asked:
            changed.append(other)
    return tuple(changed)
