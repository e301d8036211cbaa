"""A drawing as plain data: curves, discs and words. Qt paints it, `svg.py` writes it.

Coordinates and sizes are in widths of the face's picture, as in `geometry.py`; colours are the
names of a theme's colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from host.report.face.geometry import Point, Points

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points, smooth or straight, open or closed."""

    points: Points
    closed: bool = False
    straight: bool = False
    stroke: str = ""
    """Colour of the line; empty for none."""
    fill: str = ""
    width: float = 0.006
    opacity: float = 1.0
    """Of the filling."""
    dashed: bool = False
    hole: Points = ()
    """A smooth closed curve cut out of the filling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A disc or a ring."""

    centre: Point
    radius: float
    fill: str = ""
    stroke: str = ""
    width: float = 0.006
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """One line of words, around the height of `at`."""

    words: str
    at: Point
    size: float
    """Height of the letters' em."""
    color: str
    anchor: Anchor = "middle"
    bold: bool = False
    room: float = 0.0
    """Width that it must not exceed; 0 for no limit."""


Shape = Curve | Disc | Letters
Drawing = tuple[Shape, ...]

Cubic = tuple[Point, Point, Point]
"""Two control points and the end of a piece of a Bézier curve."""


def cubics(points: Sequence[Point], *, closed: bool) -> list[Cubic]:
    """Return the curve through all points, after the first one (Catmull and Rom, 1974)."""
    knots = list(points)
    before, after = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    run = [*before, *knots, *after]
    return [
        (_along(b, a, c, 1.0 / 6.0), _along(c, b, d, -1.0 / 6.0), c)
        for a, b, c, d in zip(run, run[1:], run[2:], run[3:], strict=False)
    ]


def _along(point: Point, start: Point, end: Point, share: float) -> Point:
    return (
        point[0] + share * (end[0] - start[0]),
        point[1] + share * (end[1] - start[1]),
    )
