"""The attempts of a patient's last sessions, judged in a thread while the plan is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.errors import HostError
from host.feedback.clinic.background import Background

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from calibration.attempts import AttemptLevels
    from host.report.attempted_levels import PatternAttempts

SESSIONS = 3
"""So many of the last sessions are judged: more attempts than any proposal looks at (T4)."""


class Recent(Background):
    """Judges the newest sessions, newest first; what is known so far can be taken at any time."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__("recent attempts")
        self._folders = tuple(folders)
        self._known: Mapping[str, tuple[AttemptLevels, ...]] = {}
        self.version = 0
        """Grows whenever more is known."""

    def of(self, pattern: str) -> tuple[AttemptLevels, ...]:
        """Return the attempts at a pattern that are known so far, oldest first."""
        return self._known.get(pattern, ())

    def _goes(self) -> bool:
        return not self._stop.is_set()

    def _work(self) -> None:
        from host.report.attempted_levels import attempted_levels, joined
        from host.session.asked import Asked
        from host.session.opened import open_recording

        sessions: list[Sequence[PatternAttempts]] = []
        for folder in reversed(self._folders):
            if self._stop.is_set() or len(sessions) == SESSIONS:
                return
            try:
                found = attempted_levels(open_recording(folder, Asked()), self._goes)
            except HostError:
                # One that cannot be judged is told where sessions are listed.
                continue
            if found:
                sessions.insert(0, found)
                self._known = joined(sessions)
                self.version += 1
