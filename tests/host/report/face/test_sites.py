"""Where electrodes and their labels stand: never mirrored, never on top of each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.montage import Montage, Site, montages, plain_montage
from calibration.muscles import Side
from host.report.face.electrodes import BOTTOM, LEFT, RIGHT, TOP, electrode_drawing
from host.report.face.geometry import HEIGHT
from host.report.face.shapes import Letters
from host.report.face.sites import (
    GROUND,
    REFERENCE,
    ROW,
    Cables,
    Row,
    Shared,
    Sites,
    Spot,
    pins_of,
    sites_of,
    spread,
)

every_montage = pytest.mark.parametrize("name", montages())


def shown(name: str) -> Sites:
    return sites_of(montages()[name], shared=(GROUND, REFERENCE))


@every_montage
def test_t1_every_channel_has_its_pair_and_its_cable(name: str) -> None:
    montage = montages()[name]
    for column, site in enumerate(montage.sites):
        row = shown(name).row(column)
        assert row is not None
        assert (row.cable, row.side) == (str(column + 1), site.side)
        assert len(set(row.dots)) == 2


@every_montage
def test_as_one_faces_the_patient_the_patients_right_is_on_the_left(name: str) -> None:
    for row in shown(name).rows:
        places = [x for x, _ in (*row.dots, row.badge)]
        if row.side is Side.RIGHT:
            assert max(places) < 0.5
        elif row.side is Side.LEFT:
            assert min(places) > 0.5


@every_montage
def test_labels_do_not_overlap_and_stay_in_the_picture(name: str) -> None:
    for side in Side:
        heights = [row.badge[1] for row in shown(name).rows if row.side is side]
        assert all(below - above >= ROW - 1e-9 for above, below in pairwise(heights))
        assert min(heights) > TOP
        assert max(heights) < BOTTOM


@every_montage
def test_labels_stand_in_the_order_of_their_electrodes(name: str) -> None:
    for side in Side:
        rows = [row for row in shown(name).rows if row.side is side]
        middles = [_middle(row) for row in rows]
        assert middles == sorted(middles)


def test_both_sides_are_named_twice_in_words_and_by_letter() -> None:
    drawing = electrode_drawing(shown("face-8"))
    letters = [shape for shape in drawing if isinstance(shape, Letters)]
    for words, left in (("R", True), ("patient’s right", True), ("L", False),
                        ("patient’s left", False)):  # fmt: skip
        found = [one.at for one in letters if one.words == words]
        assert len(found) == 2
        assert {x < 0.0 for x, _ in found} == {left}
        assert min(y for _, y in found) < 0.0
        assert max(y for _, y in found) > HEIGHT


def test_no_words_stand_outside_the_picture() -> None:
    for shape in electrode_drawing(shown("face-16")):
        if isinstance(shape, Letters):
            assert LEFT < shape.at[0] < RIGHT
            assert TOP < shape.at[1] < BOTTOM


def test_the_pins_are_those_of_the_board_and_of_its_daisy() -> None:
    assert pins_of(4) == "IN5P · IN5N"
    assert pins_of(8) == "Daisy IN1P · IN1N"
    with pytest.raises(ValueError, match="channel 17"):
        pins_of(16)
    rows = sites_of(montages()["face-16"], Cables.PINS).rows
    assert [row.pins for row in rows if row.channel == 15] == ["Daisy IN8P · IN8N"]


def test_plain_channels_lie_nowhere_and_a_montage_of_ones_own_anywhere() -> None:
    assert [row.channel for row in sites_of(plain_montage(4)).rows] == [None]
    own = Montage(name="own", sites=(Site(), Site(muscle="ZYG", side=Side.LEFT)))
    row = sites_of(own, shared=()).row(1)
    assert row is not None
    assert row.title == "Cheek"
    assert sites_of(own).row(0) is None


def test_two_shared_electrodes_on_one_spot_are_refused() -> None:
    with pytest.raises(ValueError, match="one spot"):
        sites_of(plain_montage(1), shared=(GROUND, Shared(pin="X", role="y", spot=Spot.FOREHEAD)))


@given(st.lists(st.floats(0.1, 1.2), max_size=12).map(sorted))
def test_labels_are_spread_as_little_as_needed(wanted: list[float]) -> None:
    places = spread(wanted, 0.1, 0.1, 1.2)
    assert all(b - a >= 0.1 - 1e-9 for a, b in pairwise(places))
    assert all(0.1 - 1e-9 <= place <= 1.2 + 1e-9 for place in places)
    if all(b - a >= 0.1 for a, b in pairwise(wanted)):
        assert places == pytest.approx(wanted)


def test_too_many_labels_share_the_room_evenly() -> None:
    assert spread([0.5] * 5, 1.0, 0.0, 2.0) == pytest.approx([0.0, 0.5, 1.0, 1.5, 2.0])


def _middle(row: Row) -> float:
    return sum(y for _, y in row.dots) / len(row.dots)
