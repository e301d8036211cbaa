"""The steps of a calibration, for every montage and for patterns of one's own."""

from dataclasses import replace

import pytest

from calibration.montage import Montage, Site, montages
from calibration.muscles import Side
from calibration.patterns import Pattern, pattern, patterns
from host.session.calibrating.protocol import (
    ProtocolStep,
    StepKind,
    leading_pattern,
    movements,
    seconds,
    short_protocol,
    whole_protocol,
)


def of_kind(steps: tuple[ProtocolStep, ...], kind: StepKind) -> list[ProtocolStep]:
    return [step for step in steps if step.kind is kind]


@pytest.mark.parametrize("name", montages())
def test_every_muscle_of_a_montage_gets_three_gentle_holds(name: str) -> None:
    montage = montages()[name]
    asked = of_kind(whole_protocol(montage, Side.RIGHT), StepKind.REFERENCE)
    both = [one for one in asked if one.side is None]
    assert {Site(muscle=one.muscle, side=side) for one in both for side in Side} == set(
        montage.sites
    )
    assert all((one.holds, one.hold_s) == (3, 3.0) for one in both)


@pytest.mark.parametrize("affected", Side)
def test_p17_the_unaffected_side_moves_alone_once_and_then_both_together(affected: Side) -> None:
    asked = of_kind(whole_protocol(montages()["face-8"], affected), StepKind.REFERENCE)
    assert [(one.muscle, one.side, one.holds) for one in asked] == [
        step
        for code in ("OOC", "ZYG", "OOR", "PLA")
        for step in ((code, affected.other, 1), (code, None, 3))
    ]


@pytest.mark.parametrize("affected", Side)
def test_a_muscle_without_its_other_side_is_held_three_times_alone(affected: Side) -> None:
    montage = montages()["face-4"].without([0])
    asked = of_kind(whole_protocol(montage, affected), StepKind.REFERENCE)
    eyes = [(one.side, one.holds) for one in asked if one.muscle == "OOC"]
    assert eyes == [(Side.RIGHT, 3)]


def test_p8_effort_is_said_as_2_of_10_and_the_side_is_named() -> None:
    asked = of_kind(whole_protocol(montages()["face-8"], Side.LEFT), StepKind.REFERENCE)
    assert [one.prompt for one in asked[2:4]] == [
        "Smile gently, lips closed, right side, 2 of 10",
        "Smile gently, lips closed, 2 of 10",
    ]


@pytest.mark.parametrize("name", montages())
def test_a_calibration_takes_about_four_minutes_at_most(name: str) -> None:
    assert 60.0 < seconds(whole_protocol(montages()[name], Side.LEFT)) <= 240.0


def test_on_record_a_step_has_a_name_of_its_own() -> None:
    steps = whole_protocol(montages()["face-4"], Side.RIGHT)
    assert [one.recorded for one in steps[-4:]] == [
        "Eye, left",
        "Eye, both sides",
        "Cheek, left",
        "Cheek, both sides",
    ]
    assert steps[0].recorded == "Contact check"


def test_contact_and_rest_come_before_anything_moves() -> None:
    kinds = [step.kind for step in whole_protocol(montages()["face-8"], Side.LEFT)]
    assert kinds[:5] == [
        StepKind.CONTACT,
        StepKind.REST,
        StepKind.SIDE_CHECK,
        StepKind.SIDE_CHECK,
        StepKind.REST,
    ]


@pytest.mark.parametrize(("name", "code"), [("face-8-brow", "FRO"), ("face-8", "ZYG")])
def test_sides_are_checked_by_the_brow_or_else_by_a_smile(name: str, code: str) -> None:
    checks = of_kind(whole_protocol(montages()[name], Side.LEFT), StepKind.SIDE_CHECK)
    assert [(one.muscle, one.side) for one in checks] == [(code, Side.RIGHT), (code, Side.LEFT)]


