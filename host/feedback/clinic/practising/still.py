"""Practice that stands still at one moment, for pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.clinic.plan import FeedbackMode, PlannedPattern
    from host.detection.frame import Frame
    from host.session.practising.worker import PracticeMoment


@dataclass(frozen=True, slots=True)
class Still:
    """Takes every command, and does nothing; see `Practising`."""

    moment: PracticeMoment
    done: bool = False

    @property
    def newest(self) -> Frame | None:
        """The frame of that moment."""
        return self.moment.view.frame

    def begin(self, pattern: str, mode: FeedbackMode | None = None) -> None:
        """Stand still; so do the others."""

    def pause(self) -> None:
        """Stand still."""

    def quiet(self) -> None:
        """Stand still."""

    def resume(self) -> None:
        """Stand still."""

    def next(self) -> None:
        """Stand still."""

    def felt(self, muscles: tuple[str, ...]) -> None:
        """Stand still."""

    def hide(self, *, on: bool) -> None:
        """Stand still."""

    def stop_bout(self) -> None:
        """Stand still."""

    def touch(self, *, on: bool | None = None) -> None:
        """Stand still."""

    def note(self, text: str) -> None:
        """Stand still."""

    def edit(self, changed: PlannedPattern) -> None:
        """Stand still."""

    def tell(self, listener: Callable[[], None]) -> None:
        """Stand still."""

    def stop(self, timeout_s: float | None = None) -> None:
        """Stand still."""
