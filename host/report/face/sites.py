"""Where each electrode of a montage lies, its cable, and where its label stands. No Qt.

The picture is drawn as one faces the patient, as on an anatomical plate: the patient's right is on
the left. It is never mirrored, for whoever puts electrodes on looks from this side; both sides are
named at the top and at the bottom, in words and as R and L.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from host.report.face.geometry import Point, region
from host.translation import mark

GANGLION_CHANNELS = 4
PER_BOARD = 8
"""Channels of a Cyton; those after them are on its Daisy."""
ROW = 0.136
"""Least distance between the labels of two rows."""
ROWS_FROM, ROWS_TO = 0.11, 1.2
COLUMN = 0.0
"""Where the left column of cable numbers is centred; the right one is its mirror image."""

WIDER = 0.015
"""By how much half a badge with a pin's name is wider than one with a number."""


class Cables(enum.Enum):
    """How cables are named."""

    NUMBERS = "numbers"
    """By channel: 5."""
    PINS = "pins"
    """Also by the two pins of the board: IN5P, IN5N; "Daisy" for channels 9 to 16."""


class Spot(enum.Enum):
    """Where an electrode that all channels share may lie (T1); the value is read."""

    FOREHEAD = mark("forehead, middle")
    MASTOID_LEFT = mark("behind the ear, left")
    MASTOID_RIGHT = mark("behind the ear, right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An electrode that all channels share: ground or reference."""

    pin: str
    """As on the board: BIAS, SRB2."""
    role: str
    """In words: ground, reference."""
    spot: Spot


GROUND = Shared(pin="BIAS", role=mark("ground"), spot=Spot.FOREHEAD)
GANGLION_GROUND = Shared(pin="D_G", role="ground", spot=Spot.FOREHEAD)
REFERENCE = Shared(pin="SRB2", role=mark("reference"), spot=Spot.MASTOID_LEFT)
"""Only where each channel has one electrode against a common one (`--wiring common`)."""

_SPOTS: dict[Spot, Point] = {
    Spot.FOREHEAD: (0.5, 0.262),
    Spot.MASTOID_LEFT: (0.912, 0.59),
    Spot.MASTOID_RIGHT: (0.088, 0.59),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One label beside the face, and what it leads to."""

    channel: int | None
    """Column of the montage, from 0; None for an electrode that all channels share."""
    cable: str
    """What is written on the badge: the channel's number, or the shared electrode's pin."""
    title: str
    """The muscle in plain words, or what the shared electrode is."""
    pins: str
    """The board's pins; empty where cables are known by number alone."""
    side: Side | None
    """The patient's; None on the midline."""
    dots: tuple[Point, ...]
    """Signal and reference of a pair, or the one shared electrode."""
    badge: Point
    """Middle of the badge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Everything of a montage that is drawn: never mirrored, patient's right on the left."""

    name: str
    rows: tuple[Row, ...]

    def row(self, channel: int) -> Row | None:
        """Return a channel's row; None where it lies on no muscle."""
        return next((row for row in self.rows if row.channel == channel), None)


def sites_of(
    montage: Montage, cables: Cables = Cables.NUMBERS, shared: Sequence[Shared] = (GROUND,)
) -> Sites:
    """Place a montage's electrodes and labels; plain channels lie nowhere."""
    if len({one.spot for one in shared}) != len(shared):
        raise ValueError("two shared electrodes cannot lie on one spot")
    loose = [_pair(montage, column, cables) for column in range(len(montage.sites))]
    rows = [row for row in loose if row is not None] + [_shared(one) for one in shared]
    middle = tuple(row for row in rows if row.side is None)
    return Sites(name=montage.name, rows=(*_column(rows, Side.RIGHT), *_column(rows, Side.LEFT),
                                          *middle))  # fmt: skip


def as_documented(montage: Montage) -> Sites:
    """Place a ready montage as on the board that it is meant for, each channel bipolar (T1)."""
    if len(montage.sites) <= GANGLION_CHANNELS:
        return sites_of(montage, Cables.NUMBERS, (GANGLION_GROUND,))
    return sites_of(montage, Cables.PINS)


def pins_of(channel: int) -> str:
    """Return the pins of a channel, counted from 0, on a Cyton or its Daisy."""
    board, number = divmod(channel, PER_BOARD)
    if not 0 <= board <= 1:
        raise ValueError(f"a Cyton with Daisy has 16 channels, got channel {channel + 1}")
    return f"{'Daisy ' * board}IN{number + 1}P · IN{number + 1}N"


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return ascending places, each near the wanted one, at least `gap` apart, from low to high.

    Neighbours that would overlap move as a group around their mean. Where there is no room for
    so wide a gap all of it is shared evenly.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    # Without the gaps the task is to make the places ascend, by pooling those that do not.
    groups: list[list[float]] = []
    for number, place in enumerate(wanted):
        groups.append([place - number * gap])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    free = [_mean(group) for group in groups for _ in group]
    most = high - (len(free) - 1) * gap
    return [min(max(at, low), most) + number * gap for number, at in enumerate(free)]


def _mean(group: Sequence[float]) -> float:
    return sum(group) / len(group)


def _pair(montage: Montage, column: int, cables: Cables) -> Row | None:
    site = montage.sites[column]
    if site.side is None:
        return None
    # The face is symmetrical: facing the patient, the left half of the picture is the right side.
    dots = region(site.muscle, site.side.other).site
    return Row(
        channel=column,
        cable=str(column + 1),
        title=muscle(site.muscle).plain,
        pins=pins_of(column) if cables is Cables.PINS else "",
        side=site.side,
        dots=dots,
        badge=(0.0, 0.0),
    )


def _shared(one: Shared) -> Row:
    dot = _SPOTS[one.spot]
    side = {Spot.MASTOID_LEFT: Side.LEFT, Spot.MASTOID_RIGHT: Side.RIGHT}.get(one.spot)
    return Row(
        channel=None,
        cable=one.pin,
        title=one.role,
        pins=one.spot.value,
        side=side,
        dots=(dot,),
        badge=(0.5, -0.055),
    )


def _column(rows: Sequence[Row], side: Side) -> list[Row]:
    """Give the rows of one side their places below each other, in the order of their electrodes."""
    own = sorted((row for row in rows if row.side is side), key=_height)
    heights = spread([_height(row) for row in own], ROW, ROWS_FROM, ROWS_TO)
    places = zip(own, heights, strict=True)
    return [replace(row, badge=(_across(row, side), y)) for row, y in places]


def _across(row: Row, side: Side) -> float:
    """Return the middle of a badge; the inner edges of all stand below each other."""
    left = COLUMN - (WIDER if row.channel is None else 0.0)
    return left if side is Side.RIGHT else 1.0 - left


def _height(row: Row) -> float:
    return _mean([y for _, y in row.dots])
