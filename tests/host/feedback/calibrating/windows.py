"""Calibration windows on the screen, and a real calibration that is stepped through by hand."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from calibration.profile import Electrodes, Profile
from host.acquisition.simulated.planting import Planted
from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.calibrating.steps_list import StepsList
from host.feedback.calibrating.window import CalibrationWindow
from host.feedback.theme import Scheme
from host.session.asked import Asked
from host.session.calibrating.building import CalibrationStage, Ordered, patient_calibration
from host.session.calibrating.fitting import Identity
from host.session.calibrating.view import CalibrationView
from tests.host.feedback.calibrating.moments import FOUR, STREAMING

IDENTITY = Identity(
    person="P01",
    therapist="T01",
    electrodes=Electrodes(id="first", date="2026-11-25"),
    created="2026-11-25T10:00:00+00:00",
)
AT_ONCE = Asked(montage=FOUR, through_board=False, watched=False, recorded=False)
"""The simulated patient with two channels on each side, as fast as it goes."""


def shown(
    qtbot: QtBot,
    moment: Moment,
    size: tuple[int, int] = (1280, 800),
    scheme: Scheme = "light",
) -> CalibrationWindow:
    """Return a window that shows a moment."""
    window = CalibrationWindow(scheme)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show_moment(moment)
    with qtbot.waitExposed(window):
        window.show()
    return window


def press(window: QWidget, key: Qt.Key) -> None:
    """Press a key."""
    QTest.keyClick(window, key)  # type: ignore[call-overload]  # its stub has self twice


def click(steps: StepsList, number: int) -> None:
    """Click on a step in the list."""
    item = steps.item(number)
    assert item is not None
    place = steps.visualItemRect(item).center()
    button = Qt.MouseButton.LeftButton
    QTest.mouseClick(steps.viewport(), button, pos=place)  # type: ignore[call-overload]


class Stepped:
    """A real calibration that goes on only when it is told to: `Running`, without a thread."""

    def __init__(self, stage: CalibrationStage) -> None:
        self.course = stage.session.course
        self.stage = stage
        self.go_on, self.pause = self.course.go_on, self.course.pause
        self.repeat, self.skip = self.course.repeat, self.course.skip
        self.begin_again = self.course.begin_again

    @property
    def moment(self) -> Moment:
        """The newest moment."""
        return Moment(
            view=self.course.view,
            steps=self.course.steps,
            montage=self.stage.montage,
            affected=self.stage.affected,
            link=STREAMING,
        )

    def concluded(self, concluded: Concluded) -> Moment:
        """Return the moment at the end."""
        return replace(self.moment, concluded=concluded)

    def step(self) -> None:
        """Read once."""
        self.stage.session.step(0.0)

    def until(self, reached: Callable[[CalibrationView], bool]) -> CalibrationView:
        """Go on until a view is reached; no step of four minutes takes so long."""
        for _ in range(4000):
            view = self.course.view
            if reached(view):
                return view
            self.step()
        raise AssertionError(f"it is still {self.course.view}")


@contextmanager
def stepped(planted: str = "", before: Profile | None = None) -> Iterator[Stepped]:
    """Build a calibration of the simulated patient, or a short check of a profile."""
    fault = Planted.parse(planted) if planted else None
    with ExitStack() as stack:
        build = patient_calibration(
            AT_ONCE, Ordered(identity=IDENTITY, planted=fault, profile=before)
        )
        yield Stepped(build(stack))
