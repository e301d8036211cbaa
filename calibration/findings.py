"""What calibration found wrong, in plain words, and what to do about it."""

import enum
from dataclasses import dataclass


class Fault(enum.Enum):
    """What can be wrong with a stretch or a channel."""

    TOO_SHORT = "too short"
    LOST = "signal lost"
    LOOSE = "loose electrode"
    CLIPPED = "clipped"
    MAINS = "mains hum"
    RESTLESS = "not at rest"
    WEAK = "too weak"
    UNSTEADY = "unsteady"
    WRONG_MUSCLE = "another muscle answered louder"
    SWAPPED = "sides swapped"
    CROSSED = "left and right exchanged"
    SIDES_UNCLEAR = "sides unclear"
    EXCHANGED = "cable perhaps exchanged"
    ALIKE = "answers like another muscle"
    MISSING = "not done"


ADVICE = {
    Fault.TOO_SHORT: "Repeat it, and let it last longer.",
    Fault.LOST: "Check the board's connection, and repeat it.",
    Fault.LOOSE: "Press the electrode on or replace it, and repeat it.",
    Fault.CLIPPED: "Lower the board's gain or fix the cable, and repeat it.",
    Fault.MAINS: "Check the reference electrode, move away from mains cables, and repeat it.",
    Fault.RESTLESS: "Let the face rest, without talking or swallowing, and repeat it.",
    Fault.WEAK: "Check that the electrodes lie on the muscle, and repeat it a little more clearly.",
    Fault.UNSTEADY: "Repeat it, and hold it evenly.",
    Fault.WRONG_MUSCLE: "Check the cables of both muscles, show the movement again, and repeat it.",
    Fault.SWAPPED: "Exchange the left and right cables, and begin again.",
    Fault.CROSSED: "Exchange the left and right cables of this muscle, and repeat both its steps.",
    Fault.SIDES_UNCLEAR: "Touch one electrode of the right side to see which channel answers.",
    Fault.EXCHANGED: (
        "Check the cables of these two muscles: begin again if they are exchanged, "
        "go on if they are right."
    ),
    Fault.ALIKE: "Look at these two cables; where they are right, it is a strong synkinesis.",
    Fault.MISSING: "Do this step.",
}
"""What to do, one sentence each."""
REMARKS = frozenset({Fault.ALIKE})
"""What is worth knowing, though nothing may be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, at one place."""

    fault: Fault
    channel: int | None
    """Column; None where it concerns all of them."""
    where: str
    """The channel and the stretch, as a person knows them: "Cheek, left, reference"."""
    detail: str
    """How much, in a few words with numbers."""
    start: int | None = None
    """First sample of the stretch; None where it concerns no stretch alone."""

    @property
    def sentence(self) -> str:
        """What is wrong."""
        return f"{self.where}: {self.fault.value} ({self.detail})."

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE[self.fault]
