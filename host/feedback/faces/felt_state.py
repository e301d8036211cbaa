"""What moved? The muscles that a patient felt, beside those that were measured (P6). No Qt.

The face is the patient's own, as in a mirror and as during practice: what is felt on the right is
on the right. Neither answer is right or wrong: felt and measured are put beside each other, and
where nothing was measured nothing is said.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import dist

from calibration.muscles import Side, muscle
from host.feedback.faces.face_state import Spot
from host.report.face.geometry import Point, Points, region
from host.report.face.status import ASK, CHECK, Sign
from host.translation import mark, tr

REACH = 0.09
"""A tap this near to the middle of a muscle is meant for it, in widths of the picture."""


class Agreement(enum.Enum):
    """How what was felt of a muscle and what was measured lie beside each other."""

    AGREE = mark("felt, and it moved")
    FELT_ONLY = mark("felt, and it stayed quiet")
    MOVED_ONLY = mark("moved, and was not felt")
    UNKNOWN = mark("no signal, so not known")


SIGNS: Mapping[Agreement, Sign] = {
    Agreement.AGREE: Sign(color="target", outline="disc", strokes=CHECK),
    Agreement.FELT_ONLY: Sign(color="quiet", outline="disc", strokes=(), hollow=True),
    Agreement.MOVED_ONLY: Sign(
        color="warm", outline="diamond", strokes=(((-0.45, 0.0), (0.45, 0.0)),)
    ),
    Agreement.UNKNOWN: Sign(color="unknown", outline="disc", strokes=ASK, hollow=True, dashed=True),
}


class Way(enum.Enum):
    """Where an arrow key leads, as seen on the screen."""

    LEFT = (-1.0, 0.0)
    RIGHT = (1.0, 0.0)
    UP = (0.0, -1.0)
    DOWN = (0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltState:
    """The question, and once it is answered the answer beside the measurement."""

    choices: tuple[Spot, ...]
    """Muscles that can be named, with their sides."""
    felt: frozenset[Spot] = frozenset()
    cursor: Spot | None = None
    """Where the keyboard is."""
    found: tuple[tuple[Spot, Agreement], ...] | None = None
    """Felt beside measured; None while the question is open."""

    def __post_init__(self) -> None:
        """Refuse answers that were no choice."""
        pointed = {self.cursor} - {None}
        if not (self.felt | pointed) <= set(self.choices):
            raise ValueError("only what can be chosen can be felt or pointed at")

    @property
    def open(self) -> bool:
        """Whether the patient may still answer."""
        return self.found is None


def toggled(state: FeltState, spot: Spot) -> FeltState:
    """Return the state after a muscle was named, or taken back; nothing changes once revealed."""
    if not state.open or spot not in state.choices:
        return state
    return replace(state, felt=state.felt ^ {spot}, cursor=spot)


def revealed(state: FeltState, measured: Mapping[Spot, bool | None]) -> FeltState:
    """Return the state with the measurement: True moved, False quiet, None unknown.

    A muscle that was felt and has no electrode is unknown, too; one that was neither felt nor
    moved needs no word. Unknown is never quiet: where nothing is known it is said, felt or not.
    """
    order = {spot: number for number, spot in enumerate(state.choices)}
    told = {spot: _agreement(moved=measured.get(spot), felt=spot in state.felt)
            for spot in {*state.felt, *measured}}  # fmt: skip
    places = sorted(told, key=lambda spot: (order.get(spot, len(order)), spot[0], spot[1].value))
    found = [(spot, agreement) for spot in places if (agreement := told[spot]) is not None]
    return replace(state, found=tuple(found), cursor=None)


def _agreement(*, moved: bool | None, felt: bool) -> Agreement | None:
    if moved is None:
        return Agreement.UNKNOWN
    if felt:
        return Agreement.AGREE if moved else Agreement.FELT_ONLY
    return Agreement.MOVED_ONLY if moved else None


def spot_at(point: Point, choices: Iterable[Spot]) -> Spot | None:
    """Return the muscle that a tap is meant for: one under it, else the nearest within reach."""
    near = {spot: dist(point, region(*spot).touch) for spot in choices}
    under = [spot for spot in near if _inside(point, region(*spot).outline)]
    reached = under or [spot for spot, far in near.items() if far <= REACH]
    return min(reached, key=lambda spot: near[spot], default=None)


def moved(state: FeltState, way: Way) -> FeltState:
    """Return the state with the keyboard on the next muscle that way; none there: it stays."""
    if not state.open or not state.choices:
        return state
    if state.cursor is None:
        return replace(state, cursor=state.choices[0])
    (x, y), (right, down) = region(*state.cursor).touch, way.value
    costs: dict[Spot, float] = {}
    for spot in state.choices:
        to_x, to_y = region(*spot).touch
        along = (to_x - x) * right + (to_y - y) * down
        aside = abs((to_x - x) * down) + abs((to_y - y) * right)
        if along > 0.01:
            costs[spot] = along + 3.0 * aside
    return replace(state, cursor=min(costs, key=lambda spot: costs[spot], default=state.cursor))


def spoken(state: FeltState) -> str:
    """Say the state: the question and what was named, or how it lies beside the measurement."""
    if state.found is None:
        named = ", ".join(named_spot(spot) for spot in state.choices if spot in state.felt)
        at = tr("; now at {muscle}").format(muscle=named_spot(state.cursor)) if state.cursor else ""
        return tr("What moved?") + " " + tr("Felt: {names}").format(names=named or tr("none")) + at
    parts = [f"{named_spot(spot)}: {tr(found.value)}" for spot, found in state.found]
    return "; ".join(parts) or tr("Nothing was felt, and nothing moved.")


def named_spot(spot: Spot) -> str:
    """Name a muscle with its side: "Eye, right"."""
    code, side = spot
    return f"{tr(muscle(code).plain)}, {tr(side.value)}"


def choices_for(codes: Iterable[str], sides: Iterable[Side] = tuple(Side)) -> tuple[Spot, ...]:
    """Return muscles on some sides, from forehead to neck."""
    wanted, both = list(codes), list(sides)
    spots = [(code, side) for code in wanted for side in both]
    return tuple(sorted(spots, key=lambda spot: (region(*spot).touch[1], spot[1].value)))


def _inside(point: Point, outline: Points) -> bool:
    """Tell whether a point lies inside a polygon: a ray from it crosses an odd number of edges."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd
