"""Which step is possible, and why not: decided without Qt."""

from dataclasses import replace
from pathlib import Path

import pytest

from host.feedback.clinic.appointment import Appointment, gate, next_step, standing
from host.feedback.clinic.steps import Standing, Step, StepState
from host.session.contacting.exclusion import Exclusion
from tests.host.feedback.clinic.rooms import (
    DAY,
    PATIENT,
    appointment,
    clinic,
    lacking_profile_of,
    profile_of,
)

LATER = (Step.PLAN, Step.ELECTRODES, Step.CALIBRATE, Step.PRACTISE, Step.LOOK_BACK, Step.END)


@pytest.fixture
def now(tmp_path: Path) -> Appointment:
    return appointment(clinic(tmp_path))


def test_without_a_patient_only_the_patient_can_be_opened() -> None:
    empty = Appointment()
    assert standing(Step.PATIENT, empty).possible
    for step in LATER:
        assert not standing(step, empty).possible
        assert standing(step, empty).why.endswith(".")


def test_a_whole_appointment_has_every_step_open_and_the_past_ones_done(now: Appointment) -> None:
    profile = profile_of("P01")
    whole = replace(now, profile=profile, sessions=(Path("one"),))
    states = [standing(step, whole).state for step in Step]
    assert states[:5] == [StepState.DONE] * 5
    assert states[5:] == [StepState.READY, StepState.READY]


def test_p16_nobody_practises_whose_synkinesis_is_not_confirmed(now: Appointment) -> None:
    assert now.patient is not None
    unsure = replace(now, patient=replace(now.patient, synkinesis=None), profile=profile_of("P01"))
    practise = standing(Step.PRACTISE, unsure)
    assert practise.state is StepState.NOT_YET
    assert "synkinesis" in practise.why
    assert standing(Step.PLAN, unsure).state is StepState.ATTENTION


def test_p16_nobody_practises_from_a_plan_that_enables_nothing(now: Appointment) -> None:
    assert now.plan is not None
    plan = replace(
        now.plan, patterns=tuple(replace(one, enabled=None) for one in now.plan.patterns)
    )
    closed = replace(now, plan=plan, profile=profile_of("P01"))
    assert not gate(closed).open
    assert standing(Step.PRACTISE, closed).why == gate(closed).said[0]


def test_one_pattern_that_lacks_an_electrode_needs_attention_and_stops_no_other(
    now: Appointment,
) -> None:
    from calibration.montage import montages

    few = replace(now, montage=montages()["face-4"], profile=profile_of("P01"))
    assert gate(few).open
    assert "pucker" in " ".join(gate(few).said)
    assert standing(Step.PLAN, few).state is StepState.ATTENTION
    assert standing(Step.PRACTISE, few).possible


def test_nobody_calibrates_before_every_contact_was_checked(now: Appointment) -> None:
    unchecked = replace(now, contact_checked=False)
    assert standing(Step.ELECTRODES, unchecked).state is StepState.READY
    assert "contact" in standing(Step.CALIBRATE, unchecked).why


def test_nobody_practises_without_a_calibration_of_today(now: Appointment) -> None:
    assert "Calibrate first" in standing(Step.PRACTISE, now).why


def test_nobody_practises_on_a_muscle_that_is_not_calibrated_unless_it_is_left_out_by_name(
    now: Appointment,
) -> None:
    lacking = replace(now, profile=lacking_profile_of("P01"))
    practise = standing(Step.PRACTISE, lacking)
    assert practise.state is StepState.NOT_YET
    assert practise.why == (
        "Not calibrated: “Cheek, right”. Repeat its step of the calibration, or leave the channel "
        "out by name."
    )
    out = Exclusion(
        channel=3, name="Cheek, right", by="T07", reason="a wound", utc="2026-11-25T09:00:00+00:00"
    )
    assert standing(Step.PRACTISE, replace(lacking, exclusions=(out,))).possible


def test_an_earlier_session_can_be_looked_back_on_at_once(now: Appointment) -> None:
    assert not standing(Step.LOOK_BACK, now).possible
    assert standing(Step.LOOK_BACK, replace(now, earlier=1)).possible


def test_an_appointment_goes_on_where_something_wants_doing(now: Appointment) -> None:
    assert next_step(now, tuple(Step)) is Step.CALIBRATE
    assert next_step(now, (Step.PLAN,)) is None


def test_an_appointment_refuses_what_belongs_to_somebody_else(now: Appointment) -> None:
    with pytest.raises(ValueError, match="P02"):
        replace(now, patient=replace(PATIENT, code="P02"))
    with pytest.raises(ValueError, match="profile of 'P03'"):
        replace(now, profile=profile_of("P03"))
    with pytest.raises(ValueError, match="belong to a patient"):
        Appointment(sessions=(Path("one"),), day=DAY)


def test_a_closed_door_has_a_reason() -> None:
    with pytest.raises(ValueError, match="says why"):
        Standing(state=StepState.NOT_YET)
