"""Turn levels into pixels: one strip per muscle, both sides mirrored about a middle line. No Qt.

Painting polygons of a thousand points for sixteen channels takes longer than a person should
wait; as arrays it takes milliseconds. A pixel that a level half covers is half coloured.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.chain.stream import BoolArray, FloatArray

Pixels = NDArray[np.uint8]
Colour = tuple[int, int, int]

HATCH_PX = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Inks:
    """Colours of a strip, as red, green, blue."""

    ground: Colour
    hold: Colour
    """The ground while a movement is held."""
    hatch: Colour
    line: Colour


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Half:
    """One side of a strip, by pixel columns; heights are shares of the half's height."""

    level: FloatArray
    """NaN where unknown."""
    threshold: FloatArray
    """NaN where the muscle was not judged."""
    active: BoolArray
    """Where an episode went on."""
    ink: FloatArray
    """`(n_columns, 3)`: the colour of a level that is no episode."""
    over: Colour
    """The colour of an episode."""


def strip(
    upper: Half | None, lower: Half | None, held: BoolArray, height: int, inks: Inks
) -> Pixels:
    """Return `(height, n_columns, 4)` blue, green, red and 255: one muscle, both sides.

    `held` says for each column whether a movement was to be held. A side without an electrode
    stays empty.
    """
    ground = np.where(held[:, np.newaxis], inks.hold, inks.ground).astype(np.float32)
    picture = np.repeat(ground[np.newaxis], height, axis=0)
    middle = height // 2
    for half, part, away in (
        (upper, picture[:middle], np.arange(middle, 0, -1) - 0.5),
        (lower, picture[middle:], np.arange(1, height - middle + 1) - 0.5),
    ):
        if half is not None:
            _fill(part, half, away.astype(np.float64), inks)
    picture[middle - 1 : middle + 1] = np.asarray(inks.line)
    return _packed(picture)


def traces(
    upper: FloatArray | None, lower: FloatArray | None, held: BoolArray, height: int, inks: Inks
) -> Pixels:
    """Return pixels of raw signals: `(n_columns, 2)` lowest and highest of each, -1 to 1.

    NaN is hatched. Each side is drawn about the middle of its own half.
    """
    ground = np.where(held[:, np.newaxis], inks.hold, inks.ground).astype(np.float32)
    picture = np.repeat(ground[np.newaxis], height, axis=0)
    middle = height // 2
    for side, part in ((upper, picture[:middle]), (lower, picture[middle:])):
        if side is not None:
            _draw_trace(part, side, inks)
    picture[middle - 1 : middle + 1] = np.asarray(inks.line)
    return _packed(picture)


def _fill(part: np.ndarray, half: Half, away: FloatArray, inks: Inks) -> None:
    """Fill one side's pixels, `(n_rows, n_columns, 3)`; `away` is each row's way to the middle."""
    rows = len(away)
    unknown = np.isnan(half.level)
    size = np.where(unknown, 0.0, half.level) * rows
    # Quiet is not nothing: a known level is always seen.
    size = np.where(unknown, 0.0, np.maximum(size, 1.0))
    cover = np.clip(size - away[:, np.newaxis] + 0.5, 0.0, 1.0).astype(np.float32)
    ink = np.where(half.active[:, np.newaxis], half.over, half.ink).astype(np.float32)
    part += cover[:, :, np.newaxis] * (ink - part)
    _hatch(part, unknown, inks)
    judged = ~np.isnan(half.threshold) & ~unknown
    line = np.where(judged, half.threshold, 2.0) * rows
    on = np.abs(away[:, np.newaxis] - line) <= 0.5
    part[on] += 0.55 * (np.asarray(inks.line, dtype=np.float32) - part[on])


def _draw_trace(part: np.ndarray, side: FloatArray, inks: Inks) -> None:
    rows = len(part)
    unknown: BoolArray = np.isnan(side[:, 0] + side[:, 1])
    known = np.where(unknown[:, np.newaxis], 0.0, side)
    y = (0.5 - 0.46 * np.clip(known, -1.0, 1.0)) * rows
    top, bottom = np.minimum(y[:, 1], y[:, 0]), np.maximum(y[:, 1], y[:, 0])
    # Columns of a steep signal meet: each reaches as far as its neighbour begins.
    top[1:] = np.minimum(top[1:], bottom[:-1])
    at = np.arange(rows)[:, np.newaxis] + 0.5
    cover = np.clip(np.minimum(at - top + 1.0, bottom + 1.0 - at), 0.0, 1.0)
    cover = (cover * ~unknown).astype(np.float32)
    part += cover[:, :, np.newaxis] * (np.asarray(inks.line, dtype=np.float32) - part)
    _hatch(part, unknown, inks)


def _hatch(part: np.ndarray, where: BoolArray, inks: Inks) -> None:
    """Draw slanting lines over columns of which nothing is known."""
    if not where.any():
        return
    columns = np.flatnonzero(where)
    slant = (np.arange(len(part))[:, np.newaxis] + columns) % HATCH_PX
    cover = np.where(slant == 0, 0.75, np.where(slant == 1, 0.3, 0.0)).astype(np.float32)
    stretch = part[:, columns]
    ink = np.asarray(inks.hatch, dtype=np.float32)
    part[:, columns] = stretch + cover[:, :, np.newaxis] * (ink - stretch)


def _packed(picture: np.ndarray) -> Pixels:
    """Return pixels in the order of Qt's 32-bit format on little-endian machines."""
    packed = np.full((*picture.shape[:2], 4), 255, dtype=np.uint8)
    packed[..., :3] = picture[..., ::-1]
    return packed
