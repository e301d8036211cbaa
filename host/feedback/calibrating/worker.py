"""The one thread that runs a calibration, so that no sample waits for a window."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from host.feedback.calibrating.moment import Concluded, Moment
from host.session.threaded import READ_S, Threaded, known_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    from host.session.calibrating.building import CalibrationStage
    from host.session.calibrating.course import Course


class CalibrationWorker(Threaded["CalibrationStage"]):
    """Runs a calibration in a thread; the window asks for its newest moment."""

    def __init__(
        self,
        build: Callable[[ExitStack], CalibrationStage],
        conclude: Callable[[CalibrationStage], Concluded],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Call `conclude`, in the thread, whenever all steps are over."""
        super().__init__(build, name="calibration")
        self._conclude = conclude
        self._clock = clock
        self._newest = Moment(), 0.0

    @property
    def moment(self) -> Moment:
        """The newest moment; cheap, from any thread. See `known_link`."""
        moment, came_s = self._newest
        if self.stage is not None:
            session = self.stage.session
            link = session.source.state
            # In the first seconds the chain listens, and knows nothing yet of what has come.
            listens = moment.concluding or moment.view is None or moment.view.sample == 0
            if not listens:
                link = known_link(link, self._clock() - came_s)
            moment = replace(moment, link=link, recording=session.recording)
        return replace(moment, error=self.failure, over=self.done)

    def go_on(self) -> None:
        """Accept what was found and take the next step."""
        self._ask(lambda course: course.go_on())

    def repeat(self, step: int) -> None:
        """Do one step again."""
        self._ask(lambda course: course.repeat(step))

    def skip(self, step: int) -> None:
        """Leave a step out."""
        self._ask(lambda course: course.skip(step))

    def pause(self) -> None:
        """Stop in the middle of a step."""
        self._ask(lambda course: course.pause())

    def begin_again(self) -> None:
        """Forget everything and begin with the first step."""
        self._ask(lambda course: course.begin_again())

    def _ask(self, wish: Callable[[Course], None]) -> None:
        self.wish(lambda stage: wish(stage.session.course))

    def _begin(self, stage: CalibrationStage) -> None:
        self._tell(stage)

    def _step(self, stage: CalibrationStage) -> None:
        stage.session.step(READ_S)
        self._tell(stage)
        if stage.session.course.done and self._newest[0].concluded is None:
            self._end(stage)

    def _finish(self, stage: CalibrationStage) -> None:
        stage.session.finish()
        if self._newest[0].concluded is None and not self._stopped:
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
