"""The one slow shape of an attempt: a ball goes over a hill, and back along the ground. No Qt.

Up is the slow rise, the top is the hold, down is letting go, and the way back is the rest. It never
jumps and never hurries: where the next attempt waits for release, the ball waits at the hill's
foot. The height says when, never how strong (P8, P10).
"""

import enum
from dataclasses import dataclass
from functools import cache
from math import cos, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from host.session.practising.view import PracticeView

Point = tuple[float, float]
"""Share of the width from the left, share of the hill's height from the ground."""

FOOT = 0.06
"""Where the hill begins; it ends as far from the other edge."""
RISE, HOLD, RELEASE = 0.27, 0.46, 0.27
"""Shares of the hill's width: what is slow is wide."""
_SLOPE = 24


class Leg(enum.Enum):
    """A part of the way."""

    RISE = "rise"
    HOLD = "hold"
    RELEASE = "release"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopState:
    """Where the ball is."""

    leg: Leg = Leg.REST
    share: float = 1.0
    """How much of this part is behind it, 0 to 1; at the end of the rest it is at the foot."""

    def __post_init__(self) -> None:
        """Refuse a ball beside its way."""
        if not 0.0 <= self.share <= 1.0:
            raise ValueError(f"the ball is 0 to 1 along its way, got {self.share}")

    @property
    def place(self) -> Point:
        """The middle of the ball, on the line."""
        width = 1.0 - 2.0 * FOOT
        if self.leg is Leg.RISE:
            return FOOT + width * RISE * self.share, height(self.share)
        if self.leg is Leg.HOLD:
            return FOOT + width * (RISE + HOLD * self.share), 1.0
        if self.leg is Leg.RELEASE:
            return FOOT + width * (1.0 - RELEASE * (1.0 - self.share)), height(1.0 - self.share)
        return 1.0 - FOOT - width * self.share, 0.0


def height(share: float) -> float:
    """Return how high a slope is after a share of it, without a kink at either end."""
    return (1.0 - cos(pi * share)) / 2.0


@cache
def hill() -> tuple[Point, ...]:
    """Return the line of the hill, from its left foot to its right one."""
    steps = [number / _SLOPE for number in range(_SLOPE + 1)]
    up = [LoopState(leg=Leg.RISE, share=share).place for share in steps]
    down = [LoopState(leg=Leg.RELEASE, share=share).place for share in steps]
    return (*up, *down)


def behind(state: LoopState) -> tuple[Point, ...]:
    """Return the part of the hill that lies behind the ball; () while it rests."""
    if state.leg is Leg.REST:
        return ()
    x, y = state.place
    return (*(point for point in hill() if point[0] < x), (x, y))


def loop_state(view: "PracticeView") -> LoopState:
    """Return where the ball is at a moment of practice."""
    from host.session.practising.view import BoutPhase

    legs = {
        BoutPhase.RISE: Leg.RISE,
        BoutPhase.HOLD: Leg.HOLD,
        BoutPhase.RELEASE: Leg.RELEASE,
        BoutPhase.REST: Leg.REST,
    }
    leg = legs.get(view.phase)
    if leg is None:
        return LoopState()
    whole_s = view.phase_s + view.left_s
    return LoopState(leg=leg, share=min(view.phase_s / whole_s, 1.0) if whole_s > 0.0 else 1.0)
