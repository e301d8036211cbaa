"""Reading sessions: what was written comes back, and damage gets one sentence."""

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.acquisition.replay import ReplaySource
from host.chain.stream import Chunk
from host.detection.cues import Cue, Phase
from host.errors import RecordingError
from host.recording.events import CueGiven, Event, Gap, LinkChanged, Marker, Touch, encode_event
from host.recording.manifest import NAME, Manifest, write_manifest
from host.recording.reader import EMG, EVENTS, is_session, read_session, spans_between
from host.recording.recorded import Span
from host.recording.repair import repair
from tests.host.recording.sessions import manifest, signal, write_session

ABOUT = manifest(rate_hz=250.0)
RAW = signal(ABOUT.stream, 1060)
CUE = Cue(start=20, pattern="open smile", phase=Phase.RISE)
EVENTS_GIVEN: tuple[Event, ...] = (CueGiven.of(CUE), Touch(sample=30), Marker(sample=40, text="ü"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a session with a gap from 500 to 600."""
    pieces = [*EVENTS_GIVEN, Chunk(0, RAW[:500]), Chunk(600, RAW[600:])]
    return write_session(tmp_path / "session", pieces, ABOUT)


def with_manifest(folder: Path, **changes: object) -> None:
    write_manifest(folder, msgspec.structs.replace(ABOUT, **changes))


def test_samples_events_and_spans_come_back(folder: Path) -> None:
    session = read_session(folder)
    assert session.spans == (Span(0, 500), Span(600, 1060))
    np.testing.assert_array_equal(session.samples(0, 500), RAW[:500])
    np.testing.assert_array_equal(session.samples(600, 1060), RAW[600:])
    np.testing.assert_array_equal(session.samples(500, 600), RAW[499:500].repeat(100, axis=0))
    assert session.events == (*EVENTS_GIVEN, Gap(sample=500, stop=600))
    assert session.cues == (CUE,)
    assert session.adjustments == ()
    assert session.markers == EVENTS_GIVEN[2:]
    assert (session.stop, session.duration_s) == (1060, 4.24)
    assert session.remarks == ()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1060), st.integers(0, 1060)), max_size=12))
def test_any_stretch_is_decoded_alike_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, stretches: list[tuple[int, int]]
) -> None:
    root = tmp_path_factory.getbasetemp() / "stretches"
    if not root.exists():
        write_session(root, [Chunk(0, RAW)], ABOUT)
    session = read_session(root)
    for one, other in stretches:
        start, stop = sorted((one, other))
        np.testing.assert_array_equal(session.samples(start, stop), RAW[start:stop])


def test_what_is_read_may_be_changed_by_the_reader(folder: Path) -> None:
    session = read_session(folder)
    session.samples(0, 10)[:] = 0.0
    np.testing.assert_array_equal(session.samples(0, 10), RAW[:10])


@pytest.mark.parametrize(("start", "stop"), [(-1, 5), (6, 5), (0, 1076), (2000, 2000)])
def test_samples_that_are_not_on_record_are_refused(folder: Path, start: int, stop: int) -> None:
    with pytest.raises(ValueError, match="are not on record"):
        read_session(folder).samples(start, stop)


def test_a_replay_gives_the_very_same_samples(folder: Path) -> None:
    with ReplaySource(read_session(folder)) as source:
        chunks = list(iter(lambda: source.read(0.0), None))
    for chunk in chunks:
        np.testing.assert_array_equal(chunk.data, RAW[chunk.start : chunk.stop])
    assert sum(len(chunk) for chunk in chunks) == 960


def test_a_session_that_is_still_open_is_read_up_to_its_last_record(tmp_path: Path) -> None:
    folder = write_session(tmp_path / "session", [Chunk(0, RAW[:60])], ABOUT, closed=False)
    session = read_session(folder)
    assert session.spans == (Span(0, 50),)
    assert session.remarks == ("It was not closed: quietface repair closes it.",)


def test_a_board_that_was_gone_at_the_end_is_told_and_one_that_came_back_is_not(
    tmp_path: Path,
) -> None:
    gone = LinkChanged(sample=500, link="reconnecting", message="")
    back = LinkChanged(sample=700, link="streaming", message="")
    first, second = Chunk(0, RAW[:500]), Chunk(600, RAW[600:])
    ended = read_session(write_session(tmp_path / "ended", [first, gone], ABOUT))
    assert ended.remarks == ("When it ended nothing came from the board any more.",)
    came = read_session(write_session(tmp_path / "came", [first, gone, second, back], ABOUT))
    assert came.remarks == ()


def test_nothing_on_record_gets_one_sentence(tmp_path: Path) -> None:
    for closed in (True, False):
        folder = write_session(tmp_path / f"{closed}", [], ABOUT, closed=closed)
        with pytest.raises(RecordingError, match="nothing was recorded in it yet"):
            read_session(folder)


def test_a_file_that_is_shorter_than_it_should_be_is_said(folder: Path) -> None:
    size = (folder / EMG).stat().st_size
    with (folder / EMG).open("r+b") as file:
        file.truncate(size - 270 * 10)
    session = read_session(folder)
    assert session.stop == 825
    assert session.remarks == ("The last 0.9 s of it are missing from emg.bdf.",)


@pytest.mark.parametrize("samples", [10**15, 1070])
def test_a_number_of_samples_that_lies_is_said(folder: Path, samples: int) -> None:
    with_manifest(folder, samples=samples)
    session = read_session(folder)
    assert session.stop <= 1075
    assert bool(session.remarks) == (samples > 1075)


def test_a_missing_or_foreign_file_of_samples_gets_one_sentence(folder: Path) -> None:
    content = (folder / EMG).read_bytes()
    (folder / EMG).write_bytes(b"0       " + content[8:])
    with pytest.raises(RecordingError, match="damaged, or no BDF file"):
        read_session(folder)
    (folder / EMG).write_bytes(content[:100])
    with pytest.raises(RecordingError, match="damaged, or no BDF file"):
        read_session(folder)
    (folder / EMG).unlink()
    with pytest.raises(RecordingError, match=r"emg.bdf cannot be read: No such file"):
        read_session(folder)


def test_samples_of_another_session_get_one_sentence(folder: Path, tmp_path: Path) -> None:
    about = manifest(rate_hz=250.0, channels=3)
    other = write_session(tmp_path / "other", [Chunk(0, signal(about.stream, 500))], about)
    shutil.copy(other / EMG, folder / EMG)
    for attempt in (read_session, repair):
        with_manifest(folder, samples=None)
        with pytest.raises(RecordingError, match=r"does not belong to its session\.json"):
            attempt(folder)
    assert (folder / EMG).read_bytes() == (other / EMG).read_bytes()


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        (msgspec.structs.replace(ABOUT, record_samples=7), "records of 7 samples"),
        (msgspec.structs.replace(ABOUT, record_samples=-7), "records of -7 samples"),
    ],
)
def test_a_layout_of_another_version_gets_one_sentence(
    folder: Path, about: Manifest, sentence: str
) -> None:
    write_manifest(folder, about)
    with pytest.raises(RecordingError, match=sentence):
        read_session(folder)


def test_a_rate_beyond_all_boards_gets_one_sentence(folder: Path) -> None:
    path = folder / NAME
    path.write_bytes(path.read_bytes().replace(b'"rate_hz": 250.0', b'"rate_hz": 1e300'))
    with pytest.raises(RecordingError, match="such a stream cannot be recorded"):
        read_session(folder)


def test_lines_that_are_no_events_are_left_out_and_counted(folder: Path) -> None:
    path = folder / EVENTS
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"\0\0\xff\n" + lines[0] + b"\r\n\n{}\n" + b"".join(lines[1:]) + b'{"ty')
    session = read_session(folder)
    assert session.events == (*EVENTS_GIVEN, Gap(sample=500, stop=600))
    assert session.remarks == ("3 lines of events.jsonl could not be read and were left out.",)


def test_missing_events_are_said(folder: Path) -> None:
    (folder / EVENTS).unlink()
    session = read_session(folder)
    assert session.remarks == ("events.jsonl is missing: gaps, cues and markers are not known.",)


def test_a_gap_at_or_beyond_the_end_changes_nothing(folder: Path) -> None:
    with (folder / EVENTS).open("ab") as file:
        file.write(encode_event(Gap(sample=1060, stop=1061)))
        file.write(encode_event(Gap(sample=2**60, stop=2**61)))
    session = read_session(folder)
    assert session.spans == (Span(0, 500), Span(600, 1060))
    assert Gap(sample=1060, stop=1061) not in session.events


def test_gaps_may_touch_overlap_and_come_in_any_order() -> None:
    gaps = [Gap(sample=50, stop=70), Gap(sample=0, stop=10), Gap(sample=60, stop=65)]
    gaps += [Gap(sample=70, stop=80), Gap(sample=90, stop=200)]
    assert spans_between(gaps, 100) == (Span(10, 50), Span(80, 90))
    assert spans_between([Gap(sample=0, stop=200)], 100) == ()
    assert spans_between([], 0) == ()


def test_a_file_that_is_cut_while_it_is_open_gets_one_sentence(folder: Path) -> None:
    session = read_session(folder)
    with (folder / EMG).open("r+b") as file:
        file.truncate(5000)
    with pytest.raises(RecordingError, match="was cut while it was open"):
        session.samples(0, 1000)
    (folder / EMG).unlink()
    with pytest.raises(RecordingError, match="cannot be read"):
        session.samples(0, 1000)


def test_zeros_behind_the_last_record_are_no_records(folder: Path) -> None:
    with (folder / EMG).open("ab") as file:
        file.write(bytes(100_000))
    session = read_session(folder)
    assert session.stop == 1060
    assert len(session.records) == 43
    assert session.records.found > 300


def test_what_is_no_session_is_none(tmp_path: Path, folder: Path) -> None:
    assert is_session(folder)
    assert not is_session(tmp_path)
    assert not is_session(folder / NAME)
