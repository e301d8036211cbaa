"""Paths of the drawn face: round where muscles are round."""

import pytest
from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QPainterPath

from calibration.muscles import Side
from host.feedback.faces.face_paint import curve_path, picture_transform, region_path, smooth
from host.report.face.geometry import HEIGHT, RIGHT
from host.report.face.outline import outline
from host.report.face.shapes import Curve

LINE = QPainterPath.ElementType.LineToElement


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("muscle", RIGHT)
def test_regions_are_curves_without_corners(muscle: str, side: Side) -> None:
    path = region_path(muscle, side)
    kinds = [path.elementAt(number).type for number in range(path.elementCount())]
    assert LINE not in kinds


def test_a_curve_goes_through_all_its_points() -> None:
    points = ((0.0, 0.0), (0.3, 0.1), (0.5, 0.6))
    path = smooth(points, closed=False)
    ends = [path.elementAt(number) for number in range(0, path.elementCount(), 3)]
    assert [(end.x, end.y) for end in ends] == [pytest.approx(point) for point in points]
    closed = smooth(points, closed=True)
    assert closed.currentPosition() == QPointF(0.0, 0.0)


@pytest.mark.parametrize("room", [QRectF(10, 20, 300, 900), QRectF(0, 0, 900, 300)])
def test_the_picture_is_as_large_as_its_room_allows_and_in_the_middle(room: QRectF) -> None:
    place = picture_transform(room)
    picture = place.mapRect(QRectF(0.0, 0.0, 1.0, HEIGHT))
    assert picture.center() == room.center()
    assert picture.width() == pytest.approx(min(room.width(), room.height() / HEIGHT), rel=0.02)


@pytest.mark.parametrize("room", [QRectF(10, 20, 300, 900), QRectF(0, 0, 900, 300)])
def test_no_stroke_of_the_face_is_cut_at_the_edge_of_its_room(room: QRectF) -> None:
    place = picture_transform(room)
    for shape in outline():
        if isinstance(shape, Curve):
            path, half = curve_path(shape), shape.width / 2.0
            stroked = path.boundingRect().adjusted(-half, -half, half, half)
            assert room.contains(place.mapRect(stroked))
