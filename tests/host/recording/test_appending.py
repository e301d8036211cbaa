"""What stays whole of a session's files when the disk refuses."""

import errno
from pathlib import Path

import numpy as np
import pytest

from host.errors import RecordingError
from host.recording.events import Marker, Touch
from host.recording.reader import EMG, EVENTS, read_session
from host.recording.recorded import Span
from host.recording.records import Records
from host.recording.writer import SessionWriter
from tests.host.recording.on_the_bench import ABOUT, RAW, chunk, gaps
from tests.host.recording.sessions import Disk


def test_a_gap_is_on_the_disk_before_any_held_value(writer: SessionWriter, disk: Disk) -> None:
    writer.take(chunk(0, 60))
    disk.sync_code = errno.EIO
    with pytest.raises(OSError, match="Input/output"):
        writer.take(chunk(120, 130))
    assert (writer.folder / EMG).stat().st_size == 1024 + 2 * (150 + 120)


def test_a_full_disk_takes_back_the_record_that_does_not_fit(
    writer: SessionWriter, disk: Disk
) -> None:
    writer.take(chunk(0, 60))
    writer.sync()
    disk.room = 100
    with pytest.raises(OSError, match="No space left"):
        writer.take(chunk(60, 90))
    assert (writer.next_sample, writer.measured) == (50, 50)
    disk.room = None
    writer.take(chunk(90, 120), why="not recorded")
    writer.close()
    assert gaps(writer.folder) == [(50, 90, "not recorded")]
    session = read_session(writer.folder)
    assert session.spans == (Span(0, 50), Span(90, 120))
    np.testing.assert_array_equal(session.samples(90, 120), RAW[90:120])


def test_a_gap_that_was_refused_leaves_nothing_behind(writer: SessionWriter, disk: Disk) -> None:
    writer.take(chunk(0, 25))
    writer.sync()
    for start in (60, 100):
        disk.room = 80  # enough for the gap's line, too little for a record
        with pytest.raises(OSError, match="No space left"):
            writer.take(chunk(start, start + 25))
        assert (writer.folder / EVENTS).read_bytes() == b""
    disk.room = None
    writer.take(chunk(150, 175))
    writer.close()
    assert gaps(writer.folder) == [(25, 150, "lost")]
    assert (writer.folder / EMG).read_bytes().count(b"BAD_gap") == 1


def test_events_that_were_refused_wait_and_are_whole(writer: SessionWriter, disk: Disk) -> None:
    for sample in range(3):
        writer.note(Marker(sample=sample, text="x" * 40))
    disk.room = 70
    with pytest.raises(OSError, match="No space left"):
        writer.sync()
    assert (writer.folder / EVENTS).read_bytes() == b""
    assert writer.unsynced_events == 3
    disk.room = None
    writer.sync()
    assert writer.unsynced_events == 0
    assert (writer.folder / EVENTS).read_bytes().count(b"\n") == 3


def test_events_whose_sync_failed_are_written_once(writer: SessionWriter, disk: Disk) -> None:
    writer.note(Touch(sample=1))
    disk.sync_code = errno.EIO
    for _ in range(2):
        with pytest.raises(OSError, match="Input/output"):
            writer.sync()
    disk.sync_code = 0
    writer.sync()
    assert (writer.folder / EVENTS).read_bytes() == b'{"type":"touch","sample":1}\n'


def test_records_whose_sync_failed_become_a_gap(writer: SessionWriter, disk: Disk) -> None:
    writer.take(chunk(0, 30))
    writer.sync()
    writer.note(Marker(sample=30, text="mine"))
    writer.take(chunk(30, 110))
    writer._lines.sync()
    disk.sync_code = errno.EIO
    with pytest.raises(OSError, match="Input/output"):
        writer.sync()
    assert (writer.next_sample, writer.measured, writer.synced_measured) == (25, 25, 25)
    disk.sync_code = 0
    writer.take(chunk(110, 130))
    writer.close()
    assert gaps(writer.folder) == [(25, 110, "lost")]
    content = (writer.folder / EMG).read_bytes()
    assert content.count(b"mine") == 1
    assert len(Records(writer.folder / EMG, read_session(writer.folder).shape)) == 6


def test_a_disk_that_does_not_even_cut_files_is_overwritten_later(
    writer: SessionWriter, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.take(chunk(0, 25))
    writer.sync()

    class Stubborn:
        def __init__(self, file: object) -> None:
            self._file = file

        def truncate(self, size: int) -> None:
            raise OSError(errno.EIO, "no")

        def __getattr__(self, name: str) -> object:
            return getattr(self._file, name)

    disk.room = 100
    real = writer._samples._file
    monkeypatch.setattr(writer._samples, "_file", Stubborn(real))
    with pytest.raises(OSError, match="No space left"):
        writer.take(chunk(25, 50))
    monkeypatch.setattr(writer._samples, "_file", real)
    disk.room = None
    writer.take(chunk(50, 75))
    writer.close()
    session = read_session(writer.folder)
    assert session.spans == (Span(0, 25), Span(50, 75))
    np.testing.assert_array_equal(session.samples(50, 75), RAW[50:75])


def test_a_close_that_is_refused_leaves_the_session_to_a_repair(
    writer: SessionWriter, disk: Disk
) -> None:
    writer.take(chunk(0, 60))
    writer.sync()
    disk.code = errno.ENOSPC
    with pytest.raises(OSError, match="No space left"):
        writer.close()
    disk.code = 0
    session = read_session(writer.folder)
    assert session.manifest.samples is None
    assert session.spans == (Span(0, 50),)


def test_a_folder_that_cannot_be_made_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path, tmp_path / "file" / "session"):
        with pytest.raises(RecordingError, match="nothing can be recorded in"):
            SessionWriter(folder, ABOUT)


def test_a_folder_that_could_not_be_filled_is_taken_back(tmp_path: Path, disk: Disk) -> None:
    disk.code = errno.ENOSPC
    with pytest.raises(RecordingError, match="No space left on device"):
        SessionWriter(tmp_path / "session", ABOUT)
    assert not (tmp_path / "session").exists()
