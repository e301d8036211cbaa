"""Where sessions lie, and what they are called."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from host.chain.stream import Chunk
from host.errors import RecordingError
from host.recording import places, store
from tests.host.recording.sessions import manifest, signal, write_session

ABOUT = manifest(rate_hz=250.0)


def session(folder: Path) -> Path:
    return write_session(folder, [Chunk(0, signal(ABOUT.stream, 30))], ABOUT)


def test_the_user_chooses_the_folder_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(places.DATA, str(tmp_path / "mine"))
    assert places.data_folder() == tmp_path / "mine"
    assert store.sessions_folder() == tmp_path / "mine" / "sessions"
    monkeypatch.delenv(places.DATA)
    assert places.data_folder().is_absolute()
    assert "quietface" in str(places.data_folder())


def test_two_sessions_in_one_second_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    monkeypatch.setattr(store, "datetime", SimpleNamespace(now=lambda **_: noon))
    names = []
    for _ in range(3):
        folder = store.new_folder(tmp_path, "demo")
        folder.mkdir()
        names.append(folder.name)
    assert names == [names[0], f"{names[0]}_2", f"{names[0]}_3"]
    assert names[0].endswith("_demo")


@pytest.mark.parametrize("name", ["a/b", "..\\x", 'a:b*?"<>|', "Größe 7"])
def test_a_name_is_one_folder_on_every_system(tmp_path: Path, name: str) -> None:
    folder = store.new_folder(tmp_path, name)
    assert folder.parent == tmp_path
    assert not set(folder.name) & set('\\/:*?"<>| ')


def test_sessions_are_listed_oldest_first_and_nothing_else(tmp_path: Path) -> None:
    assert store.session_folders(tmp_path / "none") == ()
    (tmp_path / "0-empty").mkdir()
    (tmp_path / "notes.txt").write_bytes(b"")
    later, earlier = session(tmp_path / "2026-02"), session(tmp_path / "2026-01")
    assert store.session_folders(tmp_path) == (earlier, later)
    assert store.session_folders(later) == (later,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_folder_that_must_not_be_read_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(folder: Path) -> object:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(RecordingError, match="cannot be read: Permission denied"):
        store.session_folders(tmp_path)
