"""A replay without a screen ends with the measures of its attempts (T3), in words and as JSON."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from calibration.patterns import Role
from host.cli.main import main
from host.headless import Outputs, run_headless
from host.report.measured_kinds import Measure
from host.report.measured_pooled import pooled_patterns
from host.report.measured_words import HEAD, measure_lines
from host.report.results import judged, measuring_of
from host.session.asked import Asked
from host.session.opened import open_recording
from host.session.setup import patient_session, recording_session


def recorded(root: Path, seconds: float) -> Path:
    """Return a session of the simulated patient."""
    asked = Asked(seconds=seconds, watched=False, through_board=False, record_to=root)
    with ExitStack() as stack:
        session = patient_session(asked)(stack).session
        while not session.over:
            session.step(0.05)
    (folder,) = root.iterdir()
    return folder


def test_a_replay_tells_the_measures_that_an_export_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = recorded(tmp_path / "sessions", 25.0)
    assert main(["replay", str(folder), "--headless", "--json", "summary.json"]) == 0
    printed = capsys.readouterr().out
    opened = open_recording(folder, Asked())
    results = judged(opened, measuring=measuring_of(opened))
    block = measure_lines(pooled_patterns(results.measures), opened.affected)
    head, first, eye, *_ = block
    assert head == f"{HEAD}:"
    assert "gentle closed smile, 1 attempt, not calibrated" in first
    assert eye.startswith("    Eye, right: 0.")
    assert f"{head}\n{first}\n{eye}" in printed
    summary = json.loads(Path("summary.json").read_text(encoding="utf-8"))
    patterns = [one["pattern"] for one in summary["measures"]]
    assert patterns == ["gentle closed smile", "gentle eye closure"]
    assert {own["muscle"] for own in summary["measures"][0]["muscles"]} == {"OOC", "OOR", "PLA"}


def test_without_an_attempt_there_is_no_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = recorded(tmp_path / "sessions", 3.0)
    assert main(["replay", str(folder), "--headless", "--json", "summary.json"]) == 0
    assert HEAD not in capsys.readouterr().out
    assert json.loads(Path("summary.json").read_text(encoding="utf-8"))["measures"] == []


def test_the_attempt_that_a_replay_ends_in_is_timed_as_an_export_does(tmp_path: Path) -> None:
    asked = Asked(watched=False, through_board=False)
    opened = open_recording(recorded(tmp_path, 13.0), Asked())
    live = measuring_of(opened)
    run_headless(recording_session(opened, asked), Outputs(), live)
    (smile,) = live.attempts
    timed = [row.measured.known for row in smile.of(Measure.ONSET) if row.role is Role.TARGET]
    assert timed == [True, True]
    assert repr(tuple(live.attempts)) == repr(
        judged(opened, measuring=measuring_of(opened)).measures
    )
