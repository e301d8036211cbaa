"""A session records itself, and its recording gives the same session again, to the last bit."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.muscles import Side
from calibration.patterns import Role, pattern
from host.acquisition.simulated import pty_port
from host.acquisition.simulated.faults import Faults
from host.clinic.repository import Clinic
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.recording.events import Counters, CueGiven, HostTime, LinkChanged, QualityChanged, Touch
from host.recording.reader import SessionRecording, read_session
from host.session.asked import Asked
from host.session.judging import Judging
from host.session.opened import open_recording
from host.session.session import Session
from host.session.setup import patient_session, recording_session
from host.session.terms import with_role
from tests.host.detection.bits import as_bits
from tests.host.session.test_live_and_replay import through_brainflow

Wish = Callable[[Session], None]


def recorded(asked: Asked, wishes: dict[int, Wish] | None = None) -> tuple[list[Frame], Path]:
    """Run a session, with wishes once so many frames have come; return frames and folder."""
    frames: list[Frame] = []
    waiting = dict(wishes or {})
    with ExitStack() as stack:
        stage = patient_session(asked)(stack)
        while not stage.session.over:
            frames += stage.session.step(0.05)
            for number in [number for number in waiting if number <= len(frames)]:
                waiting.pop(number)(stage.session)
        folder = stage.session.recording.folder
    assert folder is not None
    assert not waiting
    return frames, folder


def again(folder: Path, step_s: float = 2.0) -> list[Frame]:
    """Judge a session's recording."""
    judging = Judging(open_recording(folder, Asked()), step_s=step_s)
    return [frame for frames in judging for frame in frames]


def assert_same(frames: list[Frame], others: list[Frame]) -> None:
    """Compare frames to the last bit, and name the first that differs."""
    assert len(frames) == len(others)
    for frame, other in zip(frames, others, strict=True):
        assert as_bits(frame) == as_bits(other), frame.time_s


def direct(tmp_path: Path, seconds: float = 12.0) -> Asked:
    """Ask for the simulated patient as fast as it goes."""
    return Asked(
        seconds=seconds, watched=False, through_board=False, record_to=tmp_path, name="test"
    )


@through_brainflow
def test_a_live_session_through_brainflow_replays_to_the_last_bit(tmp_path: Path) -> None:
    faults = Faults.parse("loss=2%,garble=0.5%,stall=5+0.4")
    asked = Asked(seconds=11.0, faults=faults, seed=6, record_to=tmp_path, name="test")
    sharper = Adjustment(start=0, thresholds=Thresholds(enter=0.15, leave=0.1))
    lower = Adjustment(start=0, effort=Effort(ceiling=0.6))
    frames, folder = recorded(
        asked,
        {
            1200: lambda session: session.adjust(sharper),
            1300: lambda session: session.mark("she felt the neck"),
            1500: lambda session: session.adjust(lower),
        },
    )
    session = read_session(folder)
    assert len(session.spans) > 10
    assert len(frames) > 2400
    assert {frame.threshold[5] for frame in frames[-100:]} != {frames[1000].threshold[5]}
    assert [marker.text for marker in session.markers] == ["she felt the neck"]
    assert len(session.adjustments) == 2
    assert_same(again(folder), frames)
    assert_same(again(folder, step_s=0.013), frames)


@pytest.mark.skipif(not pty_port.AVAILABLE, reason="no pseudo-terminals for a simulated Cyton")
def test_a_pulled_cable_is_a_gap_in_the_recording_and_replays_as_it_was(tmp_path: Path) -> None:
    asked = Asked(
        seconds=12.0, faults=Faults.parse("pull=4+1"), record_to=tmp_path, name="test", seed=3
    )
    frames, folder = recorded(asked)
    session = read_session(folder)
    links = [event.link for event in session.events if isinstance(event, LinkChanged)]
    assert len(session.spans) == 2
    assert links[0] == "streaming"
    assert {"silent", "reconnecting"} & set(links)
    assert_same(again(folder), frames)


def test_a_session_records_itself_without_being_asked(tmp_path: Path) -> None:
    frames, folder = recorded(direct(tmp_path))
    session = read_session(folder)
    assert folder.parent == tmp_path
    assert sorted(path.name for path in folder.iterdir()) == [
        "emg.bdf",
        "events.jsonl",
        "session.json",
    ]
    assert session.stop == 3000
    assert session.remarks == ()
    assert session.manifest.affected is Side.RIGHT
    assert session.manifest.source == "simulated patient, read directly"
    assert_same(again(folder), frames)


def kinds(session: SessionRecording) -> set[type]:
    """Return which kinds of events there are."""
    return {type(event) for event in session.events}


def test_a_session_names_its_person_and_is_found_among_that_persons(tmp_path: Path) -> None:
    asked = replace(direct(tmp_path / "sessions", 1.0), person="P01")
    _, folder = recorded(asked)
    (found,) = Clinic(tmp_path).sessions("P01").found
    assert (found.folder, found.duration_s) == (folder, 1.0)
    assert Clinic(tmp_path).sessions("P02").found == ()


