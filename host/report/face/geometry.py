"""The face as plain data: its lines, and where each muscle and its electrodes lie. No Qt.

Points are (x, y) in widths of the picture, for the patient's right half: x outwards from the
midline, y downwards from the top. As in a mirror, the patient's right is on the screen's right.
Places follow Fridlund and Cacioppo (1986), drawn by eye for orientation, not for measuring.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from calibration.muscles import Side

Point = tuple[float, float]
Points = tuple[Point, ...]

HEIGHT = 1.3
"""Height of the picture, in widths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where one muscle lies: a smooth closed curve through its points."""

    outline: Points
    hole: Points = ()
    """A closed curve cut out of it."""
    site: tuple[Point, Point]
    """The pair of electrodes, along the fibres."""

    @property
    def touch(self) -> Point:
        """Where a fingertip rests on the muscle: between its electrodes."""
        (x1, y1), (x2, y2) = self.site
        return ((x1 + x2) / 2, (y1 + y2) / 2)


def region(muscle: str, side: Side) -> Region:
    """Return a muscle's region in the picture, x from 0 (left edge) to 1."""
    if muscle not in RIGHT:
        raise ValueError(f"the face has no muscle {muscle!r}; known: {', '.join(RIGHT)}")
    half = RIGHT[muscle]
    first, second = half.site
    return Region(
        outline=placed(half.outline, side),
        hole=placed(half.hole, side),
        site=(_placed(first, side), _placed(second, side)),
    )


def placed(points: Points, side: Side) -> Points:
    """Return points of the half face as points of the picture."""
    return tuple(_placed(point, side) for point in points)


def joined(points: Points) -> Points:
    """Return a line of the half face, from the midline outwards, joined to its mirror image."""
    mirrored = [_placed(point, Side.LEFT) for point in reversed(points) if point[0]]
    return (*mirrored, *placed(points, Side.RIGHT))


def _placed(point: Point, side: Side) -> Point:
    outwards, down = point
    return (0.5 + outwards if side is Side.RIGHT else 0.5 - outwards, down)


EYE: Points = ((0.09, 0.548), (0.12, 0.517), (0.165, 0.507), (0.21, 0.525), (0.233, 0.548),
               (0.2, 0.566), (0.16, 0.572), (0.12, 0.566))  # fmt: skip
PUPIL: Point = (0.162, 0.538)
PUPIL_RADIUS = 0.024

HEAD: Points = ((0.0, 0.06), (0.16, 0.085), (0.29, 0.19), (0.355, 0.36), (0.362, 0.53),
                (0.343, 0.69), (0.285, 0.85), (0.18, 0.98), (0.08, 1.03), (0.0, 1.037))  # fmt: skip
"""From the crown to the chin."""
HAIR: Points = ((0.0, 0.0), (0.19, 0.02), (0.335, 0.115), (0.395, 0.29), (0.392, 0.42),
                (0.368, 0.5), (0.352, 0.4), (0.32, 0.3), (0.24, 0.228), (0.12, 0.196),
                (0.0, 0.19))  # fmt: skip
"""From the crown around to the middle of the hairline."""
BODY: Points = ((0.21, 0.93), (0.205, 1.06), (0.23, 1.13), (0.33, 1.18), (0.43, 1.22),
                (0.48, 1.3))  # fmt: skip
"""Neck and shoulder."""

PAIRED: tuple[Points, ...] = (
    ((0.364, 0.5), (0.393, 0.475), (0.413, 0.52), (0.402, 0.6), (0.378, 0.665), (0.352, 0.655)),
    ((0.068, 0.448), (0.13, 0.414), (0.2, 0.408), (0.262, 0.442)),
    ((0.038, 0.59), (0.044, 0.645), (0.066, 0.695), (0.078, 0.725), (0.065, 0.746), (0.04, 0.738)),
    ((0.1, 0.495), (0.16, 0.482), (0.222, 0.502)),
)
"""Ear, eyebrow, wing of the nose, fold of the lid; once for each side."""

CENTRED: tuple[Points, ...] = (
    ((0.0, 0.757), (0.025, 0.75)),
    ((0.0, 0.806), (0.025, 0.798), (0.07, 0.81), (0.125, 0.832)),
    ((0.0, 0.836), (0.05, 0.832), (0.09, 0.835), (0.125, 0.832)),
    ((0.0, 0.882), (0.045, 0.876), (0.09, 0.857), (0.125, 0.832)),
    ((0.0, 0.928), (0.035, 0.932)),
)
"""Base of the nose, upper lip, mouth, lower lip, fold of the chin; joined at the midline."""

RIGHT: Mapping[str, Region] = {
    "FRO": Region(
        outline=((0.1, 0.29), (0.17, 0.258), (0.25, 0.28), (0.285, 0.345), (0.265, 0.395),
                 (0.19, 0.376), (0.11, 0.382)),
        site=((0.19, 0.295), (0.19, 0.345)),
    ),
    "COR": Region(
        outline=((0.028, 0.445), (0.07, 0.41), (0.13, 0.39), (0.165, 0.402), (0.13, 0.428),
                 (0.075, 0.456), (0.04, 0.47)),
        site=((0.068, 0.436), (0.115, 0.412)),
    ),
    "OOC": Region(
        outline=((0.055, 0.545), (0.085, 0.478), (0.16, 0.452), (0.24, 0.475), (0.278, 0.545),
                 (0.245, 0.618), (0.165, 0.642), (0.085, 0.615)),
        hole=EYE,
        site=((0.165, 0.611), (0.215, 0.602)),
    ),
    "LLS": Region(
        outline=((0.062, 0.615), (0.095, 0.64), (0.115, 0.7), (0.115, 0.765), (0.09, 0.79),
                 (0.087, 0.74), (0.07, 0.68)),
        site=((0.088, 0.67), (0.1, 0.72)),
    ),
    "ZYG": Region(
        outline=((0.285, 0.62), (0.312, 0.65), (0.255, 0.73), (0.185, 0.805), (0.145, 0.825),
                 (0.15, 0.79), (0.215, 0.7)),
        site=((0.245, 0.69), (0.21, 0.73)),
    ),
    "OOR": Region(
        outline=((0.0, 0.772), (0.06, 0.772), (0.13, 0.795), (0.163, 0.833), (0.13, 0.878),
                 (0.06, 0.907), (0.0, 0.91), (0.0, 0.89), (0.045, 0.876), (0.09, 0.857),
                 (0.125, 0.832), (0.07, 0.81), (0.025, 0.798), (0.0, 0.802)),
        site=((0.05, 0.892), (0.1, 0.875)),
    ),
    "DAO": Region(
        outline=((0.145, 0.85), (0.168, 0.865), (0.19, 0.93), (0.165, 0.965), (0.115, 0.962),
                 (0.128, 0.9)),
        site=((0.148, 0.885), (0.15, 0.935)),
    ),
    "MEN": Region(
        outline=((0.006, 0.945), (0.05, 0.935), (0.085, 0.955), (0.08, 0.995), (0.035, 1.015),
                 (0.006, 1.015)),
        site=((0.035, 0.955), (0.035, 1.0)),
    ),
    "PLA": Region(
        outline=((0.08, 1.06), (0.14, 1.035), (0.19, 0.995), (0.197, 1.06), (0.22, 1.135),
                 (0.28, 1.18), (0.2, 1.225), (0.1, 1.225), (0.07, 1.14)),
        site=((0.14, 1.09), (0.15, 1.14)),
    ),
}  # fmt: skip
"""The regions of the right half, from forehead to neck (T1)."""
