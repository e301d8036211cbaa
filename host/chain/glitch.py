"""Tell a garbled sample from muscle.

A byte garbled on its way (the Cyton's packets carry no checksum) changes one sample of one
channel by up to the whole range. Muscle cannot do that: a converter's own filter spreads every
change in its input over neighbouring samples (sinc³: each gets a third of what the peak stands
out). So a sample that stands far out while both neighbours stay where the signal was did not come
from the face.

`compiled/glitch.c` looks at every sample so, after mains removal.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GlitchLimits:
    """Settings: how far out, and how far its neighbours may differ."""

    floor_uv: float = 12.0
    """What stands out less does no harm to a level."""
    level_ratio: float = 8.0
    """How many times the second differences before it."""
    near_share: float = 0.25
    near_ratio: float = 2.5
    """Neighbours agree within this share of the glitch, or this many times the level."""

    def __post_init__(self) -> None:
        """Refuse limits under which ordinary EMG would count as garbled."""
        if self.floor_uv <= 0 or self.level_ratio < 4 or not 0 < self.near_share < 0.3:
            raise ValueError(f"limits would take muscle for garbled samples: {self}")
