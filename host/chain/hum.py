"""An electrode that has come off: it picks up mains from the air, and no muscle.

Once the mains is removed such a channel is as still as a relaxed muscle: the first hazard that this
program must make impossible. What gives it away is the mains itself, many times what it was.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HumLimits:
    """Settings: how much more mains is too much."""

    rise: float = 8.0
    """Peak mains over the least that the channel had in any second."""
    floor_uv: float = 400.0
    """Less peak mains than this is never too much."""
    ceiling_uv: float = 12_000.0
    """More than this is too much in any case."""
    hold_s: float = 1.0
    """After the last peak: until the band-stops have let go of it."""
    apart: float = 10.0
    """RMS of a channel's mains over the median of all channels, where there are at least four."""
    apart_floor_uv: float = 400.0

    def __post_init__(self) -> None:
        """Refuse limits that ordinary changes of the mains would pass."""
        if self.rise < 2.0 or self.apart < 2.0:
            raise ValueError(f"mains changes by a factor of 2 all the time, got {self}")
        if not 0.0 < self.floor_uv < self.ceiling_uv or self.hold_s <= 0.0:
            raise ValueError(f"need 0 < floor_uv < ceiling_uv and hold_s > 0, got {self}")
