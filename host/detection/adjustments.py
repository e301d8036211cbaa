"""What a therapist changes while a session runs; replayed at the same sample."""

from dataclasses import dataclass

from calibration.patterns import Pattern
from host.detection.cocontraction import Thresholds
from host.detection.guards import Effort


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """From sample `start` on these hold; None and () leave things as they are."""

    start: int
    thresholds: Thresholds | None = None
    effort: Effort | None = None
    patterns: tuple[Pattern, ...] = ()
    """Patterns with other roles, in place of those with the same names."""

    def __post_init__(self) -> None:
        """Refuse a change before the stream."""
        if self.start < 0:
            raise ValueError(f"an adjustment starts at a sample of the stream, got {self.start}")
