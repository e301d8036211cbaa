"""What the patient was asked to do, and from which sample on."""

import enum
from dataclasses import dataclass


class Phase(enum.Enum):
    """A part of an attempt (P10, P12)."""

    FREE = "free"
    """Nothing is paced: move as you like."""
    REST = "rest"
    RISE = "rise"
    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """From sample `start` until the next cue, the patient is in this phase of this pattern."""

    start: int
    pattern: str
    """Name of a pattern in T2."""
    phase: Phase

    def __post_init__(self) -> None:
        """Refuse a cue before the stream."""
        if self.start < 0:
            raise ValueError(f"a cue starts at a sample of the stream, got {self.start}")
