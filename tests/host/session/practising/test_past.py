"""What a recording says of its bouts, and one that says too much."""

from pathlib import Path

import msgspec
import pytest

from host.clinic.plan import FeedbackMode
from host.errors import RecordingError
from host.recording.bout_events import BoutBegun
from host.recording.events import Marker
from host.recording.reader import EVENTS, read_session
from host.session.asked import Asked
from host.session.opened import open_recording
from host.session.practising.asked import BoutTerms
from host.session.practising.past import bouts_in
from tests.host.recording.bids.sessions import write_session

BEGUN = BoutTerms(pattern="pucker", mode=FeedbackMode.FADED).begun(1, 500)


def recorded(folder: Path, begun: BoutBegun) -> Path:
    """Return a session in which this bout began, at its end in the file."""
    write_session(folder)
    with (folder / EVENTS).open("ab") as file:
        for event in (Marker(sample=600, text="later"), begun):
            file.write(msgspec.json.encode(event) + b"\n")
    return folder


def test_the_events_of_bouts_and_their_cues_come_in_order(tmp_path: Path) -> None:
    opened = open_recording(recorded(tmp_path / "one", BEGUN), Asked())
    kinds = [type(one).__name__ for one in bouts_in(opened)]
    assert kinds == ["CueGiven", "CueGiven", "BoutBegun", "CueGiven", "CueGiven"]
    assert len(read_session(tmp_path / "one").cues) == 4


def test_a_mode_of_a_newer_version_is_refused_in_one_sentence(tmp_path: Path) -> None:
    newer = msgspec.structs.replace(BEGUN, mode="smell")
    opened = open_recording(recorded(tmp_path / "one", newer), Asked())
    with pytest.raises(RecordingError, match=r"does not know \('smell'"):
        bouts_in(opened)
