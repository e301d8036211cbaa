"""What a session tells of its recording, and what a recording tells of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from host.chain.stream import Chunk
    from host.recording.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingState:
    """What is known about the recording at this moment."""

    light: bool = False
    """True only while what came more than a second ago is known to be on the disk."""
    message: str = ""
    """One sentence where something is wrong or will be; empty while all is well."""
    folder: Path | None = None
    synced_sample: int = 0
    """Index after the last sample that is on the disk."""
    waiting_s: float = 0.0
    """How much has come and is not on the disk yet."""
    missed: int = 0
    """Samples that came and could not be recorded."""
    marks: int = 0
    """Markers that somebody set while it ran."""
    touched: bool = False
    """Whether a finger is noted on a muscle (P5)."""


class Recording(Protocol):
    """What a session tells of itself; no call of it ever waits."""

    @property
    def state(self) -> RecordingState:
        """The newest state, from any thread."""

    def take(self, chunk: Chunk) -> None:
        """Record samples."""

    def note(self, event: Event) -> None:
        """Record an event."""


class Unrecorded:
    """A session that is not recorded, and why."""

    def __init__(self, message: str = "") -> None:
        self.state = RecordingState(message=message)

    def take(self, chunk: Chunk) -> None:
        """Let samples pass."""

    def note(self, event: Event) -> None:
        """Let an event pass."""
