"""What the practice page remembers between two moments: choices that were made on it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from host.clinic.plan import FeedbackMode, PlannedPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The therapist's choices; a new one takes the place of the old."""

    chosen: str = ""
    """The pattern of the next bout."""
    mode: FeedbackMode | None = None
    """The feedback of the next bout; None for the plan's."""
    hidden: bool = False
    """Whether the patient's bars were hidden."""
    selected: str = ""
    """Code of the muscle whose line is to be moved; "" for the line of all."""
    draft: PlannedPattern | None = None
    """Terms that are being changed, and are not in force yet."""
    felt: frozenset[str] = frozenset()
    """What the patient has named so far, by code (P6)."""
    sound: str = ""
    """Why nothing can be heard; empty while it can."""
    numbers: tuple[str, ...] = ()
    """The level of each channel in words: they change twice a second, so that they can be read."""
    happened: tuple[str, ...] = ()
    """What happened, the newest first."""

    def draft_of(self, planned: PlannedPattern | None) -> PlannedPattern | None:
        """Return the terms of this pattern that are being changed; None where none are."""
        same = planned is not None and self.draft is not None and self.draft.name == planned.name
        return self.draft if same else None
