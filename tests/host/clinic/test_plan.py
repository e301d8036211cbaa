"""A plan refuses what nobody could practise, and changes pattern by pattern."""

from dataclasses import replace
from math import nan
from typing import Any

import pytest

from calibration.patterns import Role
from host.clinic.plan import MuscleLine, MuscleRole, PlannedPattern
from tests.host.clinic.people import SURE, plan

PUCKER = PlannedPattern(name="pucker", enabled=SURE)


def test_p7_a_bout_takes_two_minutes_unless_a_therapist_says_otherwise() -> None:
    assert plan().bout_s == 120.0
    assert replace(plan(), bout_s=30.0).bout_s == 30.0
    assert replace(plan(), bout_s=300.0).bout_s == 300.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bout_s", 29.0),
        ("bout_s", 301.0),
        ("bout_s", nan),
        ("hold_s", 0.5),
        ("pause_s", 5.0),
        ("notes", "x" * 4001),
        ("person", "Anna Meier"),
        ("montage", " "),
    ],
)
def test_t4_a_plan_refuses_what_nobody_could_practise(name: str, value: object) -> None:
    wrong: dict[str, Any] = {name: value}
    with pytest.raises(ValueError, match=r"must be|up to|code of a person|montage"):
        replace(plan(), **wrong)


def test_p10_a_rise_is_never_faster_than_a_second() -> None:
    with pytest.raises(ValueError, match="rise_s must be 1 to 10"):
        replace(plan(), rise_s=0.9)


def test_p12_a_rest_is_never_shorter_than_ten_seconds() -> None:
    with pytest.raises(ValueError, match="rest_s must be 10 to 120"):
        replace(plan(), rest_s=9.0)


def test_a_bout_has_room_for_one_attempt() -> None:
    with pytest.raises(ValueError, match="no room for one attempt"):
        replace(plan(), bout_s=30.0, rest_s=40.0)


def test_p16_what_no_therapist_enabled_is_not_practised() -> None:
    both = replace(plan("pucker"), patterns=(PlannedPattern(name="frown"), PUCKER))
    assert both.enabled == (PUCKER,)


def test_a_pattern_is_planned_once() -> None:
    with pytest.raises(ValueError, match="pucker has more than one place"):
        plan("pucker", "pucker")


@pytest.mark.parametrize("line", [0.0, 0.005, -0.2, 3.5, nan])
def test_a_line_is_a_share_that_can_be_told(line: float) -> None:
    with pytest.raises(ValueError, match="line must be"):
        PlannedPattern(name="pucker", line=line)
    with pytest.raises(ValueError, match="line must be"):
        MuscleLine(muscle="ZYG", line=line)
    with pytest.raises(ValueError, match="ceiling must be"):
        PlannedPattern(name="pucker", ceiling=line)


def test_a_muscle_has_one_role_one_line_and_one_touch() -> None:
    role = MuscleRole(muscle="ZYG", role=Role.TOLERATED)
    line = MuscleLine(muscle="ZYG", line=0.2)
    with pytest.raises(ValueError, match="ZYG has more than one role"):
        replace(PUCKER, roles=(role, role))
    with pytest.raises(ValueError, match="ZYG has more than one line"):
        replace(PUCKER, lines=(line, line))
    with pytest.raises(ValueError, match="ZYG has more than one touch"):
        replace(PUCKER, touch=("ZYG", "ZYG"))


def test_muscles_that_nobody_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="NOSE"):
        MuscleRole(muscle="NOSE", role=Role.QUIET)
    with pytest.raises(ValueError, match="NOSE"):
        MuscleLine(muscle="NOSE", line=0.2)
    with pytest.raises(ValueError, match="NOSE"):
        replace(PUCKER, touch=("NOSE",))


@pytest.mark.parametrize("share", [-0.1, 1.1, nan])
def test_faded_feedback_is_a_share_of_attempts(share: float) -> None:
    with pytest.raises(ValueError, match="faded_share"):
        replace(PUCKER, faded_share=share)


def test_a_pattern_without_a_name_is_none() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        PlannedPattern(name=" ")


def test_one_pattern_is_changed_and_the_others_stay_where_they_are() -> None:
    before = plan("pucker", "frown", "snarl")
    after = before.with_pattern(replace(before.planned("frown"), line=0.2))
    assert [one.name for one in after.patterns] == ["pucker", "frown", "snarl"]
    assert after.planned("frown").line == 0.2
    assert after.planned("pucker") is before.planned("pucker")


def test_a_new_pattern_comes_last_and_can_be_moved() -> None:
    longer = plan("pucker", "frown").with_pattern(PlannedPattern(name="snarl"))
    assert [one.name for one in longer.patterns] == ["pucker", "frown", "snarl"]
    moved = longer.moved("snarl", 0)
    assert [one.name for one in moved.patterns] == ["snarl", "pucker", "frown"]


def test_what_is_not_in_the_plan_is_said() -> None:
    with pytest.raises(ValueError, match=r"'snarl' is not in the plan of P01"):
        plan("pucker").planned("snarl")


def test_a_muscle_without_a_line_of_its_own_has_that_of_all() -> None:
    own = replace(PUCKER, lines=(MuscleLine(muscle="ZYG", line=0.2),))
    assert own.line_of("ZYG") == 0.2
    assert own.line_of("OOC") is None
