"""A calibration that runs and records itself, and is fitted again from its recording."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from calibration.profile import Profile
from calibration.segments import SegmentKind
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.planting import Plant, Planted
from host.detection.cues import Phase
from host.errors import RecordingError, SettingsError
from host.recording.calibration_events import CalibrationBegun, SegmentMarked, marked
from host.recording.events import CueGiven, Marker
from host.recording.reader import SessionRecording, read_session
from host.session.asked import Asked
from host.session.calibrating.building import (
    CalibrationStage,
    Ordered,
    board_calibration,
    patient_calibration,
)
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.happenings import Happening, StepJudged
from host.session.calibrating.protocol import StepKind
from host.session.calibrating.refitting import heard_again, marked_in
from host.session.calibrating.unattended import run_unattended
from host.session.opened import open_session
from tests.host.session.calibrating.courses import FACE
from tests.host.session.calibrating.test_fitting import IDENTITY

ASKED = Asked(montage=FACE, through_board=False, watched=False)
ORDERED = Ordered(identity=IDENTITY)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[CalibrationStage, SessionRecording]:
    """Return a whole calibration in which one step was repeated, and its recording."""
    asked = replace(ASKED, record_to=tmp_path_factory.mktemp("sessions"), name="calibration")
    with ExitStack() as stack:
        stage = patient_calibration(asked, ORDERED)(stack)
        session, course = stage.session, stage.session.course
        repeated = False
        while not course.done:
            session.step(0.0)
            if course.view.step == 6 and not repeated:
                repeated = True
                course.repeat(5)
    folder = session.recording.folder
    assert folder is not None
    return stage, read_session(folder)


def test_stretches_are_recorded_and_those_that_were_repeated_are_void(
    ran: tuple[CalibrationStage, SessionRecording],
) -> None:
    stage, recording = ran
    assert marked(recording.events) == stage.session.course.segments
    void = [one for one in recording.events if isinstance(one, SegmentMarked) and one.void]
    assert [(one.kind, one.muscle) for one in void] == [(SegmentKind.REFERENCE, "OOC")]


def test_whose_it_is_and_what_the_therapist_did_is_recorded(
    ran: tuple[CalibrationStage, SessionRecording],
) -> None:
    events = ran[1].events
    assert events[0] == CalibrationBegun(
        sample=0, person="P01", therapist="T01", electrodes="e1", applied="2026-11-25"
    )
    notes = [one.text for one in events if isinstance(one, Marker)]
    assert notes == ["Repeated: Eye, left"]
    assert ran[1].manifest.person == "P01"


def test_cues_say_what_was_asked_as_in_any_session(
    ran: tuple[CalibrationStage, SessionRecording],
) -> None:
    cues = [one for one in ran[1].events if isinstance(one, CueGiven)]
    starts = [one.sample for one in cues]
    assert starts == sorted(starts)
    held = [one.sample for one in cues if one.phase is Phase.HOLD]
    moved = [one for one in ran[0].session.course.segments if one.kind is not SegmentKind.REST]
    assert {one.start for one in moved} <= set(held)


def test_a_recording_gives_the_same_profile_again(
    ran: tuple[CalibrationStage, SessionRecording],
) -> None:
    stage, recording = ran
    known = marked_in(recording.folder)
    again = heard_again(open_session(recording.folder, Asked()), known.segments)
    one, other = (
        fitted_profile(heard, IDENTITY)[1] for heard in (stage.session.course.heard, again)
    )
    assert known.identity == IDENTITY
    assert isinstance(one, Profile)
    assert (one.channels, one.models, one.chain) == (other.channels, other.models, other.chain)


def test_a_session_without_a_calibration_is_refused(
    ran: tuple[CalibrationStage, SessionRecording], tmp_path: Path
) -> None:
    folder = tmp_path / "session"
    folder.mkdir()
    for name in ("session.json", "emg.bdf"):
        (folder / name).write_bytes((ran[1].folder / name).read_bytes())
    (folder / "events.jsonl").write_bytes(b"")
    with pytest.raises(RecordingError, match="no calibration in it"):
        marked_in(folder)


def told(planted: Planted) -> list[Happening]:
    happened: list[Happening] = []
    asked = replace(ASKED, recorded=False)
    run_unattended(
        patient_calibration(asked, Ordered(identity=IDENTITY, planted=planted)), happened.append
    )
    return happened


def test_without_a_screen_each_step_is_judged_once_and_swapped_sides_end_it() -> None:
    happened = told(Planted(plant=Plant.SWAPPED))
    judged = [one for one in happened if isinstance(one, StepJudged)]
    assert [bool(one.findings) for one in judged] == [False, False, False, True]


def test_a_fault_at_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match="no channel 9"):
        told(Planted(plant=Plant.LOOSE, channel=8))


def test_a_board_needs_a_montage_and_a_side() -> None:
    from host.acquisition.settings import BoardSettings

    board = BoardSettings(board="synthetic")
    with ExitStack() as stack, pytest.raises(SettingsError, match="where the electrodes lie"):
        board_calibration(board, Asked(), ORDERED)(stack)
    with ExitStack() as stack, pytest.raises(SettingsError, match="which side"):
        board_calibration(board, Asked(montage=FACE), ORDERED)(stack)


@pytest.fixture
def live() -> Iterator[CalibrationStage]:
    """Return a calibration in real time, through the simulated Cyton and BrainFlow."""
    asked = Asked(recorded=False)
    with ExitStack() as stack:
        yield patient_calibration(asked, ORDERED)(stack)


@pytest.mark.skipif(not pty_port.AVAILABLE, reason="no pseudo-terminals here")
def test_the_patient_follows_through_brainflow_too(live: CalibrationStage) -> None:
    session, course = live.session, live.session.course
    for number, step in enumerate(course.steps):
        if step.kind is not StepKind.SIDE_CHECK:
            course.skip(number)
    while course.sample < 1000:
        session.step(0.05)
    assert course.view.step == 2
    names = [live.montage.named(channel) for channel in (1, 5)]
    assert names == ["Cheek, left", "Cheek, right"]
    power_uv2 = course.material.heard(1000).power_uv2[750:]
    assert float(power_uv2[:, 5].mean()) > 4.0 * float(power_uv2[:, 1].mean())
