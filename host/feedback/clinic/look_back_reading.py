"""Puts together what was practised, in a thread, while somebody already looks at the page.

What was measured while it ran, or kept beside its recording, is there at once. Whatever has to be
read is read by another process: threads share the interpreter's lock, and the window would wait.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from host.feedback.clinic.background import Background
from host.feedback.clinic.look_back_comparing import comparable, compared, reported
from host.feedback.clinic.look_back_found import Findings
from host.feedback.clinic.look_back_opening import left_out, opened_sessions
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from host.report.judged_apart import Done, Told, Work
    from host.report.session_judged import SessionJudged
    from host.report.session_live import LiveResult
    from host.report.trends_session import SessionMeasures


PAINTED_S = 0.5
"""By then the page has shown what is known."""


class Reading(Background):
    """Finds the sessions of an appointment, then earlier ones, the newest first."""

    def __init__(
        self,
        today: Sequence[Path],
        earlier: Sequence[Path],
        live: Sequence[LiveResult] = (),
    ) -> None:
        """Take folders in order of time; without any of today the newest earlier one is shown.

        `live` are sessions of today that were measured while they ran.
        """
        super().__init__("look back")
        self._today, self._earlier = tuple(today), tuple(earlier)
        self._live = {one.folder: one for one in live}
        self._judged: dict[Path, SessionJudged] = {}
        self.findings = Findings(today=bool(self._today), doing=tr("Opening the recording …"))
        """The newest; it is replaced, never changed."""

    def _work(self) -> None:
        try:
            self._read()
        finally:
            self._tell(doing="")

    def _read(self) -> None:
        shown, self._earlier, left = opened_sessions(self._today, self._earlier)
        if self._stop.is_set():
            return
        self._tell(sessions=shown, left=left)
        self._recall()
        work = self._wanted()
        if not any(one.judges for one in work):
            self._tell(doing="")
        # Here, so that the window's thread does not wait for them when a key asks for one; and once
        # what is known was painted.
        self._stop.wait(PAINTED_S)
        import host.feedback.review.window
        import host.session.player  # noqa: F401
        from host.report.judged_apart import judged_apart

        for told in judged_apart(work, self._stop, behind=True):
            self._take(told)

    def _recall(self) -> None:
        """Take all that need not be read again."""
        from host.report.measured_file import recalled

        for session in self.findings.sessions:
            live = self._live.get(session.folder)
            if live is not None:
                self._judged[session.folder] = live.judged
                session.checkpoints.add(live.stands)
            elif (kept := recalled(session.folder)) is not None and kept.practised is not None:
                self._judged[session.folder] = kept
        self._report()
        for folder in reversed(self._earlier):
            if self._stop.is_set():
                return
            if (kept := recalled(folder)) is not None:
                self._judged[folder] = kept
        self._report()
        self._compare()

    def _wanted(self) -> tuple[Work, ...]:
        """Return what has to be read all the same, in the order in which it is wanted."""
        from host.report.judged_apart import Work

        shown = [one.folder for one in reversed(self.findings.sessions)]
        own = [
            Work(folder=folder, judges=folder not in self._judged, stands=True)
            for folder in shown
            if folder not in self._live
        ]
        rest = [
            Work(folder=folder, bouts=False)
            for folder in reversed(self._earlier)
            if folder not in self._judged
        ]
        return (*own, *rest)

    def _take(self, told: Told) -> None:
        """Take what the other process tells."""
        from host.detection.kept import going_on
        from host.report.judged_apart import Done, Share

        if isinstance(told, Done):
            self._take_done(told)
        elif isinstance(told, Share):
            self._tell(doing=self._share_words(told.folder, told.share))
        else:
            make = partial(going_on, told.stood)
            for session in self.findings.sessions:
                if session.folder == told.folder:
                    session.checkpoints.add([(told.at, make)])

    def _take_done(self, done: Done) -> None:
        if done.said:
            self._tell(left=(*self.findings.left, left_out(done.said)))
        if done.judged is not None:
            self._judged[done.folder] = done.judged
            self._report()
            self._compare()

    def _share_words(self, folder: Path, share: float) -> str:
        if folder not in self._earlier:
            return tr("Judging what was practised: {:.0f} %").format(100.0 * share)
        words = tr("Reading earlier sessions: {} of {}")
        read = sum(one in self._judged for one in self._earlier)
        return words.format(read + 1, len(self._earlier))

    def _report(self) -> None:
        """Put together what the sessions say now."""
        sessions = self.findings.sessions
        self._tell(sessions=reported(sessions, self._judged, self._measured()))

    def _compare(self) -> None:
        self._tell(trends=compared(self.findings.sessions, self._judged, self._measured()))

    def _measured(self) -> tuple[SessionMeasures, ...]:
        """Return the earlier sessions that are known, in order of time."""
        known = [self._judged[one].measures for one in self._earlier if one in self._judged]
        return comparable(self.findings.sessions, known)

    def _tell(self, **changes: object) -> None:
        self.findings = replace(self.findings, **changes)  # type: ignore[arg-type]
