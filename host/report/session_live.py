"""Practice is judged and measured while it runs, so that nobody reads it again to look back.

The very frames that a replay would give are measured in the very same way; what differs from a
replay in any way (samples that a full disk did not take, say) is not kept, and is read again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from host.detection.frame import Frame
    from host.detection.monitor import Monitor
    from host.report.session_judged import SessionJudged
    from host.report.session_running import Running
    from host.session.practising.building import PracticeBuild, PracticeStage

    Stand = tuple[int, Callable[[], Monitor]]
    """Up to which sample a monitor has judged, and what makes a copy of it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LiveResult:
    """What a session gave while it ran."""

    folder: Path
    judged: SessionJudged
    stands: tuple[Stand, ...]
    """In order of samples."""


class LiveSession:
    """Measures practice while it runs; every call is for the session's thread."""

    def __init__(self) -> None:
        self._running: Running | None = None
        self.result: LiveResult | None = None
        """Once the session is over; None where its recording has to be read again."""
        self.error: Exception | None = None
        """Why nothing is measured any more: practice goes on, and is measured when it is read."""

    def building(self, build: PracticeBuild) -> PracticeBuild:
        """Return the same, measured; results are there once all that it entered is closed."""

        def built(stack: ExitStack) -> PracticeStage:
            # The first to be entered is the last to be closed: the recording is whole by then.
            stack.callback(self._finish)
            stage = build(stack)
            folder = stage.session.recording.folder
            if folder is not None:
                from host.report.session_running import Running

                self._running = Running(stage, folder)
            return stage

        return built

    def push(self, frame: Frame) -> None:
        """Take one frame, in order."""
        if self._running is None:
            return
        try:
            self._running.push(frame)
        except Exception as error:  # noqa: BLE001  no report may end a bout
            self._give_up(error)

    def _finish(self) -> None:
        running = self._running
        if running is None:
            return
        try:
            self.result = running.finished()
        except Exception as error:  # noqa: BLE001  it is read again, and that says what is wrong
            self._give_up(error)
        running.end()
        self._running = None

    def _give_up(self, error: Exception) -> None:
        self.error = error
        if self._running is not None:
            self._running.end()
        self._running = None
