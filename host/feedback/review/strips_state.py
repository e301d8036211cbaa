"""What the strips of a session show at one moment."""

from dataclasses import dataclass, field

from host.detection.cocontraction import Episode
from host.feedback.review.lanes import Mark
from host.feedback.review.scale import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class StripsState:
    """What the strips show."""

    scale: Scale
    cursor: int = 0
    """Sample at which the bars stand."""
    judged: int = 0
    """How far the outline has come."""
    lane: tuple[Mark, ...] = ()
    """Attempts, and what became of them."""
    second_lane: tuple[Mark, ...] | None = None
    """The same under other terms; None where there are none."""
    notes: tuple[tuple[int, str], ...] = ()
    """Samples with what was written there."""
    episodes: tuple[Episode, ...] = ()
    second: tuple[Episode, ...] = field(default=(), compare=False)
    """Episodes under other terms; they change with `second_lane`."""
    raw: bool = False
    raw_version: int = 0
    """Changes when more of the raw signal has been read."""
