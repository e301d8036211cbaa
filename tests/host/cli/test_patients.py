"""Patients and plans, as a therapist types them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from calibration.muscles import Side
from host.cli.main import main
from host.clinic.repository import Clinic
from tests.host.clinic.people import profile


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETFACE_DATA", str(tmp_path))


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> "Printed":
    return Printed(capsys)


class Printed:
    """Runs a command and returns what it said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> str:
        assert main(list(words)) == 0
        return self._capsys.readouterr().out

    def refused(self, *words: str) -> str:
        """Return the one sentence in which a command was refused."""
        assert main(list(words)) == 1
        said = self._capsys.readouterr().err
        assert said.count("\n") == 1
        return said


def test_nobody_is_there_at_first(printed: Printed) -> None:
    assert printed("patients") == "0 patients\n"


def test_a_patient_is_added_confirmed_and_listed(printed: Printed) -> None:
    assert "P01 is added, affected on the right." in printed(
        "patients", "add", "P01", "--affected", "right"
    )
    assert "not confirmed" in printed("patients", "list")
    said = printed("patients", "confirm", "P01", "--therapist", "T07", "--day", "2026-11-20")
    assert said == "Synkinesis of P01: confirmed by T07, 2026-11-20.\n"
    listed = printed("patients")
    assert "1 patient\n" in listed
    assert listed.split()[-1] == "2026-11-20"
    kept = Clinic().patient("P01")
    assert kept.affected is Side.RIGHT
    assert kept.synkinesis is not None
    assert kept.synkinesis.day == date(2026, 11, 20)
    assert [one.edition.by for one in Clinic().entries("P01").found] == ["unnamed", "T07"]


def test_a_name_is_refused_in_one_sentence(printed: Printed) -> None:
    said = printed.refused("patients", "add", "Anna Meier", "--affected", "left")
    assert "never a name" in said


def test_a_mistake_is_told_in_one_sentence(printed: Printed) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    assert "there already" in printed.refused("patients", "add", "P01", "--affected", "left")
    assert "no patient P02" in printed.refused("patients", "confirm", "P02", "--therapist", "T07")
    assert "by name or code" in printed.refused("patients", "confirm", "P01", "--therapist", " ")
    assert "no patient P02" in printed.refused("plan", "P02")


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", ""])
def test_a_day_is_a_day(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["patients", "confirm", "P01", "--therapist", "T07", "--day", day])
    assert "need a day such as" in capsys.readouterr().err


def test_a_damaged_entry_is_told_beside_the_others(printed: Printed, tmp_path: Path) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    printed("patients", "add", "P02", "--affected", "left")
    (tmp_path / "patients" / "P01" / "entry" / "0001.json").write_bytes(b"{")
    listed = printed("patients")
    assert "  P02 " in listed
    assert "is damaged" in listed


def test_p16_a_plan_says_what_is_in_the_way(printed: Printed) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    said = printed("plan", "P01")
    assert "Plan of P01, right side, face-8: a first plan, not saved yet" in said
    assert "gentle closed smile" in said
    for words in ("No therapist has confirmed synkinesis", "No pattern is enabled", "not saved"):
        assert words in said
    assert Clinic().plan("P01") is None


def test_p16_an_enabled_pattern_makes_a_version_that_may_be_practised(printed: Printed) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    printed("patients", "confirm", "P01", "--therapist", "T07")
    words = ["--enable", "pucker", "--enable", "lip press", "--therapist", "T07"]
    said = printed("plan", "P01", *words)
    assert "version 1, " in said
    assert "Nothing is in the way of practice." in said
    assert "Note: No calibration with these electrodes yet" in said
    kept = Clinic().plan("P01")
    assert kept is not None
    assert [one.name for one in kept.enabled] == ["pucker", "lip press"]
    assert kept.edition.why == "enabled: pucker, lip press"


def test_a_pattern_is_enabled_by_somebody_and_must_be_there(printed: Printed) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    assert "--therapist" in printed.refused("plan", "P01", "--enable", "pucker")
    said = printed.refused("plan", "P01", "--enable", "brow raise", "--therapist", "T07")
    assert "'brow raise' is not in the plan of P01; there are: rest and release" in said


def test_a_first_plan_is_for_the_electrodes_that_were_last_calibrated(printed: Printed) -> None:
    printed("patients", "add", "P01", "--affected", "right")
    assert "face-16-dao:" in printed("plan", "P01", "--montage", "face-16-dao")
    placed = profile(montage="face-4")
    Clinic().save_profile(placed)
    assert "face-4:" in printed("plan", "P01")
    mine = replace(placed.montage, name="cheeks")
    later = "2026-11-26T10:00:00+00:00"
    Clinic().save_profile(replace(placed, montage=mine, created=later))
    assert "cheeks:" in printed("plan", "P01")
