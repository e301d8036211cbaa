"""The command `practise`: from a patient's plan to a recorded session."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.profile import Electrodes, write_profile
from host.cli.main import main
from host.recording.reader import read_session
from tests.host.session.practising.test_building import without_reference


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep patients and sessions in a folder of the test's."""
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path))
    return tmp_path


def enabled() -> None:
    """Have a patient with a confirmed plan for the pucker."""
    for words in (
        "patients add P01 --affected right",
        "patients confirm P01 --therapist T07",
        "plan P01 --enable pucker --therapist T07",
    ):
        assert main(words.split()) == 0


def test_p16_practice_is_refused_in_one_sentence_without_a_confirmed_plan(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ["practise", "--person", "P01", "--headless"]
    assert main(asked) == 1
    assert "There is no patient P01" in capsys.readouterr().err
    main(["patients", "add", "P01", "--affected", "right"])
    assert main(asked) == 1
    assert "P01 has no plan yet" in capsys.readouterr().err
    main(["plan", "P01", "--enable", "pucker", "--therapist", "T07"])
    assert main(asked) == 1
    assert "No therapist has confirmed synkinesis yet" in capsys.readouterr().err


def test_bouts_are_told_attempt_by_attempt_and_recorded_for_the_person(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enabled()
    capsys.readouterr()
    words = ["practise", "--person", "P01", "--headless", "--seconds", "30"]
    assert main([*words, "--bout", "pucker:feel first"]) == 0
    told = capsys.readouterr().out
    assert "1.1   pucker" in told
    assert "Felt as measured: " in told
    assert "Bout 1, pucker: quiet, soft and slow in 0 of " in told
    (folder,) = (data / "sessions").iterdir()
    assert read_session(folder).manifest.person == "P01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bout", "pucker:loud", "--headless"], "'loud' is no mode of feedback"),
        (["--bout", "snarl", "--headless"], "'snarl' may not be practised by P01 today"),
        (["--without", "Ear, right", "--headless"], "there is no channel 'Ear, right'"),
        ([], "practice in windows begins with `quietface`"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    enabled()
    assert main(["practise", "--person", "P01", *words]) == 1
    assert said in capsys.readouterr().err


def test_rest_and_release_is_told_as_rest(capsys: pytest.CaptureFixture[str]) -> None:
    enabled()
    assert main(["plan", "P01", "--enable", "rest and release", "--therapist", "T07"]) == 0
    capsys.readouterr()
    words = ["practise", "--person", "P01", "--headless", "--seconds", "35", "--no-recording"]
    assert main([*words, "--bout", "rest and release"]) == 0
    told = capsys.readouterr().out
    assert "rest and release      All muscles stayed at rest." in told
    assert "Bout 1, rest and release: at rest in 2 of 2 attempts." in told


def test_a_muscle_without_a_reference_is_asked_about_before_anything_begins(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enabled()
    made = replace(without_reference(4), electrodes=Electrodes(id="e1", date="2026-11-25"))
    path = data / "made.json"
    write_profile(made, path)
    capsys.readouterr()
    words = ["practise", "--person", "P01", "--headless", "--seconds", "5", "--no-recording"]
    words += ["--bout", "pucker", "--profile", str(path)]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "Not calibrated: “Eye, right”." in told
    assert 'That is --without "Eye, right".' in told
    assert main([*words, "--without", "Eye, right"]) == 0
