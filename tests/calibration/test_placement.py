"""Where electrodes lie on the schematic face: data that anybody may edit, checked when read."""

import pytest

from calibration.montage import montages
from calibration.muscles import Side, muscles
from calibration.placement import placement, placement_from_toml

OWN = """
[coordinate_system]
name = "face"
units = "percent"
about = "a face"

[[pair]]
muscle = "ZYG"
signal = [60, 40]
reference = [50, 35.5]
about = "on the cheek"
"""


def test_t1_every_muscle_has_a_place() -> None:
    assert set(placement().pairs) == set(muscles())


def test_t1_no_two_electrodes_of_a_montage_lie_on_one_point() -> None:
    for montage in montages().values():
        pairs = [placement().pair(site.muscle, site.side) for site in montage.sites if site.side]
        points = [point for pair in pairs if pair for point in (pair.signal, pair.reference)]
        assert len(set(points)) == 2 * len(montage.sites)


def test_the_left_half_is_the_mirror_image_of_the_right() -> None:
    right, left = placement().pair("ZYG", Side.RIGHT), placement().pair("ZYG", Side.LEFT)
    assert right is not None
    assert left is not None
    assert right.signal[0] > 0
    assert (left.signal, left.reference) == (
        (-right.signal[0], right.signal[1]),
        (-right.reference[0], right.reference[1]),
    )


def test_muscles_lie_in_order_from_forehead_to_neck() -> None:
    heights = [placement().pairs[code].signal[1] for code in ("FRO", "COR", "OOC", "ZYG", "PLA")]
    assert heights == sorted(heights, reverse=True)


def test_places_are_those_of_the_drawn_face() -> None:
    from host.report.face.geometry import HEAD, RIGHT

    ear, chin, hairline = max(x for x, _ in HEAD), HEAD[-1][1], 0.19
    for code, pair in placement().pairs.items():
        for (x, y), (across, down) in zip(
            (pair.signal, pair.reference), RIGHT[code].site, strict=True
        ):
            assert x == pytest.approx(100 * across / ear, abs=0.1)
            assert y == pytest.approx(100 * (chin - down) / (chin - hairline), abs=0.1)


def test_a_table_of_one_s_own_is_read() -> None:
    own = placement_from_toml(OWN, "own.toml")
    assert own.system.units == "percent"
    assert own.pair("PLA", Side.LEFT) is None
    pair = own.pair("ZYG", Side.RIGHT)
    assert pair is not None
    assert pair.reference == (50.0, 35.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs a .coordinate_system. and a ..pair"),
        (OWN.replace('"face"', '"my face"'), "letters and digits"),
        (OWN.replace("[60, 40]", "[60]"), "signal of ZYG must be two numbers"),
        (OWN.replace("[60, 40]", "[60, nan]"), "signal of ZYG must be two numbers"),
        (OWN.replace("[60, 40]", "[true, 1]"), "signal of ZYG must be two numbers"),
        (OWN.replace("[60, 40]", "[50, 35.5]"), "lie on one point"),
        (OWN.replace('"ZYG"', '"XYZ"'), "unknown muscle 'XYZ'"),
        (OWN + OWN[OWN.index("[[pair]]") :], "gives one muscle twice"),
        (OWN.replace('"percent"', "1"), "'units' must be text"),
    ],
)
def test_a_wrong_table_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        placement_from_toml(text, "own.toml")
    assert "\n" not in str(refused.value)
