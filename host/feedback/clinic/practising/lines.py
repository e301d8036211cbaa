"""Lines and ceiling of a planned pattern, as a drag or a key moves them. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from calibration.patterns import Role
from host.clinic.plan import LINES, MuscleLine
from host.feedback.bar_heights import LINE, USUAL_THRESHOLD
from host.session.plan_edits import with_line

if TYPE_CHECKING:
    from host.clinic.plan import PlannedPattern
    from host.detection.frame import Frame
    from host.session.worker import Scene

STEP = 0.05
"""A key moves a line by this share of itself: T4 shapes by 5 to 10 %."""
FINEST = 0.005
"""A line is moved by no less (P11)."""


def line_now(planned: PlannedPattern, code: str, frame: Frame | None, scene: Scene) -> float:
    """Return where a muscle's line is, as it is judged by; of a target its ceiling."""
    if not code:
        return planned.line
    role = Role.QUIET if frame is None else frame.asked.role(code)
    if role is Role.TARGET:
        effort = scene.effort if frame is None else frame.effort
        return effort.ceiling if planned.ceiling is None else planned.ceiling
    own = planned.line_of(code)
    if own is not None:
        return own
    return planned.line * (1.0 if frame is None else frame.asked.allowance(code))


def percent(share: float) -> str:
    """Write a share, never finer than one can be told (P11)."""
    return f"{100.0 * share:.0f} %" if share >= 0.095 else f"{100.0 * share:.1f} %"


def activation_at(height: float) -> float:
    """Return the activation that `bar_height` draws at a height; the highest is endless."""
    if height <= LINE:
        return max(height, 0.0) / LINE * USUAL_THRESHOLD
    room, above = 1.0 - LINE, min(height, 0.995) - LINE
    return USUAL_THRESHOLD * (1.0 + room * above / (room - above) / LINE)


def moved(planned: PlannedPattern, code: str, to: float) -> PlannedPattern:
    """Return the pattern with a muscle's own line there, on both sides; "" for the line of all."""
    line = within(to)
    if not code:
        return with_line(planned, line)
    others = tuple(one for one in planned.lines if one.muscle != code)
    return replace(planned, lines=(*others, MuscleLine(muscle=code, line=line)))


def lifted(planned: PlannedPattern, to: float) -> PlannedPattern:
    """Return the pattern with its effort ceiling there (P8)."""
    return replace(planned, ceiling=within(to))


def as_all(planned: PlannedPattern, code: str) -> PlannedPattern:
    """Return the pattern without an own line of a muscle."""
    return replace(planned, lines=tuple(one for one in planned.lines if one.muscle != code))


def stepped(now: float, steps: int) -> float:
    """Return a line that was moved by so many steps from where it is `now`."""
    return within(now + steps * max(STEP * now, FINEST))


def within(line: float) -> float:
    """Return a line that means something, no finer than one can be told (P11)."""
    least, most = LINES
    return min(max(round(line / FINEST) * FINEST, least), most)
