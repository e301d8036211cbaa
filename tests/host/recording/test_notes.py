"""Notes that are written when a recording is looked at again."""

import errno
from pathlib import Path

import pytest

from host.errors import RecordingError
from host.recording.events import Marker, Touch, encode_event
from host.recording.notes import add_note, read_notes
from tests.host.recording.sessions import Disk

LATE = Marker(sample=900, text="the neck let go – at last", by="review", utc="2026-01-02T03:04:05")
EARLY = Marker(sample=20, by="review")


def test_notes_are_read_again_in_order_of_their_samples(tmp_path: Path) -> None:
    path = tmp_path / "beside" / "notes.jsonl"
    assert read_notes(path) == ()
    add_note(path, LATE)
    add_note(path, EARLY)
    assert read_notes(path) == (EARLY, LATE)
    assert path.read_bytes() == encode_event(LATE) + encode_event(EARLY)


def test_a_note_is_on_the_disk_when_it_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    add_note(tmp_path / "notes.jsonl", LATE)
    assert disk.syncs == 1


def test_a_line_that_a_crash_cut_short_swallows_no_other(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    add_note(path, EARLY)
    whole = path.read_bytes()
    path.write_bytes(whole + encode_event(LATE)[:25])
    add_note(path, LATE)
    assert read_notes(path) == (EARLY, LATE)
    assert path.read_bytes().startswith(whole)


def test_what_is_no_note_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_bytes(b"\xff{nonsense}\n\n" + encode_event(Touch(sample=3)) + encode_event(EARLY))
    assert read_notes(path) == (EARLY,)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_is_one_sentence_that_says_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = tmp_path / "notes.jsonl"
    add_note(path, EARLY)
    Disk(monkeypatch).code = code
    with pytest.raises(RecordingError, match=r"quietface import\.$"):
        add_note(path, LATE)
    assert read_notes(path) == (EARLY,)


def test_a_folder_that_cannot_be_made_is_one_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "beside").write_text("a file")
    with pytest.raises(RecordingError, match="cannot be written beside the recording"):
        add_note(tmp_path / "beside" / "notes.jsonl", EARLY)
