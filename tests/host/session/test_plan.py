"""P16: the gate before practice, and what it says to whom it does not let through."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from calibration.montage import Montage, montages
from calibration.muscles import Side
from calibration.patterns import Pattern, Role
from calibration.profile import Profile
from host.clinic.edition import Edition
from host.clinic.first_plan import usual
from host.clinic.patient import Botulinum, Confirmation, Patient
from host.clinic.plan import MuscleRole, Plan, PlannedPattern
from host.session.plan import Lack, may_practise, practisable, to_be_told
from host.session.plan_terms import known_patterns
from tests.host.clinic.people import SURE, TODAY, patient, plan, profile

SAVED = Edition(number=3, saved="2026-11-25T09:00:00+00:00", by="T07")
FACE_8 = montages()["face-8"]
KNOWN = known_patterns()


def saved(*names: str) -> Plan:
    return replace(plan(*names), edition=SAVED)


def lacks(
    who: Patient,
    what: Plan,
    today: date = TODAY,
    montage: Montage = FACE_8,
    known: Mapping[str, Pattern] = KNOWN,
) -> list[tuple[Lack, str]]:
    refusals = may_practise(who, what, today, montage=montage, known=known)
    for one in refusals:
        assert one.said.endswith((".", "?"))
        assert "\n" not in one.said
    return [(one.lack, one.pattern) for one in refusals]


def allowed(who: Patient, what: Plan, montage: Montage = FACE_8) -> list[str]:
    found = practisable(who, what, TODAY, montage=montage, known=KNOWN)
    return [one.name for one in found]


def test_p16_a_confirmed_patient_with_a_saved_plan_may_practise() -> None:
    assert lacks(patient(), saved("pucker")) == []
    assert allowed(patient(), saved("pucker")) == ["pucker"]


def test_p16_nobody_practises_before_a_therapist_confirmed_synkinesis() -> None:
    unsure = replace(patient(), synkinesis=None)
    assert lacks(unsure, saved("pucker")) == [(Lack.SYNKINESIS, "")]
    assert allowed(unsure, saved("pucker")) == []


def test_p16_a_confirmation_of_tomorrow_is_none_today() -> None:
    tomorrow = Confirmation(therapist="T07", day=TODAY + timedelta(days=1))
    assert lacks(replace(patient(), synkinesis=tomorrow), saved()) == [(Lack.NOT_YET, "")]
    later = replace(saved(), patterns=(PlannedPattern(name="pucker", enabled=tomorrow),))
    assert lacks(patient(), later) == [(Lack.NOT_YET, "pucker")]
    assert lacks(patient(), later, tomorrow.day) == []


def test_p16_a_plan_of_somebody_else_starts_nothing() -> None:
    assert lacks(patient("P02"), saved()) == [(Lack.OTHER_PERSON, "")]


def test_p16_a_plan_for_the_other_side_starts_nothing() -> None:
    assert lacks(patient(affected=Side.LEFT), saved()) == [(Lack.OTHER_SIDE, "")]


def test_p16_a_plan_that_was_not_saved_starts_nothing() -> None:
    assert lacks(patient(), plan("pucker")) == [(Lack.UNSAVED, "")]


def test_p16_a_plan_in_which_nothing_is_enabled_starts_nothing() -> None:
    idle = replace(saved(), patterns=(PlannedPattern(name="pucker"),))
    assert lacks(patient(), idle) == [(Lack.NOTHING_ENABLED, "")]
    assert allowed(patient(), idle) == []


def test_t2_a_pattern_without_an_electrode_on_its_target_stops_only_itself() -> None:
    both = saved("brow raise", "pucker")
    assert lacks(patient(), both) == [(Lack.NO_ELECTRODE, "brow raise")]
    assert allowed(patient(), both) == ["pucker"]
    assert allowed(patient(), both, montages()["face-8-brow"]) == ["brow raise"]


def test_a_pattern_that_nobody_knows_is_asked_for_no_more() -> None:
    mine = Pattern(name="half a smile", prompt="Half a smile", target=("ZYG",))
    both = saved("half a smile", "pucker")
    assert lacks(patient(), both) == [(Lack.UNKNOWN_PATTERN, "half a smile")]
    assert lacks(patient(), both, known=known_patterns((mine,))) == []


def test_a_probe_is_observed_and_not_practised() -> None:
    assert lacks(patient(), saved("spontaneous blink")) == [
        (Lack.OBSERVED_ONLY, "spontaneous blink")
    ]


def test_roles_that_leave_no_muscle_to_lead_stop_the_pattern() -> None:
    quiet = MuscleRole(muscle="OOR", role=Role.QUIET)
    odd = replace(saved(), patterns=(PlannedPattern(name="pucker", enabled=SURE, roles=(quiet,)),))
    assert lacks(patient(), odd) == [(Lack.ROLES, "pucker")]


def test_everything_in_the_way_is_said_at_once() -> None:
    unsure = replace(patient(affected=Side.LEFT), synkinesis=None)
    found = [lack for lack, _ in lacks(unsure, plan("snarl", "pucker"))]
    assert found == [Lack.SYNKINESIS, Lack.OTHER_SIDE, Lack.UNSAVED, Lack.NO_ELECTRODE]


def told(
    who: Patient, what: Plan, known: Profile | None, montage: Montage = FACE_8
) -> tuple[str, ...]:
    return to_be_told(who, what, TODAY, montage=montage, profile=known)


def test_a_calibration_of_today_with_these_electrodes_needs_no_word() -> None:
    assert told(patient(), saved(), profile()) == ()


def test_the_lack_of_a_calibration_is_said() -> None:
    (said,) = told(patient(), saved(), None)
    assert said.startswith("No calibration with these electrodes yet")


def test_electrodes_of_another_day_are_said() -> None:
    placed = replace(profile().electrodes, date="2026-11-24")
    (said,) = told(patient(), saved(), replace(profile(), electrodes=placed))
    assert "electrodes applied on 2026-11-24" in said


def test_another_montage_than_planned_is_said() -> None:
    (said,) = told(patient(), saved(), profile(), montages()["face-8-brow"])
    assert said == "The plan was made for the montage 'face-8'; today it is 'face-8-brow'."


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (120, True), (121, False), (-3, False)])
def test_botulinum_toxin_of_the_last_months_is_said(days: int, *, is_told: bool) -> None:
    given = Botulinum(day=TODAY - timedelta(days=days), side=Side.RIGHT, muscles=("PLA",))
    said = told(replace(patient(), botulinum=(given,)), saved(), profile())
    assert usual().botulinum_days == 120
    assert len(said) == int(is_told)
    assert all(f"toxin {days} days ago" in one for one in said)
