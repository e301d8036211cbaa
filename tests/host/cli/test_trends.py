"""The command `trends`, as a person types it."""

import csv
import json
from pathlib import Path

import pytest

import host.report.trends_simulated as simulated
from benchmarks.learning_drawn import drawn_course
from host.acquisition.simulated.learning import Learner
from host.cli.main import main
from host.report.trends_session import SessionMeasures


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path / "data"))


@pytest.fixture
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the simulated course: streaming it takes half a minute, and has its own test."""

    def course(learner: Learner, sessions: int) -> tuple[SessionMeasures, ...]:
        return drawn_course(learner.seed, falls=learner.falls, sessions=sessions)

    monkeypatch.setattr(simulated, "course_of", course)


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize(("who", "verdict"), [("learner", "falls"), ("steady", "cannot be told")])
def test_p15_it_tells_who_learns_from_who_does_not(
    who: str, verdict: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--json", "trends.json", "--csv", "trends.csv"]
    assert main(["trends", "--simulated", who, "--seed", "4", *words]) == 0
    assert f"all together: {verdict}" in capsys.readouterr().out
    data = json.loads(Path("trends.json").read_text(encoding="utf-8"))
    assert data["all"]["verdict"].startswith(verdict)
    with Path("trends.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 45


def test_recorded_sessions_of_a_person_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        "patients add P01 --affected right",
        "patients confirm P01 --therapist T07",
        "plan P01 --enable pucker --therapist T07",
        "practise --person P01 --headless --seconds 30 --bout pucker",
    ):
        assert main(words.split()) == 0
    capsys.readouterr()
    assert main(["trends", "--person", "P01"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("1 session, ")
    assert "a trend needs three sessions" in told
    assert "Who acts when: pucker" in told


def test_somebody_without_sessions_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trends", "--person", "P09"]) == 1
    assert "P09 has no recorded session with attempts yet" in capsys.readouterr().err


@pytest.mark.usefixtures("_drawn")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--simulated", "learner", "--csv", "missing/t.csv"], "there is no folder"),
        (["--simulated", "learner", "--seed", "-1"], "a seed is 0 or more"),
        (["--person", "Mrs. Miller"], "cannot be the code"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trends", *words]) == 1
    assert said in capsys.readouterr().err
