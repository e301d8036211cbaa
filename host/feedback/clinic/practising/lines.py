"""Lines and ceiling of a planned pattern, as a drag or a key moves them. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.clinic.plan import LINES, MuscleLine
from host.feedback.bar_state import LINE, USUAL_THRESHOLD
from host.session.plan_edits import with_line

if TYPE_CHECKING:
    from host.clinic.plan import PlannedPattern

STEP = 0.05
"""A key moves a line by this share of itself: T4 shapes by 5 to 10 %."""
_FINEST = 0.005


def activation_at(height: float) -> float:
    """Return the activation that `bar_height` draws at a height; the highest is endless."""
    if height <= LINE:
        return max(height, 0.0) / LINE * USUAL_THRESHOLD
    room, above = 1.0 - LINE, min(height, 0.995) - LINE
    return USUAL_THRESHOLD * (1.0 + room * above / (room - above) / LINE)


def moved(planned: PlannedPattern, code: str, to: float) -> PlannedPattern:
    """Return the pattern with a muscle's own line there, on both sides; "" for the line of all."""
    line = _within(to)
    if not code:
        return with_line(planned, line)
    others = tuple(one for one in planned.lines if one.muscle != code)
    return replace(planned, lines=(*others, MuscleLine(muscle=code, line=line)))


def lifted(planned: PlannedPattern, to: float) -> PlannedPattern:
    """Return the pattern with its effort ceiling there (P8)."""
    return replace(planned, ceiling=_within(to))


def as_all(planned: PlannedPattern, code: str) -> PlannedPattern:
    """Return the pattern without an own line of a muscle."""
    return replace(planned, lines=tuple(one for one in planned.lines if one.muscle != code))


def stepped(planned: PlannedPattern, code: str, steps: int, now: float) -> PlannedPattern:
    """Return the pattern with a line moved by so many steps from where it is `now`."""
    change = max(STEP * now, _FINEST)
    return moved(planned, code, now + steps * change)


def _within(line: float) -> float:
    """Return a line that means something, no finer than one can be told (P11)."""
    least, most = LINES
    return min(max(round(line / _FINEST) * _FINEST, least), most)
