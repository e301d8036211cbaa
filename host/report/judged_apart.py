"""Judge recordings in another process: whoever paints in this one never waits for it.

Threads share the interpreter's lock: beside one that judges, a window stands still for a fifth of a
second at a time.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Event

from calibration.saying import Saying, words_of
from host.detection.kept import STAND_S, kept
from host.detection.monitor import Monitor
from host.errors import HostError, RecordingError
from host.report.measured_file import keep
from host.report.session_judged import SessionJudged, judge_session
from host.session.asked import Asked
from host.session.judging import Judging
from host.session.opened import Opened, open_session
from host.session.session import Session

_NICE = 5
"""Whoever paints or reads a board has the processor before it."""
_LOOK_S = 0.1
"""So often it is looked whether somebody asked to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So much of a recording has been judged."""

    folder: Path
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A monitor that has judged a recording up to a sample; it goes on from there."""

    folder: Path
    at: int
    stood: bytes
    """The monitor, as it is `kept`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Done:
    """A recording has been gone through."""

    folder: Path
    judged: SessionJudged | None = None
    """None where only monitors were asked for, and where it cannot be read."""
    said: str = ""
    """Why it cannot be read, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done with a recording."""

    folder: Path
    judges: bool = True
    """Whether it is judged and measured; what comes out is kept beside it."""
    bouts: bool = True
    """Whether its bouts are judged too; without, it is only measured."""
    stands: bool = False
    """Whether monitors on the way are told of."""


Told = Share | Stand | Done


def judged_apart(
    work: Sequence[Work],
    stop: Event | None = None,
    *,
    at_once: int = 1,
    behind: bool = False,
) -> Iterator[Told]:
    """Yield what is found, as it is found; end early once `stop` is set.

    `at_once` processes share the work; each does its part in order. They stand back where somebody
    paints meanwhile (`behind`). Where none can be started it is done here.
    """
    stop = stop or Event()
    if not work:
        return
    try:
        helpers = [
            _Helper(work[first::at_once], behind=behind) for first in range(min(at_once, len(work)))
        ]
    except OSError:
        yield from _done_here(work, stop)
        return
    try:
        yield from _heard(helpers, stop)
    finally:
        for one in helpers:
            one.end()


class _Helper:
    """One process, and the pipe that it tells through."""

    def __init__(self, work: Sequence[Work], *, behind: bool) -> None:
        from multiprocessing import get_context

        # Spawned, as on Windows: a fork would inherit threads and windows that it cannot have.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_serve, args=(theirs, tuple(work), behind), name="judging", daemon=True
        )
        self._process.start()
        theirs.close()
        self._left = {one.folder for one in work}

    def heard(self) -> Told | None:
        """Return what it tells; None at its end. What went wrong there is raised here."""
        try:
            told = self.pipe.recv()
        except (EOFError, OSError):
            if self._left:
                raise RecordingError(Saying("judging the recordings was broken off.")) from None
            return None
        if isinstance(told, Exception):
            raise told
        if isinstance(told, Done):
            self._left -= {told.folder}
        found: Told = told
        return found

    def end(self) -> None:
        """End it, wherever it is."""
        self._process.terminate()
        self._process.join()
        self._process.close()
        self.pipe.close()


def _heard(helpers: Sequence[_Helper], stop: Event) -> Iterator[Told]:
    going = {one.pipe: one for one in helpers}
    while going and not stop.is_set():
        for pipe in wait(list(going), _LOOK_S):
            told = going[pipe].heard()  # type: ignore[index]
            if told is None:
                del going[pipe]  # type: ignore[arg-type]
            else:
                yield told


def _done_here(work: Sequence[Work], stop: Event) -> Iterator[Told]:
    for one in work:
        if stop.is_set():
            return
        yield _gone_through(one, _Nobody())


class _Nobody:
    """Hears nothing on the way."""

    def send(self, _told: Told) -> None:
        """Hear nothing."""


def stand_behind() -> None:
    """Let whatever paints and listens go first, where the system can be told so."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


def _serve(pipe: Connection, work: Sequence[Work], behind: bool) -> None:  # noqa: FBT001
    """Do all of it, in the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if behind:
        stand_behind()
    # Whoever asked may be gone: then nobody waits for the rest.
    with suppress(BrokenPipeError, ConnectionError):
        try:
            for one in work:
                pipe.send(_gone_through(one, pipe))
        except Exception as error:  # noqa: BLE001  raised again where it was asked for
            pipe.send(error)


def _gone_through(work: Work, tells: Connection | _Nobody) -> Done:
    """Go through one recording."""
    try:
        opened = open_session(work.folder, Asked())
        way = _Way(work, opened, tells)
        if not work.judges:
            way.stand_only()
            return Done(folder=work.folder)
        judged = judge_session(opened, way.see, bouts=work.bouts)
        keep(work.folder, judged)
        return Done(folder=work.folder, judged=judged)
    except HostError as error:
        return Done(folder=work.folder, said=words_of(error))


@dataclass(slots=True, kw_only=False)
class _Way:
    """Tells on the way through a recording."""

    work: Work
    opened: Opened
    tells: Connection | _Nobody
    _stood: int = 0
    _shared: float = field(default=0.0)

    def see(self, session: Session | None, share: float) -> None:
        if share - self._shared >= 0.01:
            self._shared = share
            self.tells.send(Share(folder=self.work.folder, share=share))
        if session is not None and self.work.stands:
            self._stand(session.received, session.monitor)

    def stand_only(self) -> None:
        judging = Judging(self.opened)
        for _ in judging:
            self._stand(judging.stop, judging.monitor)

    def _stand(self, at: int, monitor: Monitor) -> None:
        if at - self._stood >= self.opened.recorded.stream.samples(STAND_S):
            self._stood = at
            self.tells.send(Stand(folder=self.work.folder, at=at, stood=kept(monitor)))
