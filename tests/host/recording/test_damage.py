"""Whatever stands in a session's folder: whole records are kept, nothing is deleted."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.chain.stream import Chunk
from host.detection.cues import Cue, Phase
from host.errors import RecordingError
from host.recording.events import CueGiven, Event, Marker, Touch
from host.recording.manifest import NAME
from host.recording.reader import EMG, EVENTS, read_session
from host.recording.repair import repair
from host.recording.store import session_folders
from tests.host.recording.sessions import manifest, signal, write_session

ABOUT = manifest(rate_hz=250.0)
RAW = signal(ABOUT.stream, 3000)
RECORD = 150 + 120
CUE = Cue(start=20, pattern="open smile", phase=Phase.RISE)
EVENTS_GIVEN: tuple[Event, ...] = (CueGiven.of(CUE), Touch(sample=30), Marker(sample=40, text="ü"))


def left_open(folder: Path, samples: int = 1010) -> Path:
    first, last = Touch(sample=1), Touch(sample=samples - 1)
    return write_session(folder, [first, Chunk(0, RAW[:samples]), last], ABOUT, closed=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a session that a crash left open after 40 records and a bit."""
    return left_open(tmp_path / "session")


@pytest.mark.parametrize(
    "tail", [b"\x01" * 100, bytes(100), bytes(5 * RECORD + 7), b"\xff" * RECORD * 3]
)
def test_what_stands_behind_the_last_record_is_moved_aside(folder: Path, tail: bytes) -> None:
    with (folder / EMG).open("ab") as file:
        file.write(tail)
    done = repair(folder)
    assert done is not None
    assert done.samples == 1000
    assert (folder / EMG).stat().st_size == 1024 + 40 * RECORD
    assert (folder / "emg.bdf.rest").read_bytes() == tail


@pytest.mark.parametrize("tail", [b'{"type":"tou', bytes(300), b"\xff\n\n{}\n"])
def test_what_stands_behind_the_last_event_is_moved_aside(folder: Path, tail: bytes) -> None:
    with (folder / EVENTS).open("ab") as file:
        file.write(tail)
    (folder / "events.jsonl.rest").write_bytes(b"of an earlier repair")
    repair(folder)
    session = read_session(folder)
    assert [event.sample for event in session.events] == [1, 1009]
    assert session.remarks == ()
    assert (folder / "events.jsonl.rest1").read_bytes() == tail
    assert (folder / "events.jsonl.rest").read_bytes() == b"of an earlier repair"


@settings(deadline=None)
@given(st.integers(0, 6 * RECORD))
def test_a_file_cut_anywhere_keeps_every_whole_record(
    tmp_path_factory: pytest.TempPathFactory, missing: int
) -> None:
    folder = left_open(tmp_path_factory.mktemp("cut") / "session", 150)
    with (folder / EMG).open("r+b") as file:
        file.truncate(1024 + 6 * RECORD - missing)
    done = repair(folder)
    assert done is not None
    assert done.samples == 25 * ((6 * RECORD - missing) // RECORD)
    if done.samples:
        session = read_session(folder)
        np.testing.assert_array_equal(session.samples(0, done.samples), RAW[: done.samples])


def test_records_that_are_none_at_all_are_not_touched(folder: Path) -> None:
    path = folder / EMG
    path.write_bytes(path.read_bytes()[:1024] + b"\x07" * 10_000)
    before = path.read_bytes()
    with pytest.raises(RecordingError, match=r"does not belong to its session\.json"):
        repair(folder)
    assert path.read_bytes() == before


def test_zeros_alone_are_an_empty_recording(folder: Path) -> None:
    path = folder / EMG
    path.write_bytes(path.read_bytes()[:1024] + bytes(10_000))
    done = repair(folder)
    assert done is not None
    assert done.samples == 0
    with pytest.raises(RecordingError, match="nothing was recorded in it yet"):
        read_session(folder)


EDITS = st.lists(
    st.tuples(
        st.floats(0.0, 1.0),
        st.integers(0, 40),
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from(
                [b"-", b"9" * 25, b"e300", b"null", b'"', b"[", b"{}", b"\n", b"NaN", b"\xff", b"0"]
            ),
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from([NAME, EVENTS, EMG]), edits=EDITS, closed=st.booleans())
def test_whatever_a_folder_holds_only_a_recording_error_comes_out(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    edits: list[tuple[float, int, bytes]],
    *,
    closed: bool,
) -> None:
    root = tmp_path_factory.mktemp("fuzz")
    pieces = [*EVENTS_GIVEN, Chunk(0, RAW[:50]), Chunk(90, RAW[90:130])]
    folder = write_session(root / "session", pieces, ABOUT, closed=closed)
    content = (folder / name).read_bytes()
    for share, length, new in edits:
        place = round(share * len(content))
        content = content[:place] + new + content[place + length :]
    (folder / name).write_bytes(content)
    before = sum(path.stat().st_size for path in folder.iterdir() if path.name != NAME)
    for _ in range(2):
        try:
            session = read_session(folder)
            for span in session.spans:
                assert session.samples(span.start, span.stop).shape == (len(span), 2)
            assert all(cue.start >= 0 for cue in session.cues)
            assert session_folders(root) == (folder,)
        except RecordingError as error:
            assert "\n" not in str(error)  # noqa: PT017  either outcome is right
        try:
            repair(folder)
        except RecordingError as error:
            assert "\n" not in str(error)  # noqa: PT017
    after = sum(path.stat().st_size for path in folder.iterdir() if path.name != NAME)
    assert after == before