def test_the_journal_holds_cues_times_quality_and_touch(tmp_path: Path) -> None:
    frames, folder = recorded(
        direct(tmp_path), {900: lambda session: session.touch(("OOC",), on=True)}
    )
    session = read_session(folder)
    assert kinds(session) >= {CueGiven, HostTime, QualityChanged, LinkChanged, Counters, Touch}
    asked = dict.fromkeys((frame.cue.start, frame.cue.pattern, frame.cue.phase) for frame in frames)
    given = [(cue.start, cue.pattern, cue.phase) for cue in session.cues]
    assert given == list(asked)
    times = [event for event in session.events if isinstance(event, HostTime)]
    assert [event.sample for event in times] == [0, 2500]


def test_roles_that_a_therapist_changed_are_replayed(tmp_path: Path) -> None:
    def tolerate_eye(session: Session) -> None:
        changed = with_role(pattern("gentle closed smile"), "OOC", Role.TOLERATED)
        session.adjust(Adjustment(start=0, patterns=(changed,)))

    frames, folder = recorded(direct(tmp_path), {1100: tolerate_eye})
    assert np.isnan(frames[-1].threshold[4]) or frames[-1].asked.name != "gentle closed smile"
    assert any(frame.asked.tolerated != frame.asked.quiet for frame in frames)
    assert_same(again(folder), frames)


def test_a_session_that_is_not_to_be_recorded_leaves_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        stage = patient_session(replace(direct(tmp_path, 2.0), recorded=False))(stack)
        while not stage.session.over:
            stage.session.step(0.0)
        state = stage.session.recording
    assert list(tmp_path.iterdir()) == []
    assert (state.folder, state.message, state.light) == (None, "", False)


def test_a_folder_that_takes_nothing_stops_the_recording_only(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    with ExitStack() as stack:
        stage = patient_session(replace(direct(tmp_path, 2.0), record_to=taken / "in it"))(stack)
        frames = []
        while not stage.session.over:
            frames += stage.session.step(0.0)
        state = stage.session.recording
    assert len(frames) > 400
    assert not state.light
    assert state.message.startswith("Not recorded yet: ")
    assert state.message.endswith(" and recorded once that is over.")
    assert stage.session.recording.message.startswith("Not recorded: ")


def test_a_disk_that_was_full_at_first_costs_a_session_nothing(tmp_path: Path) -> None:
    """It begins by itself once there is room, and replays to the last bit."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    frames: list[Frame] = []
    with ExitStack() as stack:
        stage = patient_session(replace(direct(tmp_path, 8.0), record_to=blocked))(stack)
        while not stage.session.over:
            frames += stage.session.step(0.0)
        before = stage.session.recording
        blocked.unlink()
    assert before.folder is None
    folder = stage.session.recording.folder
    assert folder is not None
    assert stage.session.recording.missed == 0
    assert_same(again(folder), frames)


def test_a_replay_is_a_session_with_the_same_frames(tmp_path: Path) -> None:
    frames, folder = recorded(direct(tmp_path, 6.0))
    opened = open_recording(folder, Asked())
    replayed: list[Frame] = []
    with ExitStack() as stack:
        asked = Asked(watched=False, through_board=False)
        stage = recording_session(opened, asked)(stack)
        while not stage.session.over:
            replayed += stage.session.step(0.0)
        assert stage.session.recording.folder is None
    assert_same(replayed, frames)


def test_p5_a_touched_muscle_is_not_scored_and_a_replay_knows_it(tmp_path: Path) -> None:
    frames, folder = recorded(
        direct(tmp_path),
        {
            1000: lambda session: session.touch(("OOC",), on=True),
            1600: lambda session: session.touch(("OOC",), on=False),
        },
    )
    eyes = [0, 4]
    touched = np.array([frame.touched for frame in frames])
    assert set(np.flatnonzero(touched.any(axis=0))) == set(eyes)
    held = touched[:, eyes].all(axis=1)
    assert 0.15 < held.mean() < 0.4
    activation = np.array([frame.activation[eyes] for frame in frames])
    assert np.isnan(activation[held]).all()
    assert not np.isnan(activation[~held][-100:]).any()
    assert_same(again(folder), frames)


def test_p5_a_touch_that_names_no_muscle_is_where_the_pattern_asks_for_it(tmp_path: Path) -> None:
    frames, folder = recorded(
        direct(tmp_path),
        {1100: lambda session: session.touch(), 1500: lambda session: session.touch()},
    )
    touches = [event for event in read_session(folder).events if isinstance(event, Touch)]
    first, second = touches
    assert first.on
    assert first.muscles == next(f for f in frames if f.sample > first.sample).asked.touch
    assert not second.on
    touched = np.array([frame.touched for frame in frames])
    assert touched.any()
    assert not touched.all(axis=1).any()
    assert not touched[-1].any()
    assert_same(again(folder), frames)
