"""A running calibration in its window, and pictures of one."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QTimer
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from host.errors import SettingsError
from host.feedback.calibrating.app import CalibrationShow, draw_calibration, run_calibration
from host.feedback.calibrating.moment import Concluded
from host.feedback.calibrating.window import CalibrationWindow
from host.feedback.calibrating.worker import CalibrationWorker
from host.feedback.screenless import write_calibration_picture
from host.feedback.theme import DARK
from host.session.calibrating.building import CalibrationStage, Ordered, patient_calibration
from host.session.calibrating.view import CoursePhase
from tests.host.feedback.calibrating.moments import done, moment
from tests.host.feedback.calibrating.profiles import profile
from tests.host.feedback.calibrating.windows import AT_ONCE, IDENTITY, shown, stepped
from tests.host.feedback.pixels import near, pixels


def with_profile(_stage: CalibrationStage) -> Concluded:
    """End a calibration with a profile that is there already."""
    return Concluded(profile=profile())


def test_what_is_asked_in_the_window_reaches_the_calibration(qtbot: QtBot) -> None:
    with stepped() as running:
        window = shown(qtbot, running.moment)
        show = CalibrationShow(running, window)
        window.paused.emit()
        paused = [running.course.paused]
        window.went_on.emit()
        assert [*paused, running.course.paused] == [True, False]
        window.skipped.emit(1)
        window.repeated.emit(2)
        assert running.course.view.step == 2
        window.began_again.emit()
        qtbot.waitUntil(lambda: window.moment.view == running.course.view, timeout=2000)
        show.timer.stop()


def test_the_window_is_shown_before_the_calibration_begins_and_gives_its_profile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = CalibrationWorker(
        patient_calibration(AT_ONCE, Ordered(identity=IDENTITY)), with_profile
    )
    begun_behind: list[bool] = []
    begin = worker.start

    def start() -> None:
        begun_behind.append(any(one.isVisible() for one in QApplication.topLevelWidgets()))
        begin()
        worker.pause()
        for number in range(9):
            worker.skip(number)

    monkeypatch.setattr(worker, "start", start)
    timer = QTimer()
    timer.timeout.connect(lambda: worker.moment.concluded and QApplication.closeAllWindows())
    timer.start(20)
    made = run_calibration(worker, scheme="light")
    timer.stop()
    assert begun_behind == [True]
    assert made == profile()
    assert worker.done


def test_a_calibration_that_is_closed_early_has_no_profile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = patient_calibration(AT_ONCE, Ordered(identity=IDENTITY))
    worker = CalibrationWorker(build, with_profile)
    monkeypatch.setattr(CalibrationWindow, "showEvent", _close_soon)
    assert run_calibration(worker, scheme="dark") is None


def _close_soon(window: CalibrationWindow, _event: object) -> None:
    QTimer.singleShot(50, window.close)


@pytest.mark.parametrize("phase", list(CoursePhase))
def test_a_picture_can_be_drawn_of_each_phase(
    qtbot: QtBot, tmp_path: Path, phase: CoursePhase
) -> None:
    now = moment()
    assert now.view is not None
    view = done() if phase is CoursePhase.DONE else replace(now.view, phase=phase)
    path = tmp_path / "phase.png"
    write_calibration_picture(replace(now, view=view), path, (1000, 640), "dark")
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1000, 640)
    assert near(pixels(image), DARK.background).mean() > 0.5
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_the_window_brings_nothing_heavy_that_the_patients_window_does_not() -> None:
    told = (
        "import sys, host.feedback.app; before = set(sys.modules);"
        "import host.feedback.calibrating.app, host.feedback.calibrating.worker;"
        "import host.feedback.calibrating.concluding;"
        "print(*(set(sys.modules) - before))"
    )
    done = subprocess.run(  # noqa: S603  this very Python, and the text above
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )
    brought = {name.partition(".")[0] for name in done.stdout.split()}
    assert brought.isdisjoint({"scipy", "brainflow"})


def test_a_picture_that_cannot_be_written_says_where(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        draw_calibration(moment(), tmp_path / "nowhere" / "a.png", "light", (1280, 800))
