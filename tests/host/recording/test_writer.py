"""What the writer leaves on the disk, however samples come and whatever the disk does."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.chain.stream import Chunk
from host.detection.cues import Cue, Phase
from host.recording.events import CueGiven, Marker, Touch
from host.recording.reader import EMG, EVENTS, read_session
from host.recording.recorded import Span
from host.recording.records import Records
from host.recording.writer import SessionWriter
from tests.cuts import cuts, with_gaps
from tests.host.recording.on_the_bench import ABOUT, chunk, gaps
from tests.host.recording.on_the_bench import RAW as LONG
from tests.host.recording.sessions import Disk, manifest, signal, write_session

RAW = LONG[:300]
"""A failure shrinks by running hundreds of times."""


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut_points=cuts(len(RAW)), gap=st.tuples(st.integers(1, 290), st.integers(1, 299)))
def test_files_do_not_depend_on_the_cut(
    tmp_path_factory: pytest.TempPathFactory, cut_points: list[int], gap: tuple[int, int]
) -> None:
    start, stop = min(gap), max(*gap, min(gap) + 1)
    written = []
    for points in (cut_points, []):
        root = tmp_path_factory.mktemp("cut")
        pieces = with_gaps(RAW, [(start, stop)], points)
        folder = write_session(root / "session", pieces, ABOUT)
        written.append([(folder / name).read_bytes() for name in (EMG, EVENTS)])
        session = read_session(folder)
        assert session.spans == (Span(0, start), Span(stop, 300))
        np.testing.assert_array_equal(session.samples(stop, 300), RAW[stop:])
    assert written[0] == written[1]


def test_an_empty_chunk_is_nothing_even_behind_a_gap(tmp_path: Path) -> None:
    pieces = [Chunk(5, RAW[:0]), chunk(0, 30), Chunk(70, RAW[:0]), chunk(90, 100)]
    assert gaps(write_session(tmp_path / "session", pieces, ABOUT)) == [(30, 90, "lost")]


def test_chunks_that_overlap_are_refused(writer: SessionWriter) -> None:
    writer.take(chunk(0, 30))
    with pytest.raises(ValueError, match="29 after 30"):
        writer.take(chunk(29, 40))


def test_what_lies_beyond_the_grid_is_its_end(tmp_path: Path) -> None:
    beyond = np.array([[2e5, -2e5]])
    session = read_session(write_session(tmp_path / "session", [Chunk(0, beyond)], ABOUT))
    np.testing.assert_array_equal(session.samples(0, 1), [[187_500.0, -187_500.0]])


def test_a_file_says_that_it_is_open_until_it_is_closed(writer: SessionWriter) -> None:
    def count() -> bytes:
        return (writer.folder / EMG).read_bytes()[236:244]

    writer.take(chunk(0, 60))
    assert count() == b"-1      "
    writer.close()
    assert count() == b"3       "


def test_one_sync_is_enough_for_all_that_came(writer: SessionWriter, disk: Disk) -> None:
    writer.take(chunk(0, 260))
    assert disk.syncs == 0
    assert (writer.synced_sample, writer.synced_measured, writer.measured) == (0, 0, 260)
    writer.sync()
    assert disk.syncs == 1
    assert (writer.synced_sample, writer.synced_measured) == (250, 250)


def test_hours_without_a_sample_are_held_in_seconds(tmp_path: Path) -> None:
    about = manifest(rate_hz=1000.0, channels=16)
    raw = signal(about.stream, 10)
    writer = SessionWriter(tmp_path / "session", about)
    writer.take(Chunk(0, raw))
    began_s = time.process_time()
    writer.take(Chunk(3_600_000, raw))
    assert time.process_time() - began_s < 10.0
    writer.close()
    session = read_session(writer.folder)
    assert session.spans == (Span(0, 10), Span(3_600_000, 3_600_010))
    np.testing.assert_array_equal(session.samples(1_800_000, 1_800_001)[0], raw[-1])


def test_many_long_annotations_find_room_behind_the_end(tmp_path: Path) -> None:
    markers = [Marker(sample=10, text=f"{number} " + "ä" * 60) for number in range(20)]
    folder = write_session(tmp_path / "session", [*markers, chunk(0, 40)], ABOUT)
    content = (folder / EMG).read_bytes()
    assert content.count("ä…".encode()) == 20
    assert content.count(b"BAD_gap") == 1
    session = read_session(folder)
    assert session.stop == 40
    assert session.markers == tuple(markers)
    assert not gaps(folder)


def test_an_annotation_that_fits_no_record_stands_in_the_events_only(tmp_path: Path) -> None:
    far = Marker(sample=2**61, samples=2**61, text="x" * 60)
    folder = write_session(tmp_path / "session", [far, chunk(0, 30)], ABOUT)
    assert read_session(folder).events == (far,)
    assert len(Records(folder / EMG, read_session(folder).shape)) == 2


def test_a_flood_of_events_does_not_make_the_file_long(tmp_path: Path) -> None:
    flood = [Touch(sample=number) for number in range(5000)]
    folder = write_session(tmp_path / "session", [*flood, chunk(0, 30)], ABOUT)
    session = read_session(folder)
    assert session.events == tuple(flood)
    assert session.records.samples < 120 * 25


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        ("UTC0", b"01.03.26", b"10.00.00"),
        ("XXX-14", b"02.03.26", b"00.00.00"),
        ("XXX11", b"28.02.26", b"23.00.00"),
    ],
)
def test_the_header_has_the_time_on_the_wall(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, day: bytes, clock: bytes
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        folder = write_session(tmp_path / "session", [chunk(0, 30)], ABOUT)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (folder / EMG).read_bytes()[168:184] == day + clock


def test_a_cue_is_seen_by_other_programs(tmp_path: Path) -> None:
    cue = CueGiven.of(Cue(start=5, pattern="smile", phase=Phase.RISE))
    folder = write_session(tmp_path / "session", [cue, chunk(0, 30)], ABOUT)
    assert b"+0.02\x14smile: rise\x14\x00" in (folder / EMG).read_bytes()
