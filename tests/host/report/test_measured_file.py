"""Results beside a recording hold only for that recording and this program; they are disposable."""

import shutil
from pathlib import Path

import pytest

from host.recording.reader import EMG, EVENTS
from host.report import measured_key
from host.report.judged_apart import Done, Share, Stand, Work, judged_apart
from host.report.measured_file import NAME, keep, recalled
from host.report.session_judged import SessionJudged, judge_session
from host.session.asked import Asked
from host.session.opened import open_session
from tests.host.report.practised_live import Ran, ran


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def folder(run: Ran, tmp_path: Path) -> Path:
    """Return a copy of a recording with what was kept of it."""
    copied = tmp_path / run.folder.name
    shutil.copytree(run.folder, copied)
    return copied


def test_a_copy_of_a_recording_has_its_results(folder: Path) -> None:
    assert recalled(folder) is not None


@pytest.mark.parametrize("changed", [EMG, EVENTS, "session.json"])
def test_results_of_another_recording_are_none(folder: Path, changed: str) -> None:
    with (folder / changed).open("ab") as file:
        file.write(b" ")
    assert recalled(folder) is None


def test_results_of_another_program_are_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured_key, "judging_digest", lambda: "another")
    assert recalled(folder) is None


@pytest.mark.parametrize("content", [b"", b"nonsense", None])
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(
    folder: Path, run: Ran, content: bytes | None
) -> None:
    whole = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert recalled(folder) is None
    assert keep(folder, run.result.judged)
    assert recalled(folder) is not None


def test_nothing_is_kept_of_a_session_that_goes_on(folder: Path, run: Ran) -> None:
    manifest = (folder / "session.json").read_text(encoding="utf-8")
    count = open_session(folder, Asked()).stop
    going = manifest.replace(f'"samples": {count}', '"samples": null')
    assert going != manifest
    (folder / "session.json").write_text(going, encoding="utf-8")
    assert not keep(folder, run.result.judged)


def test_another_process_finds_the_same_keeps_it_and_tells_on_the_way(
    folder: Path, run: Ran
) -> None:
    (folder / NAME).unlink()
    told = list(judged_apart([Work(folder=folder, stands=True), Work(folder=folder / "gone")]))
    done, gone = (one for one in told if isinstance(one, Done))
    assert isinstance(done.judged, SessionJudged)
    assert done.judged.practised is not None
    assert run.result.judged.practised is not None
    assert done.judged.practised.tried == run.result.judged.practised.tried
    assert gone.judged is None
    assert gone.said
    assert [one.share for one in told if isinstance(one, Share)]
    assert [one.at for one in told if isinstance(one, Stand)]
    assert recalled(folder) is not None


def test_a_session_without_bouts_is_kept_too(tmp_path: Path) -> None:
    from tests.host.session.recordings import opened

    made = opened(tmp_path)
    judged = judge_session(made)
    assert judged.practised is None
    assert judged.measures.attempts