def test_sides_are_checked_by_another_muscle_where_there_is_neither() -> None:
    montage = Montage(name="mouth", sites=tuple(Site(muscle="OOR", side=side) for side in Side))
    checks = of_kind(whole_protocol(montage, Side.LEFT), StepKind.SIDE_CHECK)
    assert [one.muscle for one in checks] == ["OOR", "OOR"]


def test_a_montage_of_one_side_has_no_check_of_sides_and_no_other_side() -> None:
    montage = Montage(
        name="right",
        sites=(Site(muscle="ZYG", side=Side.RIGHT), Site(muscle="OOC", side=Side.RIGHT)),
    )
    steps = whole_protocol(montage, Side.RIGHT)
    assert not of_kind(steps, StepKind.SIDE_CHECK)
    assert [one.muscle for one in of_kind(steps, StepKind.REFERENCE)] == ["ZYG", "OOC"]


def test_plain_channels_are_not_asked_for() -> None:
    padded = montages()["face-4"].padded(8)
    plain = whole_protocol(montages()["face-4"], Side.LEFT)
    assert whole_protocol(padded, Side.LEFT) == plain


def test_t2_a_muscle_is_asked_for_by_the_pattern_that_moves_it_alone() -> None:
    assert leading_pattern("ZYG", patterns()).name == "gentle closed smile"
    assert leading_pattern("OOC", patterns()).name == "gentle eye closure"


def test_a_pattern_that_moves_more_will_do_where_none_moves_it_alone() -> None:
    known = {"open smile": pattern("open smile")}
    assert leading_pattern("ZYG", known).name == "open smile"


def test_a_muscle_that_no_pattern_leads_with_is_asked_for_by_its_name() -> None:
    found = leading_pattern("PLA", patterns())
    assert (found.prompt, found.target) == ("Tense your neck softly", ("PLA",))
    steps = whole_protocol(montages()["face-8"], Side.LEFT)
    assert movements(steps) == (found,)


def test_a_pattern_of_ones_own_is_used() -> None:
    own = Pattern(name="grimace", prompt="Pull your neck", target=("PLA",))
    steps = whole_protocol(montages()["face-8"], Side.LEFT, known={**patterns(), own.name: own})
    asked = [one for one in of_kind(steps, StepKind.REFERENCE) if one.muscle == "PLA"]
    assert [one.movement for one in asked] == [own, own]
    assert movements(steps) == (own,)


def test_ramps_are_done_where_they_are_asked_for() -> None:
    montage = montages()["face-4"]
    assert not of_kind(whole_protocol(montage, Side.LEFT), StepKind.RAMP)
    ramps = of_kind(whole_protocol(montage, Side.LEFT, ramps=True), StepKind.RAMP)
    assert [(one.muscle, one.hold_s) for one in ramps] == [("OOC", 6.0), ("ZYG", 6.0)] * 2


def test_the_short_check_takes_about_20_s_and_asks_both_sides_at_once() -> None:
    steps = short_protocol(montages()["face-8"])
    assert seconds(steps) < 30.0
    asked = of_kind(steps, StepKind.REFERENCE)
    assert [(one.muscle, one.side, one.holds) for one in asked] == [
        (code, None, 1) for code in ("OOC", "ZYG", "OOR", "PLA")
    ]


def test_steps_that_nobody_can_follow_are_refused() -> None:
    step = whole_protocol(montages()["face-4"], Side.LEFT)[-1]
    with pytest.raises(ValueError, match="times are above 0"):
        replace(step, hold_s=0.0)
    with pytest.raises(ValueError, match="1 to 20 holds"):
        replace(step, holds=0)
    with pytest.raises(ValueError, match="needs movement"):
        replace(step, movement=None)
    with pytest.raises(ValueError, match="one side"):
        replace(step, kind=StepKind.SIDE_CHECK, side=None)
    with pytest.raises(ValueError, match="says what it is"):
        replace(step, prompt="")
