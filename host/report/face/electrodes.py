"""The picture of a montage: the face, its electrodes, their cables and how they do. No Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from calibration.muscles import Side
from host.report.face.geometry import HEIGHT, Point
from host.report.face.outline import outline
from host.report.face.shapes import Anchor, Curve, Disc, Drawing, Letters, Shape
from host.report.face.sites import WIDER, Row, Sites
from host.report.face.status import SIGNS, Status, sign_drawing
from host.translation import mark, tr

LEFT, TOP, RIGHT, BOTTOM = -0.5, -0.13, 1.5, HEIGHT + 0.13
"""Edges of the picture, in widths of the face's own."""
DOT = 0.0175
BADGE = (0.1, 0.09)
"""Width and height of the badge of a cable number."""
NAME, SMALL, LETTER = 0.052, 0.038, 0.085
BESIDE = 0.072
"""From the middle of the badge to its words."""
SIGN = 0.025

NOTHING: Mapping[int, Status] = MappingProxyType({})


def electrode_drawing(sites: Sites, status: Mapping[int, Status] = NOTHING) -> Drawing:
    """Draw a montage as one faces the patient; a channel without a state is only placed."""
    return (*still_drawing(sites), *live_drawing(sites, status))


def still_drawing(sites: Sites) -> Drawing:
    """Draw what no state changes: the face, the sides' names, the lines, numbers and muscles."""
    lines = (shape for row in sites.rows for shape in _leader(row))
    return (*outline(), *_sides(), *lines, *(s for row in sites.rows for s in _label(row)))


def live_drawing(sites: Sites, status: Mapping[int, Status] = NOTHING) -> Drawing:
    """Draw the electrodes and their states."""
    shapes: list[Shape] = []
    for row in sites.rows:
        state = Status.PLAIN if row.channel is None else status.get(row.channel, Status.PLAIN)
        shapes += [*_dots(row, state), *_state(row, state)]
    return tuple(shapes)


def _sides() -> Drawing:
    """Name the patient's sides at the top and at the bottom, and from where one looks."""
    shapes: list[Shape] = []
    for side, letter, edge, anchor, words in _SIDE_NAMES:
        inwards = 1.0 if side is Side.RIGHT else -1.0
        for y in (TOP + 0.075, BOTTOM - 0.075):
            shapes += [
                Letters(words=letter, at=(edge + 0.03 * inwards, y), size=LETTER, color="ink",
                        anchor=anchor, bold=True),
                Letters(words=tr(words), at=(edge + 0.115 * inwards, y + 0.004), size=NAME,
                        color="faint", anchor=anchor),
            ]  # fmt: skip
    caption = tr("as you face the patient")
    bottom = Letters(words=caption, at=(0.5, BOTTOM - 0.071), size=SMALL, color="faint")
    return (*shapes, bottom)


_SIDE_NAMES: tuple[tuple[Side, str, float, Anchor, str], ...] = (
    (Side.RIGHT, "R", LEFT, "start", mark("patient’s right")),
    (Side.LEFT, "L", RIGHT, "end", mark("patient’s left")),
)


def _outwards(row: Row) -> float:
    return -1.0 if row.side is Side.RIGHT else 1.0


def _leader(row: Row) -> Drawing:
    """Draw the line from a badge to its electrodes: level at first, then straight to them."""
    x, y = row.badge
    if row.side is None:
        start: tuple[Point, ...] = ((x, y + BADGE[1] / 2),)
    else:
        inwards = -_outwards(row)
        start = ((x + inwards * _half(row), y), (x + inwards * (_half(row) + 0.03), y))
    end = min(row.dots, key=lambda dot: abs(dot[0] - x))
    line = Curve(points=(*start, end), straight=True, stroke="faint", width=0.0035)
    between = Curve(points=row.dots, straight=True, stroke="ink", width=0.006)
    return (line, between) if len(row.dots) > 1 else (line,)


def _label(row: Row) -> Drawing:
    x, y = row.badge
    badge = _badge(row)
    if row.side is None:
        at = (x + _half(row) + 0.025, y + 0.002)
        return (
            *badge,
            Letters(words=tr(row.title), at=at, size=SMALL, color="ink", anchor="start"),
        )
    outwards, anchor = _outwards(row), _anchor(row)
    beside = (
        x + outwards * BESIDE if row.channel is not None else x + outwards * (_half(row) + 0.02)
    )
    shapes: Drawing = (
        *badge,
        Letters(words=tr(row.title), at=(beside, y - 0.03), size=NAME, color="ink", anchor=anchor,
                room=0.36),
    )  # fmt: skip
    if row.channel is None:
        spot = Letters(words=tr(row.pins), at=(beside, y + 0.027), size=SMALL, color="faint",
                       anchor=anchor, room=0.4)  # fmt: skip
        return (*shapes, spot)
    return shapes


def _badge(row: Row) -> Drawing:
    x, y = row.badge
    half, high = _half(row), BADGE[1] / 2
    left, right, top, bottom = x - half, x + half, y - high, y + high
    shared = row.channel is None
    frame = Curve(
        points=((left, top), (right, top), (right, bottom), (left, bottom)),
        closed=True,
        straight=True,
        fill="background" if shared else "track",
        stroke="faint" if shared else "line",
        width=0.004,
    )
    size = SMALL if shared else 0.064
    number = Letters(words=row.cable, at=(x, y + 0.002), size=size, color="ink", bold=True)
    return frame, number


def _half(row: Row) -> float:
    """Return half the width of a badge: a pin's name is longer than a number."""
    return BADGE[0] / 2 + (WIDER if row.channel is None else 0.0)


def _anchor(row: Row) -> Anchor:
    return "end" if row.side is Side.RIGHT else "start"


def _dots(row: Row, state: Status) -> Drawing:
    """Draw the electrodes: the signal is filled, its reference a ring."""
    sign = SIGNS.get(state)
    color, dashed = (sign.color, sign.dashed) if sign else ("ink", False)
    filled = color if sign is None or not sign.hollow else "background"
    looks = (filled, "background") if len(row.dots) > 1 else ("background",)
    return tuple(
        Disc(
            centre=dot,
            radius=DOT,
            fill=fill,
            stroke=color,
            width=0.005 if dashed else 0.009,
            dashed=dashed,
        )
        for dot, fill in zip(row.dots, looks, strict=True)
    )


def _state(row: Row, state: Status) -> Drawing:
    """Write the state below the muscle's name, its sign before it; pins after it."""
    if row.channel is None:
        return ()
    x, y = row.badge
    outwards, anchor = _outwards(row), _anchor(row)
    at, low = x + outwards * BESIDE, y + 0.034
    words = " · ".join(filter(None, [tr(state.value), row.pins if state is Status.PLAIN else ""]))
    sign: Drawing = ()
    if state is not Status.PLAIN:
        sign = sign_drawing(SIGNS[state], (at + outwards * SIGN, low), SIGN)
        at += outwards * (2.0 * SIGN + 0.018)
    text = Letters(words=words, at=(at, low + 0.001), size=SMALL, color="ink" if sign else "faint",
                   anchor=anchor, room=0.34)  # fmt: skip
    return (*sign, text) if words else sign
