"""The command `calibrate`, as a person uses it."""

from dataclasses import replace
from pathlib import Path

import pytest

from calibration.montage import montages
from calibration.profile import read_profile, write_profile
from host.cli.main import main
from host.clinic.profiles import newest
from host.recording.store import session_folders, sessions_folder

QUICK = ("calibrate", "--headless", "--montage", "face-4", "--affected", "left")


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_the_simulated_patient_gets_a_profile_that_its_recording_gives_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*QUICK, "--person", "P01", "--therapist", "T02", "--electrodes", "e7"]) == 0
    printed = capsys.readouterr().out
    assert "read directly and as fast as it goes" in printed
    assert printed.count(" good\n") == 9
    assert "Findings" not in printed
    assert "The electrode “Eye, left” hears “Cheek, left”" in printed
    path = newest("P01")
    assert path is not None
    profile = read_profile(path)
    assert (profile.person, profile.therapist, profile.electrodes.id) == ("P01", "T02", "e7")
    assert profile.montage == montages()["face-4"]
    assert str(path) in printed

    (session,) = session_folders(sessions_folder())
    assert main(["calibrate", "--from", str(session), "--to", "again.json"]) == 0
    assert Path("again.json").read_bytes() == path.read_bytes()

    before = str(path)
    assert main(["calibrate", "--recheck", before, "--electrodes", "e8", "--no-recording"]) == 0
    carried = newest("P01")
    assert carried not in (None, path)
    assert carried is not None
    assert read_profile(carried).electrodes.id == "e8"


def test_a_planted_fault_is_told_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*QUICK, "--no-recording", "--plant", "loose:2"]) == 0
    printed = capsys.readouterr().out
    assert "Cheek, left: loose electrode (100% of the time)." in printed
    assert "Press the electrode on or replace it" in printed


def test_a_channel_that_is_left_out_is_not_asked_for_and_gives_no_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [*QUICK, "--no-recording", "--plant", "loose:2", "--without", "Cheek, left"]
    assert main([*words, "--to", "made.json"]) == 0
    printed = capsys.readouterr().out
    assert "Cheek, left: loose electrode" not in printed
    assert "Findings" not in printed
    assert "left out" in printed
    assert read_profile(Path("made.json")).left_out == (1,)
    assert main([*QUICK, "--without", "Ear, left"]) == 1
    assert "there is no channel 'Ear, left'" in capsys.readouterr().err


def test_swapped_sides_end_with_one_sentence_and_no_profile(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*QUICK, "--no-recording", "--plant", "swapped"]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Exchange the left and right cables" in told
    assert newest("simulated") is None


def test_without_a_window_it_says_so_and_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*QUICK[:1], *QUICK[2:], "--no-recording"]) == 0
    assert "no screen here: what is found is printed" in capsys.readouterr().out


def test_electrodes_that_lie_too_differently_are_told_channel_by_channel(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*QUICK, "--no-recording"]) == 0
    path = newest("simulated")
    assert path is not None
    profile = read_profile(path)
    first = profile.channels[0]
    assert first.reference_uv is not None
    other = replace(first, reference_low_uv=1.0, reference_uv=2.0, reference_high_uv=3.0)
    write_profile(replace(profile, channels=(other, *profile.channels[1:])), Path("other.json"))
    capsys.readouterr()
    assert main(["calibrate", "--recheck", "other.json", "--no-recording"]) == 1
    out, told = capsys.readouterr()
    assert "Eye, left: the gentle level is" in out
    assert "calibrate anew" in told


REFUSED = (
    (["--from", "nothing"], "there is no recording nothing"),
    (["--from", "notes.txt"], "notes.txt does not say what was done when"),
    (["--from", "notes.txt", "--board", "cyton"], "give one of them"),
    (["--board", "cyton", "--plant", "swapped"], "for the simulated patient"),
    (["--board", "cyton"], "whose calibration is it"),
    (["--person", "Anna Meier"], "cannot be the code of a person"),
    (["--segments", "notes.txt"], "give it with --from"),
    (["--recheck", "none.json"], "no profile none.json: give the file"),
    (["--recheck", "notes.txt"], "notes.txt is damaged"),
    (["--recheck", "notes.txt", "--ramps"], "leave --ramps out"),
    (["--montage", "face-9"], "there is no montage 'face-9'"),
    (["--plant", "loose:12"], "there is no channel 12"),
    (["--plant", "broken"], "--plant: 'broken' is no fault"),
    (["--to", "nowhere/profile.json"], "there is no folder"),
)


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_a_mistake_is_told_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.txt").write_text("hello", encoding="utf-8")
    assert main(["calibrate", "--headless", "--no-recording", *arguments]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_another_programs_recording_needs_stretches_and_a_montage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "\n".join(f"{n / 250:.3f},{n % 7},{n % 5},{n % 3},{n % 11}" for n in range(4000))
    Path("emg.csv").write_text(f"time,ch1,ch2,ch3,ch4\n{rows}\n", encoding="utf-8")
    marks = "kind,start_s,stop_s,muscle,side\nrest,2,8,,\n"
    Path("marks.csv").write_text(marks, encoding="utf-8")
    common = ["calibrate", "--from", "emg.csv", "--rate", "250", "--person", "P01"]
    assert main([*common, "--segments", "marks.csv"]) == 1
    assert "where the electrodes lie" in capsys.readouterr().err
    placed = [*common, "--montage", "face-4", "--affected", "left"]
    assert main([*placed, "--segments", "missing.csv"]) == 1
    assert "missing.csv cannot be read" in capsys.readouterr().err
    assert main([*placed, "--segments", "marks.csv"]) == 1
    assert "no muscle has a gentle reference" in capsys.readouterr().err
