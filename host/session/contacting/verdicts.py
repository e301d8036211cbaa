"""What can be wrong with a channel, and what to do about it, in one plain word and one sentence."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from host.chain.quality import Quality
from host.translation import mark


class Verdict(enum.Enum):
    """One plain word for a channel."""

    GOOD = "good"
    NOISY = "noisy"
    """Its rest is louder than any resting face, or its cable moves."""
    MAINS = "mains"
    """It can be used; the hum says that the contact could be better."""
    SWAPPED = "swapped?"
    """The other side answered when this one was asked."""
    LOOSE = "loose"
    RAILED = "railed"
    """It stays at the end of the converter's range."""
    UNKNOWN = "unknown"

    @property
    def usable(self) -> bool:
        """Whether its muscle's level may be shown and scored."""
        return self in (Verdict.GOOD, Verdict.NOISY, Verdict.MAINS)

    @property
    def rank(self) -> int:
        """How bad it is: the larger, the worse."""
        return list(Verdict).index(self)


ADVICE: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.GOOD: "",
        Verdict.NOISY: mark(
            "Let the face rest; if it stays, press the electrodes on and fix the cable."
        ),
        Verdict.MAINS: mark("Check the reference electrode, and move away from mains cables."),
        Verdict.SWAPPED: mark("Exchange the left and right cables, then check the sides again."),
        Verdict.LOOSE: mark("Press the electrodes on, or replace them."),
        Verdict.RAILED: mark("Check that the cable is plugged in, then press the electrodes on."),
        Verdict.UNKNOWN: mark("Wait a moment; if it stays, check the board."),
    }
)
"""What to do, one short sentence each."""
HIGH_IMPEDANCE = mark("Press this electrode on or replace it, then measure again.")
FAIR_IMPEDANCE = mark("Good enough; cleaning the skin would make it better.")

BY_QUALITY: Mapping[Quality, Verdict] = MappingProxyType(
    {
        Quality.GOOD: Verdict.GOOD,
        Quality.MAINS: Verdict.MAINS,
        Quality.LOOSE: Verdict.LOOSE,
        Quality.FLAT: Verdict.LOOSE,
        Quality.RAILED: Verdict.RAILED,
    }
)
"""What a quality of the chain says of a contact; the others say nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLimits:
    """Settings: when a contact is called what. Clinical judgement, to be edited."""

    noisy_uv: float = 8.0
    """Rest above it is no resting face: 1 to 3 µV are usual (T4)."""
    rest_s: float = 10.0
    """The rest is sought in so much of the past,"""
    quietest: float = 0.2
    """as the quietest share of it."""
    enough_s: float = 1.5
    """Before so much has been heard nothing is called good."""
    moved_share: float = 0.4
    """With more of the last five seconds moved than this, the cable is called restless."""
    worse_s: float = 1.0
    """So long a fault must last before it is said,"""
    better_s: float = 2.0
    """and so long its end: a verdict must not flicker."""
    steady_s: float = 3.0
    """A verdict that has stood for so long is steady."""
    silent_s: float = 3.0
    """With nothing to judge for so long a channel is unknown again."""
    loose_ohm: float = 200_000.0
    """From here on an electrode is called loose, whatever its signal looks like."""
    fair_ohm: float = 50_000.0

    def __post_init__(self) -> None:
        """Refuse limits that nothing, or everything, would pass."""
        times = (self.rest_s, self.enough_s, self.worse_s, self.better_s, self.steady_s)
        if not (min(times) > 0.0 and self.silent_s > 0.0 and self.enough_s <= self.rest_s):
            raise ValueError(f"times must be above 0, and enough_s within rest_s, got {self}")
        if not (0.0 < self.quietest <= 1.0 and 0.0 < self.moved_share <= 1.0):
            raise ValueError(f"shares lie above 0, at most 1, got {self}")
        if not (self.noisy_uv > 0.0 and 0.0 < self.fair_ohm < self.loose_ohm):
            raise ValueError(f"need noisy_uv > 0 and fair_ohm < loose_ohm, got {self}")
