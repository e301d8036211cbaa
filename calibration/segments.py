"""Marked stretches of a recording: rest, side check, reference, ramp, movement (P13, T3)."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calibration.muscles import Side, muscle


class SegmentKind(enum.Enum):
    """What somebody was asked to do in a stretch."""

    REST = "rest"
    SIDE_CHECK = "side check"
    """One side alone moves: "raise the right brow"."""
    REFERENCE = "reference"
    """One short gentle hold of a muscle's own pattern, "2 of 10" (T3, P8)."""
    RAMP = "ramp"
    """A slow rise of a muscle, for its selectivity."""
    MOVEMENT = "movement"
    """Anything else."""


LEAST_S = {
    SegmentKind.REST: 5.0,
    SegmentKind.SIDE_CHECK: 0.5,
    SegmentKind.REFERENCE: 1.0,
    SegmentKind.RAMP: 3.0,
    SegmentKind.MOVEMENT: 0.5,
}
"""A shorter stretch tells nothing."""

_OF_A_MUSCLE = {SegmentKind.SIDE_CHECK, SegmentKind.REFERENCE, SegmentKind.RAMP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch, in samples, half-open."""

    kind: SegmentKind
    start: int
    stop: int
    muscle: str = ""
    """The muscle that was asked for; empty at rest."""
    side: Side | None = None
    """The *patient's* side that was asked for; None for both."""

    def __post_init__(self) -> None:
        """Refuse stretches that run backwards, or that ask for nothing in particular."""
        if not 0 <= self.start < self.stop:
            raise ValueError(f"need 0 <= start < stop, got {self.start} and {self.stop}")
        if self.muscle:
            muscle(self.muscle)
        if bool(self.muscle) != (self.kind in _OF_A_MUSCLE) and (
            self.kind is not SegmentKind.MOVEMENT
        ):
            asked = "needs a muscle" if self.kind in _OF_A_MUSCLE else "has no muscle"
            raise ValueError(f"a {self.kind.value} {asked}, got {self.muscle!r}")
        if self.kind is SegmentKind.SIDE_CHECK and self.side is None:
            raise ValueError("a side check asks for one side")

    def seconds(self, rate_hz: float) -> float:
        """Return how long it is."""
        return (self.stop - self.start) / rate_hz

    def is_too_short(self, rate_hz: float) -> bool:
        """Tell whether it is too short to tell anything."""
        return self.seconds(rate_hz) < LEAST_S[self.kind]

    def rows(self, hop: int) -> slice:
        """Return the hops that lie in it from end to end, by number."""
        return slice(-(-self.start // hop), max(self.stop // hop, -(-self.start // hop)))


def checked(segments: Iterable[Segment], samples: int) -> tuple[Segment, ...]:
    """Return the stretches in order of time; ValueError where they overlap or pass the end."""
    ordered = tuple(sorted(segments, key=lambda segment: segment.start))
    if ordered and max(segment.stop for segment in ordered) > samples:
        raise ValueError(f"a stretch ends after the recording's {samples} samples")
    for before, after in pairwise(ordered):
        if after.start < before.stop:
            raise ValueError(
                f"the {after.kind.value} at sample {after.start} begins before the "
                f"{before.kind.value} at {before.start} ends"
            )
    return ordered


def of_kind(segments: Sequence[Segment], kind: SegmentKind) -> tuple[Segment, ...]:
    """Return the stretches of one kind, in order."""
    return tuple(segment for segment in segments if segment.kind is kind)
