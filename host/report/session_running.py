"""Practice that is measured while it runs: its attempts in a process of their own."""

from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from host.chain.stream import Stream
from host.detection.attempts import attempts_in
from host.detection.cues import Phase
from host.detection.frame import Frame
from host.detection.kept import STAND_S, going_on, kept
from host.detection.monitor import Monitor
from host.errors import HostError
from host.recording.events import Adjusted, CueGiven, Touch
from host.recording.manifest import read_manifest
from host.recording.reader import SessionRecording, touched
from host.report.bout_course import Courses
from host.report.bout_practised import Practised
from host.report.judged_apart import stand_behind
from host.report.measured import measured, measuring_terms
from host.report.measured_file import keep
from host.report.measured_gathering import Gathered, Gathering
from host.report.measured_kinds import AttemptMeasures
from host.report.session_judged import put_together
from host.report.session_live import LiveResult
from host.session.asked import Asked
from host.session.opened import Opened, open_session
from host.session.practising.building import PracticeStage

if TYPE_CHECKING:
    from host.report.session_live import Stand


class Running:
    """Measures attempts as soon as they are over; every call is for the session's thread."""

    def __init__(self, stage: PracticeStage, folder: Path) -> None:
        self._stage, self._folder = stage, folder
        manifest = read_manifest(folder)
        self._stream: Stream = manifest.stream
        terms = measuring_terms(manifest.watch, manifest.stream, manifest.affected)
        self._gathering = Gathering(terms, tell=self._measure)
        self._courses = Courses(self._stream.rate_hz)
        self._stands: list[tuple[int, bytes]] = []
        self._every = self._stream.samples(STAND_S)
        self._pool: ProcessPoolExecutor | None = None
        self._measures: list[Future[AttemptMeasures]] = []

    def push(self, frame: Frame) -> None:
        """Take one frame."""
        self._gathering.push_frame(frame)
        self._courses.push((frame,))
        if frame.cue.phase is Phase.RISE:
            self._workers()
        at = self._stage.session.received
        if at - (self._stands[-1][0] if self._stands else 0) >= self._every:
            self._stands.append((at, kept(self._stage.session.monitor)))

    def finished(self) -> LiveResult | None:
        """Return what the session gave; None where a replay would not give the same."""
        stage = self._stage
        self._gathering.close(stage.session.finish().attempts)
        measures = tuple(one.result() for one in self._measures)
        try:
            opened = open_session(self._folder, Asked())
        except HostError:
            return None
        received = stage.session.received
        if stage.session.recording.missed or opened.stop != received:
            return None
        if not measures or not _numbered_alike(opened, measures, self._gathering.hop):
            return None
        practised = Practised(
            montage=opened.watch.montage,
            affected=opened.affected,
            tried=stage.practice.attempts,
            measures=measures,
        )
        judged = put_together(opened, practised, self._courses)
        keep(self._folder, judged)
        return LiveResult(
            folder=self._folder, judged=judged, stands=told_stands(opened, self._stands)
        )

    def end(self) -> None:
        """Let go of the process."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _measure(self, one: Gathered) -> None:
        self._measures.append(self._workers().submit(measured, one))

    def _workers(self) -> ProcessPoolExecutor:
        """Return who measures; it takes seconds to begin, which the first attempt covers."""
        if self._pool is None:
            apart = get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=apart, initializer=stand_behind)
            self._pool.submit(_ready)
        return self._pool


def told_stands(opened: Opened, stands: Sequence[tuple[int, bytes]]) -> "tuple[Stand, ...]":
    """Return monitors of a session that ran, told of what was asked and changed after them.

    One that stood where something was asked, changed or touched may have known it or not: it is
    left out.
    """
    recorded = opened.recorded
    events = recorded.events if isinstance(recorded, SessionRecording) else ()
    own = [event for event in events if isinstance(event, CueGiven | Adjusted | Touch)]
    taken = {event.sample for event in own}
    return tuple(
        (at, partial(_told, stood, [event for event in own if event.sample > at]))
        for at, stood in stands
        if at not in taken
    )


def _told(stood: bytes, later: Sequence[CueGiven | Adjusted | Touch]) -> Monitor:
    made = going_on(stood)
    for event in later:
        if isinstance(event, CueGiven):
            made.cue(event.cue)
        elif isinstance(event, Adjusted):
            made.adjust(event.change)
        else:
            made.touch(touched(event))
    return made


def _numbered_alike(opened: Opened, measures: Sequence[AttemptMeasures], hop: int) -> bool:
    """Tell whether the attempts have the numbers that a replay would give them."""
    known = {
        -(-one.start // hop) * hop: one.number for one in attempts_in(opened.cues, opened.stop)
    }
    return all(known.get(one.start) == one.number for one in measures)


def _ready() -> None:
    """Have everything imported."""
