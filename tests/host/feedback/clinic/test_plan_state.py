"""What the plan page decides, without Qt."""

from dataclasses import replace
from datetime import date

import pytest

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Role, patterns
from host.clinic.first_plan import first_plan
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import PlannedPattern
from host.feedback.clinic.plan_state import (
    Lengths,
    attempts_words,
    enabled,
    montage_words,
    role_of,
    touched,
    with_montage,
    with_role,
    with_touch,
)

SMILE = patterns()["gentle closed smile"]
PLANNED = PlannedPattern(name=SMILE.name)
WORD = Confirmation(therapist="T07", day=date(2026, 11, 26))
PLAN = first_plan(
    Patient(code="P01", affected=Side.RIGHT), montages()["face-8"], patterns().values()
)


def test_p16_a_tick_is_signed_and_an_older_signature_stays() -> None:
    day = date(2026, 11, 26)
    ticked = enabled(PLANNED, "T07", day, on=True)
    assert ticked.enabled == Confirmation(therapist="T07", day=day)
    assert enabled(ticked, "T08", date(2026, 12, 1), on=True) is ticked
    assert enabled(ticked, "T08", day, on=False).enabled is None


def test_a_role_as_in_t2_is_no_change() -> None:
    loud = with_role(PLANNED, "PLA", Role.TOLERATED, SMILE)
    assert role_of(loud, "PLA", SMILE) is Role.TOLERATED
    assert role_of(loud, "OOC", SMILE) is SMILE.role("OOC")
    assert with_role(loud, "PLA", SMILE.role("PLA"), SMILE) == PLANNED


def test_p5_a_touch_cue_can_be_added_and_the_tables_own_is_no_change() -> None:
    more = with_touch(PLANNED, "MEN", SMILE, on=True)
    assert set(touched(more, SMILE)) == {*SMILE.touch, "MEN"}
    assert with_touch(more, "MEN", SMILE, on=False) == PLANNED
    none = PLANNED
    for code in SMILE.touch:
        none = with_touch(none, code, SMILE, on=False)
    assert none.touch == ()


def test_p7_lengths_go_to_a_plan_and_back() -> None:
    lengths = replace(Lengths.of(PLAN), bout_s=90.0, rest_s=20.0)
    assert Lengths.of(lengths.on(PLAN)) == lengths
    with pytest.raises(ValueError, match="no room"):
        replace(lengths, bout_s=30.0, rest_s=60.0).on(PLAN)


def test_how_many_attempts_fit_is_said_and_never_demanded() -> None:
    lengths = Lengths(bout_s=120.0, pause_s=60.0, rise_s=2.0, hold_s=5.0, rest_s=10.0)
    assert attempts_words(lengths) == "Room for up to 7 calm attempts in a bout."


def test_other_electrodes_offer_their_patterns_and_keep_what_was_enabled() -> None:
    pucker = replace(PLAN.planned("pucker"), enabled=WORD)
    plan = PLAN.with_pattern(pucker)
    few = with_montage(plan, montages()["face-4"], patterns())
    names = [one.name for one in few.patterns]
    assert few.montage == "face-4"
    assert "pucker" in names
    assert "lip press" not in names
    many = with_montage(few, montages()["face-16"], patterns())
    assert "brow raise" in [one.name for one in many.patterns]
    assert [one.name for one in many.patterns][: len(names)] == names


def test_electrodes_are_named_by_what_they_lie_on() -> None:
    assert montage_words(montages()["face-4"]) == "face-4: Eye, Cheek"
    assert montage_words(montages()["face-16"]) == "face-16: 8 muscles, Forehead to Neck"
