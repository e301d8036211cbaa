"""How an electrode site is marked: a colour, a shape and a sign for each state. No Qt.

Nobody has to tell colours apart: the outline says how bad it is (disc, diamond, square), the sign
inside says what it is, and a word stands beside it.
"""

import enum
from dataclasses import dataclass
from typing import Literal

from host.report.face.geometry import Point, Points
from host.report.face.shapes import Curve, Disc, Drawing
from host.translation import mark


class Status(enum.Enum):
    """State of an electrode site; the value is the word beside it."""

    PLAIN = ""
    """Nothing is said of it: a picture of where it lies."""
    GOOD = mark("good")
    NOISY = mark("noisy")
    MAINS = mark("mains")
    SWAPPED = mark("swapped?")
    LOOSE = mark("loose")
    RAILED = mark("railed")
    EXCLUDED = mark("left out")
    UNKNOWN = mark("unknown")


Outline = Literal["disc", "diamond", "square"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """How a state is drawn."""

    color: str
    outline: Outline
    strokes: tuple[Points, ...]
    """Lines of the sign, from -1 to 1."""
    hollow: bool = False
    dashed: bool = False


_ZIGZAG: Points = ((-0.5, 0.0), (-0.3, -0.3), (-0.1, 0.3), (0.1, -0.3), (0.3, 0.3), (0.5, 0.0))
_WAVE: Points = ((-0.6, 0.0), (-0.3, -0.42), (0.0, 0.0), (0.3, 0.42), (0.6, 0.0))
ASK: tuple[Points, ...] = (
    ((-0.28, -0.28), (-0.15, -0.52), (0.15, -0.52), (0.28, -0.25), (0.05, 0.02), (0.0, 0.2)),
    ((0.0, 0.5), (0.0, 0.52)),
)
CHECK: tuple[Points, ...] = (((-0.45, 0.05), (-0.12, 0.38), (0.48, -0.35)),)
SIGNS: dict[Status, Sign] = {
    Status.GOOD: Sign(color="target", outline="disc", strokes=CHECK),
    Status.NOISY: Sign(color="warm", outline="diamond", strokes=(_ZIGZAG,)),
    Status.MAINS: Sign(color="warm", outline="diamond", strokes=(_WAVE,)),
    Status.SWAPPED: Sign(color="over", outline="square", strokes=(
        ((-0.5, -0.25), (0.5, -0.25), (0.22, -0.5)), ((0.5, 0.25), (-0.5, 0.25), (-0.22, 0.5)))),
    Status.LOOSE: Sign(color="over", outline="square", strokes=(((-0.42, -0.42), (0.42, 0.42)),
                                                          ((-0.42, 0.42), (0.42, -0.42)))),
    Status.RAILED: Sign(color="over", outline="square", strokes=(
        ((-0.5, -0.5), (0.5, -0.5)), ((0.0, 0.55), (0.0, -0.15)),
        ((-0.3, 0.12), (0.0, -0.2), (0.3, 0.12)))),
    Status.EXCLUDED: Sign(color="faint", outline="disc", strokes=(((-0.45, 0.0), (0.45, 0.0)),),
                          hollow=True),
    Status.UNKNOWN: Sign(color="unknown", outline="disc", strokes=ASK, hollow=True, dashed=True),
}  # fmt: skip


def sign_drawing(sign: Sign, centre: Point, radius: float) -> Drawing:
    """Draw the sign of a state."""
    return (_frame(sign, centre, radius), *_strokes(sign, centre, radius))


def _frame(sign: Sign, centre: Point, radius: float) -> Curve | Disc:
    fill = "" if sign.hollow else sign.color
    width = 0.16 * radius
    if sign.outline == "disc":
        return Disc(centre=centre, radius=radius, fill=fill, stroke=sign.color, width=width,
                    dashed=sign.dashed)  # fmt: skip
    square = ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88))
    diamond = ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0))
    points = diamond if sign.outline == "diamond" else square
    return Curve(points=_scaled(points, centre, radius), closed=True, straight=True, fill=fill,
                 stroke=sign.color, width=width)  # fmt: skip


def _strokes(sign: Sign, centre: Point, radius: float) -> tuple[Curve, ...]:
    color = "ink" if sign.hollow else "background"
    return tuple(
        Curve(points=_scaled(line, centre, radius), straight=True, stroke=color, width=0.2 * radius)
        for line in sign.strokes
    )


def _scaled(points: Points, centre: Point, radius: float) -> Points:
    return tuple((centre[0] + radius * x, centre[1] + radius * y) for x, y in points)
