"""What the drawn face shows of a screen: which muscles came along, lead, or are to be touched."""

from dataclasses import dataclass

from calibration.muscles import Side
from host.feedback.bar_state import BarState, ScreenState, TargetState

Spot = tuple[str, Side]
"""A muscle's code and side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceState:
    """Muscles by how they are drawn. No Qt."""

    calm: frozenset[Spot] = frozenset()
    """Watched, and quiet."""
    lit: frozenset[Spot] = frozenset()
    """Came along."""
    unknown: frozenset[Spot] = frozenset()
    """Watched, and without a signal."""
    target: frozenset[Spot] = frozenset()
    touch: frozenset[Spot] = frozenset()
    """Where a fingertip is drawn (P5)."""

    @property
    def blank(self) -> bool:
        """Whether the face has nothing to tell: all channels are plain ones."""
        return not (self.calm or self.lit or self.unknown or self.target or self.touch)


def face_state(screen: ScreenState) -> FaceState:
    """Return what the face shows; a muscle without a side is on the affected one."""

    def spots(*states: BarState | TargetState) -> frozenset[Spot]:
        placed = ((state.muscle, state.side or screen.affected) for state in states)
        return frozenset((code, side) for code, side in placed if code and side)

    known = [bar for bar in screen.bars if bar.fill is not None]
    target: list[TargetState] = [screen.target] if screen.target else []
    watched: list[BarState | TargetState] = [*screen.bars, *target]
    return FaceState(
        calm=spots(*(bar for bar in known if not bar.over)),
        lit=spots(*(bar for bar in known if bar.over)),
        unknown=spots(*(state for state in watched if state.fill is None)),
        target=spots(*(state for state in target if state.fill is not None)),
        touch=frozenset((code, screen.affected) for code in screen.touch if screen.affected),
    )
