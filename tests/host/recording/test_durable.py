"""Bytes that stay, on every system; what a system lacks is played here."""

import errno
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from host.recording import durable
from tests.host.recording.sessions import refuse

FCNTL: Any = getattr(durable, "fcntl", None)

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks and syncs by other calls")


def test_a_small_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.json"
    durable.write_atomically(path, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(durable, "sync", lambda _: refuse(errno.ENOSPC))
        with pytest.raises(OSError, match="No space left"):
            durable.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    durable.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


class Sip(io.RawIOBase):
    """A file that takes a few bytes at a time, and then none."""

    def __init__(self, room: int) -> None:
        self.content = b""
        self._room = room

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        taken = bytes(content)[: min(3, self._room)]  # type: ignore[call-overload]
        self._room -= len(taken)
        self.content += taken
        return len(taken)


def test_every_byte_is_written_by_a_disk_that_takes_some_at_a_time() -> None:
    sip = Sip(100)
    durable.write_all(sip, b"0123456789")  # type: ignore[arg-type]
    assert sip.content == b"0123456789"


def test_a_disk_that_takes_no_byte_more_is_full_and_not_waited_for() -> None:
    with pytest.raises(OSError, match="No space left"):
        durable.write_all(Sip(5), b"0123456789")  # type: ignore[arg-type]


def test_a_file_in_use_is_locked_also_for_this_program(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb", buffering=0) as one:
        assert durable.lock(one)
        with path.open("r+b", buffering=0) as other:
            assert not durable.lock(other)
    with path.open("r+b", buffering=0) as later:
        assert durable.lock(later)


@posix
def test_a_file_system_without_locks_counts_as_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FCNTL, "flock", lambda *_: refuse(errno.ENOLCK))
    with (tmp_path / "file").open("wb", buffering=0) as file:
        assert durable.lock(file)


@posix
def test_folders_are_made_to_last_from_the_first_new_one_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    durable.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert synced == [tmp_path, tmp_path / "a"]
    with pytest.raises(FileExistsError):
        durable.make_folder(tmp_path / "a" / "b")


def test_a_drive_that_is_not_there_ends_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: False)
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: refuse(errno.ENOENT))
    with pytest.raises(FileNotFoundError):
        durable.make_folder(Path("/no/such/drive"))


@posix
def test_a_file_system_that_cannot_sync_folders_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: refuse(errno.EINVAL))
    durable.sync_folder(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: refuse(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        durable.sync_folder(tmp_path)


@posix
@pytest.mark.parametrize("offered", [True, False])
def test_a_mac_empties_the_cache_of_the_drive_where_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, offered: bool
) -> None:
    called: list[str] = []

    def full_sync(descriptor: int, command: int) -> None:
        called.append("full")
        refuse(0 if offered else errno.ENOTSUP)

    monkeypatch.setattr(durable, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(FCNTL, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(FCNTL, "fcntl", full_sync)
    monkeypatch.delattr(os, "fdatasync", raising=False)
    monkeypatch.setattr(os, "fsync", lambda _: called.append("plain"))
    with (tmp_path / "file").open("wb", buffering=0) as file:
        durable.sync(file)
    assert called == ["full"] if offered else ["full", "plain"]


def test_a_system_without_fdatasync_syncs_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[int] = []
    monkeypatch.delattr(os, "fdatasync", raising=False)
    monkeypatch.setattr(os, "fsync", called.append)
    with (tmp_path / "file").open("wb", buffering=0) as file:
        durable.sync(file)
        assert called == [file.fileno()]
