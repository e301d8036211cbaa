"""A recording that could not begin at first: nothing of the session is missing in the end."""

from pathlib import Path

import numpy as np
import pytest

from host.errors import RecordingError
from host.recording.events import Touch
from host.recording.postponed import Postponed
from host.recording.reader import read_session
from host.recording.recorder import Recorder
from host.recording.writer import SessionWriter
from tests.host.recording.on_the_bench import ABOUT, RATE, RAW, chunk, gaps

WHY = "the disk of /data is full."


class Room:
    """A disk on which a session can be begun, or not."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.full = folder, True

    def begin(self) -> Recorder:
        if self.full:
            raise RecordingError(WHY)
        return Recorder(SessionWriter(self.folder, ABOUT))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "session")


def test_what_came_before_there_was_room_is_recorded_in_order(room: Room) -> None:
    with Postponed(room.begin, WHY) as recording:
        for second in range(6):
            if second == 3:
                assert not recording.look()
                room.full = False
                assert recording.look()
            recording.note(Touch(sample=second * RATE))
            recording.take(chunk(second * RATE, (second + 1) * RATE))
    session = read_session(room.folder)
    np.testing.assert_array_equal(session.samples(0, 6 * RATE), RAW[: 6 * RATE])
    assert [one.sample for one in session.events] == [second * RATE for second in range(6)]
    assert recording.state.missed == 0
    assert recording.state.message == ""


def test_it_says_why_and_that_nothing_is_lost_yet(room: Room) -> None:
    with Postponed(room.begin, WHY) as recording:
        recording.take(chunk(0, RATE))
        assert not recording.state.light
        assert recording.state.message.startswith(f"Not recorded yet: {WHY} All is kept")
    assert recording.state.message == f"Not recorded: {WHY}"
    assert recording.state.folder is None


def test_at_the_end_it_is_tried_once_more(room: Room) -> None:
    with Postponed(room.begin, WHY) as recording:
        recording.take(chunk(0, 2 * RATE))
        room.full = False
    np.testing.assert_array_equal(read_session(room.folder).samples(0, 2 * RATE), RAW[: 2 * RATE])


def test_more_than_a_recorders_queue_is_handed_over_without_a_gap(room: Room) -> None:
    with Postponed(room.begin, WHY) as recording:
        for second in range(100):
            recording.take(chunk(second * RATE, (second + 1) * RATE))
        room.full = False
    assert gaps(room.folder) == []
    assert recording.state.missed == 0
    np.testing.assert_array_equal(read_session(room.folder).samples(0, len(RAW)), RAW)


def test_what_there_was_no_memory_for_is_a_gap_that_says_so(room: Room) -> None:
    kept = chunk(0, RATE)
    with Postponed(room.begin, WHY, most_bytes=kept.data.nbytes) as recording:
        recording.take(kept)
        recording.take(chunk(RATE, 2 * RATE))
        assert recording.state.missed == RATE
        room.full = False
        assert recording.look()
        recording.take(chunk(2 * RATE, 3 * RATE))
    assert gaps(room.folder) == [(RATE, 2 * RATE, "not recorded")]
    assert recording.state.missed == RATE
