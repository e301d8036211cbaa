"""The one thread that runs a calibration, so that no sample waits for a window."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from host.acquisition.source import Link
from host.feedback.calibrating.moment import Concluded, Moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from host.session.calibrating.building import CalibrationStage
    from host.session.calibrating.course import Course

_STALE_S = 0.25
"""A moment older than this says nothing of now, whatever the link says."""
_READ_S = 0.05
"""How long a read may wait; also how soon the thread notices that it should stop."""


class CalibrationWorker:
    """Runs a calibration in a thread; the window asks for its newest moment."""

    def __init__(
        self,
        build: Callable[[ExitStack], CalibrationStage],
        conclude: Callable[[CalibrationStage], Concluded],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Call `conclude`, in the thread, whenever all steps are over."""
        self._build = build
        self._conclude = conclude
        self._clock = clock
        self._stop = threading.Event()
        self._wishes: deque[Callable[[Course], None]] = deque()
        self._newest = Moment(), 0.0
        self.stage: CalibrationStage | None = None
        """The calibration, once it is connected."""
        self.error: BaseException | None = None
        """What ended it early, for the window to show."""
        self._thread = threading.Thread(target=self._run, name="calibration", daemon=True)

    def start(self) -> None:
        """Begin; imports, building and connecting happen in the thread."""
        self._thread.start()

    def stop(self, timeout_s: float | None = None) -> None:
        """Ask the thread to end and wait for it; BrainFlow may take seconds to let go."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @property
    def done(self) -> bool:
        """Whether the thread has ended."""
        return self._thread.ident is not None and not self._thread.is_alive()

    @property
    def moment(self) -> Moment:
        """The newest moment; cheap, from any thread.

        A link that streams while nothing comes is called silent, as `Worker.view` does.
        """
        moment, came_s = self._newest
        if self.stage is not None:
            session = self.stage.session
            link = session.source.state
            # In the first seconds the chain listens, and knows nothing yet of what has come.
            listens = moment.concluding or moment.view is None or moment.view.sample == 0
            stale = self._clock() - came_s > _STALE_S
            if stale and not listens and link.link is Link.STREAMING:
                link = replace(link, link=Link.SILENT)
            moment = replace(moment, link=link, recording=session.recording)
        return replace(moment, error="" if self.error is None else str(self.error), over=self.done)

    def go_on(self) -> None:
        """Accept what was found and take the next step."""
        self._wishes.append(lambda course: course.go_on())

    def repeat(self, step: int) -> None:
        """Do one step again."""
        self._wishes.append(lambda course: course.repeat(step))

    def skip(self, step: int) -> None:
        """Leave a step out."""
        self._wishes.append(lambda course: course.skip(step))

    def pause(self) -> None:
        """Stop in the middle of a step."""
        self._wishes.append(lambda course: course.pause())

    def begin_again(self) -> None:
        """Forget everything and begin with the first step."""
        self._wishes.append(lambda course: course.begin_again())

    def _run(self) -> None:
        from contextlib import ExitStack

        try:
            with ExitStack() as stack:
                self._go_through(self._build(stack))
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _go_through(self, stage: CalibrationStage) -> None:
        """Read until somebody closes the window or the source ends."""
        session, course = stage.session, stage.session.course
        self._tell(stage)
        self.stage = stage
        while not (self._stop.is_set() or session.over):
            while self._wishes:
                self._wishes.popleft()(course)
            session.step(_READ_S)
            self._tell(stage)
            if course.done and self._newest[0].concluded is None:
                self._end(stage)
        session.finish()
        if self._newest[0].concluded is None and not self._stop.is_set():
            self._end(stage)

    def _tell(self, stage: CalibrationStage) -> None:
        """Take the newest view; what came of the steps holds until one of them runs again."""
        course, (before, came_s) = stage.session.course, self._newest
        view = course.view
        if before.view is None or view.sample != before.view.sample:
            came_s = self._clock()
        moment = Moment(
            view=view,
            steps=course.steps,
            montage=stage.montage,
            affected=stage.affected,
            concluded=before.concluded if course.done else None,
        )
        self._newest = moment, came_s

    def _end(self, stage: CalibrationStage) -> None:
        """Work out what came of it."""
        moment, came_s = self._newest
        self._newest = replace(moment, concluding=True), came_s
        concluded = self._conclude(stage)
        self._newest = replace(moment, concluded=concluded), self._clock()
