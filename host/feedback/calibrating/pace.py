"""The line that paces a step, and the ball on it: rise, hold and release to come. No Qt.

The height says when, never how strong: it is the same for every step, whatever is measured (P8).
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi

from host.session.calibrating.protocol import RELEASED_S, ProtocolStep, StepKind
from host.session.calibrating.view import CalibrationView, CoursePhase

Point = tuple[float, float]
"""Share of the width from the left, share of the height from the ground."""

FALL_S = 0.7
"""How long letting go is drawn: the ball is down before the next step begins (P12)."""
_SLOPE = 16
"""Points per slope."""
GROUND: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceState:
    """What the patient follows."""

    line: tuple[Point, ...] = GROUND
    """From left to right; flat where the face rests."""
    ball: float | None = None
    """How far it has come, 0 to 1; None where nothing is to be followed."""

    def __post_init__(self) -> None:
        """Refuse a ball beside the line."""
        if self.ball is not None and not 0.0 <= self.ball <= 1.0:
            raise ValueError(f"the ball lies from 0 to 1, got {self.ball}")

    @property
    def height(self) -> float:
        """The height of the line where the ball is."""
        return height_at(self.line, self.ball or 0.0)


def pace_state(view: CalibrationView, step: ProtocolStep | None) -> PaceState:
    """Return the line of a step, and where on it the moment is."""
    if step is None:
        return PaceState()
    whole_s = step.seconds + RELEASED_S
    if view.phase is CoursePhase.PAUSED:
        at_s = 0.0
    elif view.phase is CoursePhase.JUDGED:
        at_s = whole_s - (0.0 if view.waiting else min(view.seconds_left, RELEASED_S))
    else:
        at_s = view.step_progress * step.seconds
    return PaceState(line=line_of(step), ball=min(max(float(at_s / whole_s), 0.0), 1.0))


def line_of(step: ProtocolStep) -> tuple[Point, ...]:
    """Return the line of a step: a hill for each hold, the ground where nothing is moved."""
    if step.movement is None:
        return GROUND
    whole_s = step.seconds + RELEASED_S
    corners = [(0.0, 0.0), *_corners(step), (whole_s, 0.0)]
    points = [corners[0]]
    for one, other in itertools.pairwise(corners):
        points += _slope(one, other)
    return tuple((time_s / whole_s, height) for time_s, height in points)


def height_at(line: tuple[Point, ...], place: float) -> float:
    """Return the height of a line at a place, straight between its points."""
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        if x1 <= place <= x2:
            return y1 if x1 == x2 else y1 + (y2 - y1) * (place - x1) / (x2 - x1)
    return 0.0


def _corners(step: ProtocolStep) -> Iterator[Point]:
    """Yield where each hill begins to rise, is up, begins to fall and is down, in seconds."""
    at_s = step.prepare_s
    fall_s = min(FALL_S, 0.8 * step.pause_s)
    rise_s = step.hold_s if step.kind is StepKind.RAMP else step.rise_s
    stand_s = step.rise_s + step.hold_s - rise_s
    for _ in range(step.holds):
        yield at_s, 0.0
        yield at_s + rise_s, 1.0
        yield at_s + rise_s + stand_s, 1.0
        yield at_s + rise_s + stand_s + fall_s, 0.0
        at_s += rise_s + stand_s + step.pause_s


def _slope(one: Point, other: Point) -> list[Point]:
    """Return the points from one corner to another, without a kink at either."""
    (x1, y1), (x2, y2) = one, other
    if y1 == y2:
        return [other]
    shares = [number / _SLOPE for number in range(1, _SLOPE + 1)]
    return [(x1 + (x2 - x1) * s, y1 + (y2 - y1) * (1.0 - cos(pi * s)) / 2.0) for s in shares]
