"""Where the muscles lie in the picture of the face."""

import math

import pytest

from calibration.muscles import Side, muscles
from host.report.face import geometry
from host.report.face.geometry import region

all_regions = pytest.mark.parametrize("code", muscles())


@all_regions
@pytest.mark.parametrize("side", Side)
def test_every_muscle_lies_on_its_side_inside_the_picture_t1(code: str, side: Side) -> None:
    place = region(code, side)
    for x, y in (*place.outline, *place.hole, *place.site):
        assert 0.5 <= x <= 1.0 if side is Side.RIGHT else 0.0 <= x <= 0.5
        assert 0.0 <= y <= geometry.HEIGHT


@all_regions
def test_the_sides_mirror_each_other(code: str) -> None:
    right, left = region(code, Side.RIGHT), region(code, Side.LEFT)
    mirrored = [(1.0 - x, y) for x, y in left.outline]
    assert mirrored == [pytest.approx(point) for point in right.outline]


@all_regions
def test_electrodes_are_as_far_apart_as_on_a_face_t1(code: str) -> None:
    one, other = region(code, Side.LEFT).site
    # A face is about 140 mm wide and takes 0.72 of the picture; 8 to 10 mm are 0.041 to 0.051.
    assert 0.035 <= math.dist(one, other) <= 0.06


def test_regions_go_from_forehead_to_neck_as_in_t1() -> None:
    heights = [region(code, Side.LEFT).touch[1] for code in ("FRO", "OOC", "ZYG", "OOR", "PLA")]
    assert heights == sorted(heights)


def test_a_line_joined_to_its_mirror_image_is_symmetrical() -> None:
    points = geometry.joined(((0.0, 0.1), (0.2, 0.3)))
    assert points == ((0.3, 0.3), (0.5, 0.1), (0.7, 0.3))


def test_an_unknown_muscle_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no muscle 'XYZ'; known: FRO"):
        region("XYZ", Side.LEFT)
