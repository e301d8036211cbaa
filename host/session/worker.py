"""The one thread that runs a session, so that no sample waits for a window."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from calibration.montage import Montage
from calibration.muscles import Side
from calibration.patterns import Pattern
from host.acquisition.source import Link, LinkState
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.recording.state import RecordingState
from host.session.session import Session
from host.session.threaded import READ_S, Threaded, known_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What does not change while a session runs, and a screen needs to know."""

    montage: Montage
    affected: Side
    effort: Effort = Effort()
    notice: str = ""
    """A small line for the foot of the window."""
    own_patterns: tuple[Pattern, ...] = ()
    """The therapist's own, beside or in place of those of T2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A session that is ready to run."""

    session: Session
    scene: Scene
    words: str
    """What is read, and how it comes."""
    remarks: tuple[str, ...] = ()
    """Sentences about the source, for the summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The newest of a running session."""

    scene: Scene | None = None
    """None until the source is connected."""
    frame: Frame | None = None
    link: LinkState = LinkState(link=Link.CONNECTING)
    recording: RecordingState = RecordingState()
    warnings: tuple[str, ...] = ()
    """Where rest differs from the calibration's, one sentence each."""


Build = Callable[[ExitStack], Stage]
"""Builds and connects a session; what it enters on the stack is closed with the session."""
StageT = TypeVar("StageT", bound=Stage)


class Worker(Threaded[StageT]):
    """Runs a session in a thread; the window asks for its newest view."""

    def __init__(
        self,
        build: Callable[[ExitStack], StageT],
        watch: Callable[[Frame], None] = lambda _frame: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Call `watch` with every frame, in the thread."""
        super().__init__(build, name="session")
        self._watch = watch
        self._clock = clock
        self._newest: tuple[Frame, float] | None = None
        self._told: tuple[Callable[[], None], ...] = ()

    @property
    def newest(self) -> Frame | None:
        """The newest frame alone, however old: so cheap that it may be asked for at any news."""
        return None if self._newest is None else self._newest[0]

    @property
    def view(self) -> View:
        """The newest frame and link; cheap, from any thread. See `known_link`."""
        stage, newest = self.stage, self._newest
        if stage is None:
            return View()
        link, recording = stage.session.source.state, stage.session.recording
        warnings = stage.session.warnings
        if newest is None:
            return View(scene=stage.scene, link=link, recording=recording)
        frame, came_s = newest
        link = known_link(link, self._clock() - came_s)
        return View(
            scene=stage.scene, frame=frame, link=link, recording=recording, warnings=warnings
        )

    def tell(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the thread whenever there is a newer view; it must not wait."""
        self._told = (*self._told, listener)

    def ask(self, wish: Callable[[Session], None]) -> None:
        """Have something done to the session, by its own thread, before it reads again."""
        self.wish(lambda stage: wish(stage.session))

    def _step(self, stage: StageT) -> None:
        frames = stage.session.step(READ_S)
        for frame in frames:
            self._watch(frame)
            self._newest = frame, self._clock()
        if frames:
            for listener in self._told:
                listener()
