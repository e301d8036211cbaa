"""A calibration without a screen: nobody decides, so what is found is said and left at that."""

from collections.abc import Callable
from contextlib import ExitStack

from host.session.calibrating.building import CalibrationBuild, CalibrationStage
from host.session.calibrating.happenings import Happening

_READ_S = 0.05


def run_unattended(build: CalibrationBuild, say: Callable[[Happening], None]) -> CalibrationStage:
    """Run a calibration to its end, and tell what happens; each step is done once.

    It ends early where the source does, on Ctrl-C, and where the sides are swapped, for then
    nothing more is worth recording.
    """
    with ExitStack() as stack:
        stage = build(stack)
        session, course = stage.session, stage.session.course
        try:
            while not (course.done or session.over or course.hopeless):
                for happened in session.step(_READ_S):
                    say(happened)
                if course.waiting and not course.hopeless:
                    course.go_on()
        except KeyboardInterrupt:
            pass  # asked to end: what was recorded is fitted all the same
        for happened in session.finish():
            say(happened)
    return stage
