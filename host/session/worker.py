"""The one thread that runs a session, so that no sample waits for a window."""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from calibration.montage import Montage
from calibration.muscles import Side
from host.acquisition.source import Link, LinkState
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.recording.state import RecordingState
from host.session.session import Session

_STALE_S = 0.25
"""A frame older than this says nothing of now, whatever the link says."""
_READ_S = 0.05
"""How long a read may wait; also how soon the thread notices that it should stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What does not change while a session runs, and a screen needs to know."""

    montage: Montage
    affected: Side
    effort: Effort = Effort()
    notice: str = ""
    """A small line for the foot of the window."""


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


class Worker:
    """Runs a session in a thread; the window asks for its newest view."""

    def __init__(
        self,
        build: Build,
        watch: Callable[[Frame], None] = lambda _frame: None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Call `watch` with every frame, in the thread."""
        self._build = build
        self._watch = watch
        self._clock = clock
        self._stop = threading.Event()
        self._stage: Stage | None = None
        self._newest: tuple[Frame, float] | None = None
        self._wishes: deque[Callable[[Session], None]] = deque()
        self._told: tuple[Callable[[], None], ...] = ()
        self.error: BaseException | None = None
        """What ended the session early, for the window to show."""
        self._thread = threading.Thread(target=self._run, name="session", daemon=True)

    def start(self) -> None:
        """Begin; building and connecting happen in the thread."""
        self._thread.start()

    def stop(self, timeout_s: float | None = None) -> None:
        """Ask the thread to end and wait for it; BrainFlow may take seconds to let go."""
        self._stop.set()
        self.join(timeout_s)

    def join(self, timeout_s: float | None = None) -> None:
        """Wait until the session has ended by itself."""
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @property
    def done(self) -> bool:
        """Whether the session has ended."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def stage(self) -> Stage | None:
        """The session, once it is connected."""
        return self._stage

    @property
    def view(self) -> View:
        """The newest frame and link; cheap, from any thread.

        A link that streams while no frame comes, as it does for a moment after a cable is back,
        is called silent: the last frame must not stand for what nobody knows.
        """
        stage, newest = self._stage, self._newest
        if stage is None:
            return View()
        link, recording = stage.session.source.state, stage.session.recording
        warnings = stage.session.warnings
        if newest is None:
            return View(scene=stage.scene, link=link, recording=recording)
        frame, came_s = newest
        if link.link is Link.STREAMING and self._clock() - came_s > _STALE_S:
            link = replace(link, link=Link.SILENT)
        return View(
            scene=stage.scene, frame=frame, link=link, recording=recording, warnings=warnings
        )

    def tell(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the thread whenever there is a newer view; it must not wait."""
        self._told = (*self._told, listener)

    def ask(self, wish: Callable[[Session], None]) -> None:
        """Have something done to the session, by its own thread, before it reads again."""
        self._wishes.append(wish)

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                stage = self._build(stack)
                self._stage = stage
                while not (self._stop.is_set() or stage.session.over):
                    while self._wishes:
                        self._wishes.popleft()(stage.session)
                    frames = stage.session.step(_READ_S)
                    for frame in frames:
                        self._watch(frame)
                        self._newest = frame, self._clock()
                    if frames:
                        for listener in self._told:
                            listener()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error
