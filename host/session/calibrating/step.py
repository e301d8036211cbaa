"""One step of a calibration: which muscle, which side, how long, and in which words."""

import enum
from dataclasses import dataclass

from calibration.muscles import Side, muscle
from calibration.patterns import Pattern
from calibration.segments import SegmentKind


class StepKind(enum.Enum):
    """What a step is for."""

    CONTACT = "contact check"
    REST = "rest"
    SIDE_CHECK = "side check"
    REFERENCE = "reference"
    RAMP = "ramp"

    @property
    def segment(self) -> SegmentKind | None:
        """As what its holds are marked; None where they are not."""
        return None if self is StepKind.CONTACT else SegmentKind(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One step: `prepare`, then one or more holds with a pause between two of them."""

    kind: StepKind
    title: str
    """Short, for a list: "Cheek, right"."""
    prompt: str
    """For the patient, in large letters."""
    therapist: str
    """For the therapist, a sentence or two."""
    movement: Pattern | None = None
    """The pattern that is moved; None at rest."""
    muscle: str = ""
    """The muscle that it is for; empty at rest."""
    side: Side | None = None
    """The patient's side that is asked alone; None for both."""
    prepare_s: float = 1.5
    rise_s: float = 1.0
    """The first part of a hold, in which the patient gets there; it is not marked."""
    hold_s: float = 3.0
    """The part that is marked."""
    pause_s: float = 1.5
    holds: int = 1

    def __post_init__(self) -> None:
        """Refuse times that nobody can follow, and a movement for nothing."""
        times = (self.prepare_s, self.hold_s, self.pause_s)
        if not all(0.0 < seconds <= 120.0 for seconds in times) or not 0.0 <= self.rise_s <= 60.0:
            raise ValueError(f"a step's times are above 0, at most 120 s, got {self}")
        if not 1 <= self.holds <= 20:
            raise ValueError(f"a step has 1 to 20 holds, got {self.holds}")
        moves = self.kind not in (StepKind.CONTACT, StepKind.REST)
        if not moves == (self.movement is not None) == bool(self.muscle):
            raise ValueError(f"a {self.kind.value} {'needs' if moves else 'has no'} movement")
        if self.kind is StepKind.SIDE_CHECK and self.side is None:
            raise ValueError("a side check asks for one side")
        if not (self.title and self.prompt and self.therapist):
            raise ValueError("a step says what it is")

    @property
    def recorded(self) -> str:
        """Its name on record, which is English in every language: "Cheek, right"."""
        if not self.muscle:
            return self.kind.value.capitalize()
        place = "both sides" if self.side is None else self.side.value
        return f"{muscle(self.muscle).plain}, {place}"

    @property
    def seconds(self) -> float:
        """How long it takes, up to where it is judged."""
        between = (self.holds - 1) * self.pause_s
        return self.prepare_s + self.holds * (self.rise_s + self.hold_s) + between
