"""The thread that runs a calibration, and what becomes of it at the end."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from calibration.profile import Profile, ProfileError
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.faults import Faults
from host.acquisition.source import Link
from host.errors import DeviceError
from host.feedback.calibrating.concluding import conclusion
from host.feedback.calibrating.guide_state import guide_state
from host.feedback.calibrating.moment import Concluded
from host.feedback.calibrating.patient_state import patient_state
from host.feedback.calibrating.worker import CalibrationWorker
from host.session.calibrating.building import CalibrationStage, Ordered, patient_calibration
from host.session.calibrating.view import CoursePhase
from tests.host.feedback.calibrating.profiles import profile
from tests.host.feedback.calibrating.windows import AT_ONCE, IDENTITY, stepped

ORDERED = Ordered(identity=IDENTITY)
CONCLUDED = Concluded(sentence="No profile was made.")


def at_once(_stage: CalibrationStage) -> Concluded:
    """End a calibration without working anything out."""
    return CONCLUDED


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[CalibrationWorker]:
    running = CalibrationWorker(patient_calibration(AT_ONCE, ORDERED), at_once)
    running.start()
    qtbot.waitUntil(lambda: running.moment.view is not None, timeout=10_000)
    yield running
    running.stop()
    assert running.error is None
    assert running.done


def test_it_shows_what_runs_and_on_which_electrodes(worker: CalibrationWorker) -> None:
    moment = worker.moment
    assert moment.view is not None
    assert moment.view.channels[0].name == "Eye, left"
    assert moment.montage is not None
    assert moment.step in moment.steps


def test_commands_are_done_by_the_thread(qtbot: QtBot, worker: CalibrationWorker) -> None:
    def phase() -> CoursePhase | None:
        view = worker.moment.view
        return None if view is None else view.phase

    def step() -> int | None:
        view = worker.moment.view
        return None if view is None else view.step

    worker.pause()
    qtbot.waitUntil(lambda: phase() is CoursePhase.PAUSED, timeout=5000)
    worker.repeat(3)
    qtbot.waitUntil(lambda: step() == 3, timeout=5000)
    worker.pause()
    qtbot.waitUntil(lambda: phase() is CoursePhase.PAUSED, timeout=5000)
    worker.go_on()
    qtbot.waitUntil(lambda: phase() is not CoursePhase.PAUSED, timeout=5000)
    worker.begin_again()
    qtbot.waitUntil(lambda: step() == 0, timeout=5000)


def test_when_all_is_over_it_is_worked_out_and_a_repeated_step_makes_that_void(
    qtbot: QtBot, worker: CalibrationWorker
) -> None:
    worker.pause()
    for number in range(len(worker.moment.steps)):
        worker.skip(number)
    qtbot.waitUntil(lambda: worker.moment.concluded is CONCLUDED, timeout=5000)
    worker.repeat(1)
    worker.pause()
    qtbot.waitUntil(lambda: worker.moment.concluded is None, timeout=5000)
    worker.skip(1)
    qtbot.waitUntil(lambda: worker.moment.concluded is CONCLUDED, timeout=5000)


def test_what_ends_it_early_is_told(qtbot: QtBot) -> None:
    def build(stack: ExitStack) -> CalibrationStage:
        del stack
        raise DeviceError("The board is off: switch it on.")

    failed = CalibrationWorker(build, at_once)
    assert failed.moment.link.link is Link.CONNECTING
    failed.start()
    qtbot.waitUntil(lambda: failed.done, timeout=5000)
    assert "switch it on" in guide_state(failed.moment).findings[0].advice
    assert patient_state(failed.moment).interruption
    assert not failed.moment.heard


def test_a_moment_that_is_old_says_nothing_of_now() -> None:
    now_s = [0.0]
    with stepped() as running:
        old = CalibrationWorker(lambda _stack: running.stage, at_once, clock=lambda: now_s[0])
        old.stage = running.stage
        old._tell(running.stage)
        now_s[0] = 3.0
        assert old.moment.heard, "the chain still listens"
        running.until(lambda view: view.sample > 0)
        old._tell(running.stage)
        assert old.moment.heard
        now_s[0] = 3.3
        assert old.moment.link.link is Link.SILENT
        assert guide_state(old.moment).findings[0].sentence == "No signal."
        known = running.course.sample
        running.until(lambda view: view.sample > known)
        old._tell(running.stage)
        assert old.moment.heard


@pytest.mark.skipif(not pty_port.AVAILABLE, reason="no pseudo-terminals for a simulated Cyton")
def test_after_a_pulled_cable_it_goes_on_by_itself(qtbot: QtBot) -> None:
    pulled = Faults.parse("pull=2+1.0")
    asked = replace(AT_ONCE, through_board=True, watched=True, faults=pulled)
    running = CalibrationWorker(patient_calibration(asked, ORDERED), at_once)
    running.start()
    try:
        qtbot.waitUntil(lambda: running.moment.heard, timeout=12_000)
        qtbot.waitUntil(lambda: not running.moment.heard, timeout=12_000)
        assert patient_state(running.moment).interruption
        qtbot.waitUntil(lambda: running.moment.heard, timeout=20_000)
        assert patient_state(running.moment).prompt
    finally:
        running.stop()
    assert running.error is None


def kept(made: Profile) -> Path:
    """Save a profile nowhere."""
    return Path(f"/data/{made.person}.json")


def full(_made: Profile) -> Path:
    """Fail to save a profile."""
    raise ProfileError("the disk is full.")


def test_where_no_muscle_has_a_reference_there_is_no_profile_and_it_says_why() -> None:
    with stepped() as running:
        for number in range(len(running.course.steps)):
            running.course.skip(number)
        concluded = conclusion(IDENTITY, kept)(running.stage)
    assert concluded.profile is None
    assert concluded.sentence[0].isupper()
    assert concluded.sentence.endswith(".")


def test_a_profile_that_cannot_be_saved_is_shown_all_the_same() -> None:
    with stepped() as running:
        for number in (0, 2, 3, 5, 6, 7):
            running.course.skip(number)
        running.until(lambda view: view.phase is CoursePhase.DONE or view.waiting)
        if running.course.waiting:
            running.go_on()
        concluded = conclusion(IDENTITY, full)(running.stage)
    assert concluded.profile is not None
    assert concluded.path is None
    assert concluded.sentence == "The profile is not saved: the disk is full."


def test_a_short_check_carries_a_profile_over_to_new_electrodes() -> None:
    with stepped() as running:
        running.until(lambda view: view.phase is CoursePhase.DONE)
        made = conclusion(IDENTITY, kept)(running.stage).profile
    assert made is not None
    with stepped(before=made) as running:
        running.until(lambda view: view.phase is CoursePhase.DONE)
        assert running.course.sample / running.stage.session.source.stream.rate_hz < 25.0
        carried = conclusion(IDENTITY, kept, before=made)(running.stage)
    assert carried.profile is not None
    assert carried.path == Path("/data/P01.json")


def test_a_profile_of_somebody_else_is_not_carried_over() -> None:
    with stepped() as running:
        other = replace(profile(), person="P02")
        concluded = conclusion(IDENTITY, kept, before=other)(running.stage)
    assert "P02" in concluded.sentence
    assert concluded.profile is None
