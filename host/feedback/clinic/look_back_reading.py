"""Reads and judges what was practised, in a thread, while somebody already looks at the page."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from host.errors import HostError, SettingsError
from host.feedback.clinic.look_back_found import (
    BoutJudged,
    Checkpoints,
    Findings,
    SessionFound,
    made_in,
)
from host.feedback.sentences import sentence
from host.session.way import Way
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from host.detection.frame import Frame
    from host.report.bout_course import Courses
    from host.report.bout_practised import Practised
    from host.report.trends_session import SessionMeasures
    from host.session.opened import Opened
    from host.session.session import Session

_CHECKPOINT_S = 15.0
"""Monitors are kept so far apart: no moment is farther from one."""

_STEP_S = 0.25
"""Earlier sessions are judged in such pieces: whoever paints waits for one of them."""


class _Stopped(Exception):  # noqa: N818  it is no error
    """Somebody asked to end."""


class Reading:
    """Judges the sessions of an appointment, then earlier ones, the newest first."""

    def __init__(
        self, today: Sequence[Path], earlier: Sequence[Path], way: Way | None = None
    ) -> None:
        """Take folders in order of time; without any of today the newest earlier one is shown."""
        self._today, self._earlier = tuple(today), tuple(earlier)
        self._way = way or Way()
        self._stop, self._free = threading.Event(), threading.Event()
        self._free.set()
        self._practised: dict[Path, Practised] = {}
        self._courses: dict[Path, Courses] = {}
        self._measures: list[SessionMeasures] = []
        """Of earlier sessions, in order of time."""
        self.findings = Findings(today=bool(self._today), doing=tr("Opening the recording …"))
        """The newest; it is replaced, never changed."""
        self.error: BaseException | None = None
        # No daemon: one in the midst of an import would crash the end of the program.
        self._thread = threading.Thread(target=self._run, name="look back")

    def start(self) -> None:
        """Begin; imports happen in the thread."""
        self._thread.start()

    def give_up(self) -> None:
        """End soon; nobody need wait for it."""
        self._stop.set()
        self._free.set()

    def stand_aside(self, *, on: bool) -> None:
        """Read no more for a while, or go on: bars that move have the processor first."""
        if on:
            self._free.clear()
        else:
            self._free.set()

    def wait(self) -> None:
        """Wait for the end."""
        if self._thread.is_alive():
            self._thread.join()

    @property
    def busy(self) -> bool:
        """Whether more may come."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            with self._way.working(), suppress(_Stopped):
                self._read()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error
        finally:
            self._tell(doing="")

    def _read(self) -> None:
        # Here, so that the window's thread does not wait for them when a key asks for one.
        import host.feedback.review.window
        import host.session.player  # noqa: F401

        shown = self._open(self._today)
        earlier = list(self._earlier)
        while not shown and earlier:
            # Nothing of today: the newest recording with bouts stands in for it.
            shown = self._open([earlier.pop()])
        self._tell(sessions=shown)
        for one in reversed(shown):
            self._judge(one)
        for folder in reversed(earlier):
            self._measure(folder, len(earlier))
        self._tell_trends()

    def _open(self, folders: Sequence[Path]) -> tuple[SessionFound, ...]:
        found = []
        for folder in folders:
            self._go_on()
            try:
                found.append(_session(folder))
            except SettingsError:
                continue  # nobody practised in bouts: a calibration, say
            except HostError as error:
                self._leave_out(error)
        return tuple(found)

    def _judge(self, session: SessionFound) -> None:
        """Judge a session that is looked back on; keep monitors on the way."""
        from host.report.bout_course import Courses
        from host.report.bout_practised import practised

        opened = session.opened
        attempts = [attempt for one in session.made for attempt in one.attempts]
        stream = opened.recorded.stream
        courses = Courses(attempts, len(stream.channels), stream.rate_hz)

        def watch(running: Session, frames: Sequence[Frame]) -> None:
            courses.push(frames)
            session.checkpoints.pass_by(running.received, running.monitor)
            share = running.received / max(opened.stop, 1)
            self._tell(doing=tr("Judging what was practised: {:.0f} %").format(100.0 * share))
            self._go_on()

        try:
            self._practised[session.folder] = practised(opened, watch)
        except HostError as error:
            self._leave_out(error)
            return
        self._courses[session.folder] = courses
        self._report()

    def _measure(self, folder: Path, count: int) -> None:
        """Measure an earlier session, for comparison."""
        from host.report.trends_session import session_measures
        from host.session.asked import Asked
        from host.session.opened import open_session

        words = tr("Reading earlier sessions: {} of {}")
        self._tell(doing=words.format(len(self._measures) + 1, count))
        self._go_on()
        try:
            opened = open_session(folder, Asked())
            if _calibrates(opened):
                return
            found = session_measures(opened, lambda _frames: self._go_on(), step_s=_STEP_S)
        except HostError as error:
            self._leave_out(error)
            return
        sides = [*(one.opened.affected for one in self.findings.sessions), found.affected]
        if found.attempts and found.affected is sides[0]:
            self._measures.insert(0, found)
            self._report()

    def _report(self) -> None:
        """Put together what the sessions say now."""
        self._tell(sessions=tuple(self._reported(one) for one in self.findings.sessions))

    def _reported(self, session: SessionFound) -> SessionFound:
        from host.report.bout_report import bout_report

        known = self._practised.get(session.folder)
        if known is None:
            return session
        courses = self._courses[session.folder]
        judged = []
        for number in known.bouts:
            report = bout_report(known, number, self._measures)
            scored = {one.start for one in report.attempts if one.result.scored}
            judged.append(BoutJudged(report=report, course=courses.over(scored)))
        return replace(session, judged=tuple(judged))

    def _tell_trends(self) -> None:
        from host.report.trends import trends_of

        today = self._together()
        sessions = [*self._measures, *([] if today is None else [today])]
        if sessions:
            self._tell(doing=tr("Comparing the sessions …"))
            self._tell(trends=trends_of(sessions))

    def _together(self) -> SessionMeasures | None:
        """Return the sessions that are looked back on as one: electrodes stayed where they were."""
        from host.report.trends_session import SessionMeasures, resting_of

        known = [one for one in self.findings.sessions if one.folder in self._practised]
        attempts = tuple(
            measures
            for one in known
            for measures in self._practised[one.folder].measured(self._practised[one.folder].tried)
        )
        if not attempts:
            return None
        last = known[-1].opened
        return SessionMeasures(
            name=last.name,
            created=last.created,
            affected=last.affected,
            attempts=attempts,
            resting=resting_of(last),
        )

    def _leave_out(self, error: HostError) -> None:
        said = tr("Left out: {}").format(sentence(str(error)))
        self._tell(left=(*self.findings.left, said))

    def _tell(self, **changes: object) -> None:
        self.findings = replace(self.findings, **changes)  # type: ignore[arg-type]

    def _go_on(self) -> None:
        """Stand aside for whoever paints or plays; end where somebody asked for it."""
        self._way.give()
        if not self._free.is_set():
            with self._way.away():
                self._free.wait()
        if self._stop.is_set():
            raise _Stopped


def _session(folder: Path) -> SessionFound:
    """Open a recording; SettingsError where nobody practised in bouts."""
    from host.recording.events import BoutBegun
    from host.session.asked import Asked
    from host.session.opened import open_session
    from host.session.practising.past import bouts_in

    opened = open_session(folder, Asked())
    begun = [one for one in bouts_in(opened) if isinstance(one, BoutBegun)]
    every = opened.recorded.stream.samples(_CHECKPOINT_S)
    return SessionFound(
        folder=folder,
        opened=opened,
        checkpoints=Checkpoints(opened.monitor(), every),
        made=made_in(opened, [(one.sample, one.number, one.pattern, one.mode) for one in begun]),
    )


def _calibrates(opened: Opened) -> bool:
    from host.recording.events import marked
    from host.recording.reader import SessionRecording

    recorded = opened.recorded
    return isinstance(recorded, SessionRecording) and bool(marked(recorded.events))
