"""Commands for recordings, as a person types them: record, list, replay, import, export, repair."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from host.cli.main import main
from host.recording.reader import read_session
from host.recording.store import sessions_folder
from host.report.revisions import read_revision


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a session of twenty-five seconds with two attempts."""
    root = tmp_path_factory.mktemp("sessions")
    words = ["demo", "--headless", "--direct", "--seconds", "25", "--record-to", str(root)]
    assert main([*words, "--picture", str(root / "moment.png")]) == 0
    (folder,) = (path for path in root.iterdir() if path.is_dir())
    return folder


@pytest.fixture
def session(recorded: Path, tmp_path: Path) -> Path:
    """Return a copy of that session, for a test to change."""
    return shutil.copytree(recorded, tmp_path / "session")


def test_every_session_records_itself_and_can_be_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--headless", "--direct", "--seconds", "3"]) == 0
    printed = capsys.readouterr().out
    (folder,) = sessions_folder().iterdir()
    assert f"Recorded in {folder}" in printed
    assert folder.name.endswith("_demo")
    assert main(["sessions"]) == 0
    listed = capsys.readouterr().out
    assert f"1 session in {sessions_folder()}" in listed
    assert folder.name in listed
    assert "3.0 s" in listed


def test_a_session_that_is_not_to_be_recorded_is_not() -> None:
    assert main(["demo", "--headless", "--direct", "--seconds", "2", "--no-recording"]) == 0
    assert not sessions_folder().exists()


def test_a_replay_shows_what_the_session_showed(session: Path) -> None:
    words = ["--headless", "--json", "again.json", "--levels", "again.csv"]
    assert main(["replay", str(session), *words]) == 0
    again = json.loads(Path("again.json").read_text(encoding="utf-8"))
    assert again["seconds"] == pytest.approx(25.0, abs=0.1)
    assert again["lost_samples"] == 0
    assert any(channel["episodes"] for channel in again["channels"])
    assert not any(path.name == "replay" for path in Path().iterdir())
    assert main(["replay", str(session / "emg.bdf"), "--headless", "--json", "bdf.json"]) == 0
    assert json.loads(Path("bdf.json").read_text(encoding="utf-8")) == again


def test_the_last_session_can_be_named_by_that_word_or_by_its_name(
    session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "last", "--headless"]) == 1
    assert "there is no session in" in capsys.readouterr().err
    sessions_folder().mkdir(parents=True)
    shutil.copytree(session, sessions_folder() / "2026-01-02_demo")
    assert main(["replay", "last", "--headless"]) == 0
    assert main(["replay", "2026-01-02_demo", "--headless"]) == 0


def test_other_terms_say_what_changes_and_why_and_the_original_stays(
    session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in session.iterdir()}
    words = ["replay", str(session), "--headless", "--line", "0.9", "--tolerate", "PLA"]
    assert main([*words, "--save"]) == 0
    printed = capsys.readouterr().out
    assert "beside the session as it was" in printed
    assert "the line is at" in printed
    assert "its role is tolerated instead of quiet" in printed
    (file,) = (session / "revisions").iterdir()
    assert f"Saved as {file}" in printed
    assert read_revision(file).what_if.thresholds is not None
    after = {path.name: path.read_bytes() for path in session.iterdir() if path.is_file()}
    assert after == before


def test_a_recording_of_another_program_becomes_a_session(
    recordings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = recordings / "cyton_gui" / "v5.txt"
    assert main(["import", str(file), "--to", "mine"]) == 0
    printed = capsys.readouterr().out
    assert "The first row is all zeros and was dropped." in printed
    (folder,) = Path("mine").iterdir()
    session = read_session(folder)
    assert session.duration_s == pytest.approx(90.0, abs=0.1)
    assert "Imported from v5.txt." in session.remarks
    assert main(["replay", str(file), "--headless", "--json", "file.json"]) == 0
    assert main(["replay", str(folder), "--headless", "--json", "session.json"]) == 0
    texts = [Path(name).read_text(encoding="utf-8") for name in ("file.json", "session.json")]
    of_file, of_session = (json.loads(text) for text in texts)
    assert of_session["channels"] == of_file["channels"]


def test_results_can_be_exported_as_tables_and_as_bids(session: Path) -> None:
    assert main(["export", str(session), "--csv", "tables", "--bids", "bids"]) == 0
    with next(Path("tables").rglob("attempts.csv")).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["pattern"] for row in rows} == {"gentle closed smile", "gentle eye closure"}
    assert len(list(Path("bids").rglob("*_emg.bdf"))) == 1


def test_what_a_crash_left_open_is_closed_and_told(
    session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = session / "session.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**data, "samples": None, "ended": ""}), encoding="utf-8")
    with (session / "emg.bdf").open("ab") as file:
        file.write(b"half a record")
    assert main(["repair", str(session.parent)]) == 0
    printed = capsys.readouterr().out
    assert "session: recovered: 25.0 s" in printed
    assert "lost at most" in printed
    assert read_session(session).stop >= 6250
    assert main(["repair", str(session.parent)]) == 0
    assert "None was left open." in capsys.readouterr().out


def test_a_review_can_be_drawn_without_a_screen(session: Path) -> None:
    pytest.importorskip("PyQt6.QtWidgets", exc_type=ImportError)
    assert main(["review", str(session), "--picture", "review.png"]) == 0
    assert Path("review.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay", "missing.bdf"], "missing.bdf"),
        (["replay", "SESSION", "--montage", "face-8"], "leave --montage"),
        (["replay", "SESSION", "--headless", "--save"], "say what to change"),
        (["replay", "SESSION", "--headless", "--quiet", "NOSE"], "unknown muscle 'NOSE'"),
        (["replay", "SESSION", "--headless", "--line", "1e300"], "line"),
        (["export", "SESSION"], "say what to write"),
        (["import", "SESSION", "--to", "x"], "is a session already"),
        (["repair", "nowhere"], "there is no folder"),
        (["review", "nowhere"], "nowhere"),
        (["replay", "SESSION", "--mapping", "none.toml"], "none.toml"),
    ],
)
def test_a_mistake_with_a_recording_gets_one_sentence(
    arguments: list[str], said: str, session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(session) if word == "SESSION" else word for word in arguments]
    assert main(words) == 1
    error = capsys.readouterr().err
    assert error.startswith("quietface: ")
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("damage", ["session.json", "emg.bdf"])
def test_a_damaged_session_gets_one_sentence(
    damage: str, session: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (session / damage).write_bytes(b"?")
    assert main(["replay", str(session), "--headless"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("quietface: ")
    assert error.count("\n") == 1


def test_a_mistake_in_a_pattern_of_ones_own_keeps_no_session_from_being_looked_at(
    session: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data" / "patterns"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("x = [", encoding="utf-8")
    assert main(["replay", str(session), "--headless", "--picture", str(tmp_path / "r.png")]) == 0
    assert main(["demo", "--direct", "--headless", "--seconds", "1", "--no-recording"]) == 1
    assert "mine.toml is not valid TOML" in capsys.readouterr().err
