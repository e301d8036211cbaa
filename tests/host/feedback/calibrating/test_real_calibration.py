"""A real calibration of the simulated patient, led through the window to its end."""

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from host.clinic.profiles import save
from host.feedback.calibrating.app import CalibrationShow
from host.feedback.calibrating.concluding import conclusion
from host.feedback.calibrating.keys import Act
from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.window import CalibrationWindow
from host.session.calibrating.view import CalibrationView, CoursePhase, StepState
from tests.host.feedback.calibrating.windows import IDENTITY, Stepped, press, shown, stepped

SKIPPED = 6
"""The eyes, both at once: they are left out, so that the affected one has no reference."""


@pytest.fixture
def calibration() -> Iterator[Stepped]:
    with stepped() as running:
        yield running


@pytest.fixture
def loose() -> Iterator[Stepped]:
    with stepped("loose:4") as running:
        yield running


def led(qtbot: QtBot, running: Stepped) -> tuple[CalibrationWindow, CalibrationShow]:
    window = shown(qtbot, running.moment)
    show = CalibrationShow(running, window)
    show.timer.stop()
    return window, show


def holds(number: int, view: CalibrationView) -> bool:
    return view.step == number and view.phase is CoursePhase.HOLD


def test_a_step_is_repeated_by_key_and_another_left_out_by_click_up_to_the_profile(
    qtbot: QtBot, calibration: Stepped
) -> None:
    window, show = led(qtbot, calibration)
    calibration.until(lambda view: holds(1, view))
    show.refresh()
    assert window.patient.state.prompt == "Let your face rest"
    press(window, Qt.Key.Key_R)
    assert calibration.course.view.step_progress == 0.0
    calibration.until(lambda view: holds(2, view))
    show.refresh()
    assert window.patient.state.detail == "right side only"

    calibration.until(lambda view: holds(SKIPPED, view) and view.hold == 2)
    show.refresh()
    assert window.patient.state.count == "Hold 2 of 3"
    window.guide.commands.buttons[Act.SKIP].click()
    show.refresh()
    assert window.guide.state.steps[SKIPPED].mark is Mark.SKIPPED
    assert window.guide.state.title == "Cheek, left"

    calibration.until(lambda view: view.phase is CoursePhase.DONE or view.waiting)
    assert calibration.course.done
    concluded = conclusion(IDENTITY, save)(calibration.stage)
    assert concluded.path is not None
    window.show_moment(calibration.concluded(concluded))
    assert window.result.isVisible()
    result = window.result.state
    assert result is not None
    assert [one.missing for one in result.channels] == [True, False, False, False]
    assert concluded.path.name in window.result.sentence.text()


def test_a_finding_waits_until_the_therapist_goes_on(qtbot: QtBot, loose: Stepped) -> None:
    window, show = led(qtbot, loose)
    view = loose.until(lambda view: view.waiting)
    assert view.phase is CoursePhase.JUDGED
    show.refresh()
    assert "loose electrode" in window.guide.findings.text()
    assert window.guide.channels.accessibleName() == "Channels: Cheek, right: loose electrode"
    assert window.guide.state.offers.repeat.advised
    for _ in range(50):
        loose.step()
    assert loose.course.view.step == 0
    show.refresh()
    press(window, Qt.Key.Key_Space)
    show.refresh()
    assert loose.course.view.step == 1
    assert window.guide.state.steps[0].mark is Mark.FINDING
    assert loose.course.view.steps[0].state is StepState.FINDING


def test_a_break_begins_the_step_anew(qtbot: QtBot, calibration: Stepped) -> None:
    window, show = led(qtbot, calibration)
    calibration.until(lambda view: holds(1, view) and view.step_progress > 0.5)
    show.refresh()
    press(window, Qt.Key.Key_P)
    show.refresh()
    assert window.patient.state.prompt == "Take a break"
    assert window.guide.state.offers.go_on.advised
    press(window, Qt.Key.Key_Return)
    view = calibration.until(lambda view: view.phase is CoursePhase.PREPARE)
    assert (view.step, view.step_progress < 0.1) == (1, True)


def test_begun_again_it_begins_with_the_first_step(qtbot: QtBot, calibration: Stepped) -> None:
    window, show = led(qtbot, calibration)
    calibration.until(lambda view: holds(1, view))
    show.refresh()
    press(window, Qt.Key.Key_B)
    assert calibration.course.view.step == 1
    press(window, Qt.Key.Key_B)
    assert calibration.course.view.step == 0
    show.refresh()
    assert window.patient.state.prompt == "Sit comfortably"
