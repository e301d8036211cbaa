"""What moved? Felt beside measured, and nothing said where nothing is known (P6)."""

import pytest

from calibration.muscles import Side, muscles
from host.feedback.faces.face_state import Spot
from host.feedback.faces.felt_state import (
    SIGNS,
    Agreement,
    FeltState,
    Way,
    choices_for,
    moved,
    revealed,
    spoken,
    spot_at,
    toggled,
)
from host.report.face.geometry import PUPIL, region

EYE, OTHER_EYE = ("OOC", Side.RIGHT), ("OOC", Side.LEFT)
CHEEK, NECK, LIPS = ("ZYG", Side.RIGHT), ("PLA", Side.RIGHT), ("OOR", Side.RIGHT)
ALL = choices_for(muscles())
ASKED = FeltState(choices=ALL)


def test_p6_felt_and_measured_are_put_beside_each_other() -> None:
    state = FeltState(choices=ALL, felt=frozenset({EYE, CHEEK}))
    found = revealed(state, {EYE: True, CHEEK: False, NECK: True, LIPS: False}).found
    assert found is not None
    assert dict(found) == {
        EYE: Agreement.AGREE,
        CHEEK: Agreement.FELT_ONLY,
        NECK: Agreement.MOVED_ONLY,
    }


@pytest.mark.parametrize("felt", [frozenset(), frozenset({EYE})])
def test_unknown_is_never_quiet_whether_felt_or_not(felt: frozenset[Spot]) -> None:
    found = revealed(FeltState(choices=ALL, felt=felt), {EYE: None}).found
    assert found == ((EYE, Agreement.UNKNOWN),)


def test_a_muscle_without_an_electrode_that_was_felt_is_unknown() -> None:
    found = revealed(FeltState(choices=ALL, felt=frozenset({NECK})), {EYE: False}).found
    assert found == ((NECK, Agreement.UNKNOWN),)


def test_answers_come_in_the_order_of_the_face() -> None:
    found = revealed(FeltState(choices=ALL), dict.fromkeys((NECK, LIPS, EYE), True)).found
    assert [spot for spot, _ in found or ()] == [EYE, LIPS, NECK]


def test_naming_a_muscle_twice_takes_it_back() -> None:
    once = toggled(ASKED, EYE)
    assert once.felt == {EYE}
    assert toggled(once, EYE).felt == frozenset()


def test_once_revealed_nothing_changes() -> None:
    shown = revealed(ASKED, {EYE: True})
    assert toggled(shown, CHEEK) == shown
    assert moved(shown, Way.DOWN) == shown


@pytest.mark.parametrize("spot", ALL)
def test_a_tap_on_the_middle_of_a_muscle_is_meant_for_it(spot: Spot) -> None:
    assert spot_at(region(*spot).touch, ALL) == spot


def test_a_tap_into_the_open_eye_is_meant_for_the_eye_and_one_beside_the_face_for_nothing() -> None:
    assert spot_at((0.5 + PUPIL[0], PUPIL[1]), ALL) == EYE
    assert spot_at((0.5 - PUPIL[0], PUPIL[1]), ALL) == OTHER_EYE
    assert spot_at((0.02, 0.02), ALL) is None


def test_a_tap_near_a_muscle_reaches_it_where_none_is_under_the_finger() -> None:
    x, y = region(*CHEEK).touch
    assert spot_at((x + 0.06, y + 0.02), [CHEEK, NECK]) == CHEEK


def test_every_muscle_is_reached_by_arrow_keys() -> None:
    start = moved(ASKED, Way.DOWN)
    reached, ways = {start.cursor}, [start]
    while ways:
        state = ways.pop()
        for way in Way:
            there = moved(state, way)
            if there.cursor not in reached:
                reached.add(there.cursor)
                ways.append(there)
    assert reached == set(ALL)


def test_arrows_lead_where_they_point_on_the_screen() -> None:
    here = FeltState(choices=ALL, cursor=OTHER_EYE)
    across = moved(moved(moved(here, Way.RIGHT), Way.RIGHT), Way.RIGHT)
    # As in a mirror, the patient's right is on the right.
    assert across.cursor is not None
    assert across.cursor[1] is Side.RIGHT
    below = moved(here, Way.DOWN).cursor
    assert below is not None
    assert region(*below).touch[1] > region(*OTHER_EYE).touch[1]


def test_no_answer_has_the_sign_of_another() -> None:
    looks = {(sign.outline, sign.hollow, sign.strokes) for sign in SIGNS.values()}
    assert len(looks) == len(Agreement) == len(SIGNS)


def test_it_can_be_read_aloud() -> None:
    assert spoken(ASKED) == "What moved? Felt: none"
    named = toggled(ASKED, EYE)
    assert spoken(named) == "What moved? Felt: Eye, right; now at Eye, right"
    assert spoken(revealed(named, {EYE: True, NECK: True})) == (
        "Eye, right: felt, and it moved; Neck, right: moved, and was not felt"
    )
    assert spoken(revealed(ASKED, {EYE: False})) == "Nothing was felt, and nothing moved."


def test_an_answer_that_was_no_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="chosen"):
        FeltState(choices=(EYE,), felt=frozenset({NECK}))
