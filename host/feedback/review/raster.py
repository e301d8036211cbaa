"""Turn levels into pixels: one strip per muscle, both sides mirrored about a middle line. No Qt.

All sides are drawn at once. Polygons of a thousand points for sixteen channels would take longer
than a person should wait, and so would hundreds of small steps beside threads that judge. A pixel
that a level half covers is half coloured.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import BoolArray, FloatArray

Pixels = NDArray[np.uint32]
"""0xffRRGGBB each, as Qt's 32-bit format has it on every machine."""
Colour = tuple[int, int, int]
"""Red, green, blue."""
Marked = tuple[tuple[BoolArray, Colour], ...]
"""Columns to be marked, `(n_sides, n_columns)`, with their colour, from the outer edge inwards."""

HATCH_PX = 7
LEAST_PX = 2
"""The lowest known level; the middle line covers one pixel of it."""
MARK_PX = 4
"""Height of the marks at the outer edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """Colours of a strip."""

    ground: Colour
    hold: Colour
    """The ground while a movement is held."""
    hatch: Colour
    line: Colour

    def under(self, held: BoolArray) -> Pixels:
        """Return the ground of each column; `held` says where a movement was to be held."""
        ground: Pixels = np.where(held, packed(self.hold), packed(self.ground))
        return ground


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sides:
    """Sides of strips; arrays are `(n_sides, n_columns)`, heights are shares of a side's height."""

    level: FloatArray
    """NaN where unknown."""
    threshold: FloatArray
    """NaN where the muscle was not judged."""
    ink: Pixels
    """The colour of each level."""
    marks: Marked = ()


def levels(sides: Sides, ground: Pixels, rows: int, inks: Inks) -> Pixels:
    """Return `(n_sides, rows, n_columns)` pixels, the first row at the middle line."""
    unknown: BoolArray = np.isnan(sides.level)
    # Quiet is not nothing: a known level is always seen.
    size = np.where(unknown, 0.0, np.clip(sides.level * rows, min(LEAST_PX, rows), rows))
    full = size.astype(np.int64)
    picture = np.where(
        np.arange(rows)[:, np.newaxis] < full[:, np.newaxis], sides.ink[:, np.newaxis], ground
    )
    side, column = np.nonzero(size > full)
    row = full[side, column]
    share: FloatArray = size[side, column] - row
    picture[side, row, column] = mixed(ground[column], sides.ink[side, column], share)
    side, column = np.nonzero(~np.isnan(sides.threshold) & ~unknown)
    row = np.minimum((sides.threshold[side, column] * rows).astype(np.int64), rows - 1)
    picture[side, row, column] = mixed(picture[side, row, column], packed(inks.line), 0.55)
    _hatch(picture, unknown, ground, inks)
    for number, (columns, colour) in enumerate(sides.marks):
        end = rows - number * (MARK_PX + 1)
        edge = picture[:, max(end - MARK_PX, 0) : max(end, 0)]
        np.copyto(edge, packed(colour), where=columns[:, np.newaxis])
    return picture


def traces(low: FloatArray, high: FloatArray, ground: Pixels, rows: int, inks: Inks) -> Pixels:
    """Return `(n_sides, rows, n_columns)` pixels of raw signals, the first row at the top.

    `low` and `high`, -1 to 1, are the ends of each column's line; NaN is hatched.
    """
    unknown: BoolArray = np.isnan(low + high)
    top, bottom = ((0.5 - 0.46 * np.clip(end, -1.0, 1.0)) * rows for end in (high, low))
    # Columns of a steep signal meet: each reaches as far as its neighbour.
    begin, end = top.copy(), bottom.copy()
    begin[:, 1:] = np.fmin(top[:, 1:], bottom[:, :-1])
    end[:, 1:] = np.fmax(bottom[:, 1:], top[:, :-1])
    begin = np.clip(np.where(unknown, 0.0, begin) - 0.5, 0.0, rows - 1.0)
    end = np.clip(np.where(unknown, 0.0, end) + 0.5, begin + 1.0, float(rows))
    first, last = np.ceil(begin).astype(np.int64), np.floor(end).astype(np.int64)
    at = np.arange(rows)[:, np.newaxis]
    inside = (at >= first[:, np.newaxis]) & (at < last[:, np.newaxis])
    picture = np.where(inside, packed(inks.line), ground)
    for row, share in ((first - 1, first - begin), (last, end - last)):
        side, column = np.nonzero(share > 0.0)
        partly = mixed(ground[column], packed(inks.line), share[side, column])
        picture[side, row[side, column], column] = partly
    np.copyto(picture, ground, where=unknown[:, np.newaxis])
    _hatch(picture, unknown, ground, inks)
    return picture


def strip(upper: Pixels, lower: Pixels, inks: Inks) -> Pixels:
    """Join the pixels of two sides, each `(rows, n_columns)` from the top, about a middle line."""
    picture = np.concatenate([upper, lower])
    picture[len(upper) - 1 : len(upper) + 1] = packed(inks.line)
    return picture


def _hatch(picture: Pixels, where: BoolArray, ground: Pixels, inks: Inks) -> None:
    """Draw slanting lines over columns of which nothing is known."""
    if not where.any():
        return
    rows, columns = picture.shape[1:]
    slant = (np.arange(rows)[:, np.newaxis] + np.arange(columns)) % HATCH_PX
    weak = np.where(slant == 1, mixed(ground, packed(inks.hatch), 0.3), ground)
    drawn = np.where(slant == 0, mixed(ground, packed(inks.hatch), 0.75), weak)
    np.copyto(picture, drawn, where=where[:, np.newaxis])


def packed(colour: Colour) -> np.uint32:
    """Return a colour as a pixel."""
    red, green, blue = colour
    return np.uint32(0xFF000000 | red << 16 | green << 8 | blue)


def mixed(under: Pixels, over: Pixels | np.uint32, share: FloatArray | float) -> Pixels:
    """Return pixels `share` of the way from `under` to `over`."""
    found: Pixels = np.full(under.shape, 0xFF000000, dtype=np.uint32)
    for shift in (16, 8, 0):
        begin = ((under >> shift) & 255).astype(np.float64)
        end = (over >> shift) & 255
        found |= np.rint(begin + share * (end - begin)).astype(np.uint32) << shift
    return found
