"""What is kept of a patient: a code, a side, who confirmed what."""

from datetime import date
from math import inf, nan

import pytest

from calibration.muscles import Side
from host.clinic.edition import Edition
from host.clinic.patient import Botulinum, Confirmation, Patient
from tests.host.clinic.people import SURE, patient

EARLIER = Botulinum(day=date(2026, 3, 1), side=Side.RIGHT, muscles=("PLA",))
LATER = Botulinum(day=date(2026, 9, 1), side=Side.RIGHT, muscles=("ZYG", "PLA"), units=12.5)


@pytest.mark.parametrize("code", ["", "Anna Meier", "../P02", "Jürg", "a/b"])
def test_a_patient_has_a_code_and_never_a_name(code: str) -> None:
    with pytest.raises(ValueError, match="never a name"):
        patient(code)


@pytest.mark.parametrize("name", ["", "  ", " T07", "T\n07", "T" * 81])
def test_p16_nobody_confirms_namelessly(name: str) -> None:
    with pytest.raises(ValueError, match="by name or code"):
        Confirmation(therapist=name, day=SURE.day)


def test_a_therapist_confirms_by_name_or_code() -> None:
    by_name = Confirmation(therapist="Jana Novák", day=date(2026, 11, 20))
    assert by_name.words == "Jana Novák, 2026-11-20"


def test_botulinum_is_told_with_day_place_and_amount() -> None:
    assert EARLIER.words == "2026-03-01 right PLA"
    assert LATER.words == "2026-09-01 right ZYG PLA, 12.5 units"


@pytest.mark.parametrize("muscles", [(), ("ZYG", "ZYG"), ("NOSE",)])
def test_botulinum_goes_into_muscles_that_are_known(muscles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"muscle"):
        Botulinum(day=SURE.day, side=Side.LEFT, muscles=muscles)


@pytest.mark.parametrize("units", [0.0, -1.0, nan, inf])
def test_an_amount_is_above_nought(units: float) -> None:
    with pytest.raises(ValueError, match="units"):
        Botulinum(day=SURE.day, side=Side.LEFT, muscles=("ZYG",), units=units)


def test_botulinum_is_kept_oldest_first() -> None:
    kept = Patient(code="P01", affected=Side.RIGHT, botulinum=(EARLIER, LATER))
    assert kept.botulinum[-1] is LATER
    with pytest.raises(ValueError, match="oldest first"):
        Patient(code="P01", affected=Side.RIGHT, botulinum=(LATER, EARLIER))


def test_notes_are_no_book() -> None:
    with pytest.raises(ValueError, match="4000"):
        Patient(code="P01", affected=Side.RIGHT, notes="x" * 4001)


def test_a_saved_version_says_when_and_who() -> None:
    when = "2026-11-20T10:00:00+00:00"
    assert Edition(number=1, saved=when, by="T07").number == 1
    with pytest.raises(ValueError, match="who saved it"):
        Edition(number=1, saved=when, by=" ")
    with pytest.raises(ValueError, match="yesterday"):
        Edition(number=1, saved="yesterday", by="T07")
    with pytest.raises(ValueError, match="never saved"):
        Edition(by="T07")
    with pytest.raises(ValueError, match="counted from 1"):
        Edition(number=-1)
