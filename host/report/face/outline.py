"""The face itself and its muscles as a drawing, before anything is shown on it."""

from functools import cache

from calibration.muscles import Side
from host.report.face import geometry
from host.report.face.geometry import Point, Points
from host.report.face.shapes import Curve, Disc, Drawing


@cache
def outline() -> Drawing:
    """Return the face alone, from back to front."""
    lines = [geometry.joined(line) for line in geometry.CENTRED]
    pairs = (geometry.BODY, *geometry.PAIRED)
    lines += [geometry.placed(line, side) for side in Side for line in pairs]
    return (
        _filled(geometry.joined(geometry.HEAD), "skin"),
        *(shape for side in Side for shape in _eye(side)),
        *(Curve(points=line, stroke="line") for line in lines),
        _filled(geometry.joined(geometry.HAIR), "hair"),
    )


def muscle_shape(
    code: str, side: Side, color: str, opacity: float, *, dashed: bool = False
) -> Curve:
    """Return a muscle's region as a veil, or, dashed, only as an outline."""
    place = geometry.region(code, side)
    return Curve(
        points=place.outline,
        hole=place.hole,
        closed=True,
        stroke=color,
        fill="" if dashed else color,
        opacity=opacity,
        width=0.007,
        dashed=dashed,
    )


def _eye(side: Side) -> tuple[Curve, Disc]:
    centre: Point = geometry.placed((geometry.PUPIL,), side)[0]
    ball = _filled(geometry.placed(geometry.EYE, side), "background")
    return ball, Disc(centre=centre, radius=geometry.PUPIL_RADIUS, fill="line", stroke="line")


def _filled(points: Points, fill: str) -> Curve:
    return Curve(points=points, closed=True, stroke="line", fill=fill)
