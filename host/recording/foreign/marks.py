"""What other programs marked: columns that change beside the samples, as stretches of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from host.chain.stream import FloatArray, IntArray
from host.recording.events import Marker
from host.recording.foreign.text_rows import fields, number

MOST = 10_000
"""A column that changes more often than this marks nothing."""

_NOTHING = {"", "nan", "none", "null", "-"}
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One mark, before rows are put on the axis of samples."""

    start: float
    """Row of the file; a fraction lies between two rows."""
    stop: float
    """Row after the last; no more than `start` + 1 is a moment."""
    text: str
    by: str

    def moved(self, rows: int) -> "Mark":
        """Return the mark in a file that begins `rows` later."""
        return replace(self, start=self.start - rows, stop=self.stop - rows)


Marked = tuple[tuple[Mark, ...], tuple[str, ...]]
"""Marks, and what to say about them."""


def clean(text: str) -> str:
    """Return text for one line of a screen."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1] + "…"


def from_numbers(values: FloatArray, by: str) -> Marked:
    """Return a mark for each stretch of the same value that is neither 0 nor NaN."""
    filled = np.nan_to_num(values)
    edges = [0, *(np.flatnonzero(np.diff(filled)) + 1).tolist(), len(filled)]
    if len(edges) > MOST:
        return (), (_too_often(by),)
    stretches = ((start, stop, float(filled[start])) for start, stop in pairwise(edges))
    return tuple(
        Mark(start=start, stop=stop, text=f"{value:g}", by=by)
        for start, stop, value in stretches
        if value
    ), ()


def from_column(rows: Sequence[str], separator: str, column: int, by: str) -> Marked:
    """Return a mark for each stretch of rows with the same text that says something."""
    cells = [_cell(row, separator, column) for row in rows]
    edges = [0, *(row for row in range(1, len(cells)) if cells[row] != cells[row - 1]), len(cells)]
    if len(edges) > MOST:
        return (), (_too_often(by),)
    return tuple(
        Mark(start=start, stop=stop, text=clean(cells[start]), by=by)
        for start, stop in pairwise(edges)
        if not _says_nothing(cells[start])
    ), ()


def _cell(row: str, separator: str, column: int) -> str:
    cells = fields(row, separator) if '"' in row else row.split(separator, column + 1)
    return cells[column].strip() if column < len(cells) else ""


def _says_nothing(cell: str) -> bool:
    return cell.lower() in _NOTHING or number(cell) == 0.0


def _too_often(by: str) -> str:
    return f"The column {by} changes too often to be marks and was left out."


def on_axis(
    marks: Sequence[Mark], rows: IntArray, index: IntArray
) -> tuple[tuple[Marker, ...], int]:
    """Return markers at samples: row `rows[k]` is sample `index[k]`.

    Also return how many marks end before the first row, or begin after the last.
    """
    inside = [mark for mark in marks if mark.stop > rows[0] - 1 and mark.start <= rows[-1]]
    starts = np.rint(np.interp([mark.start for mark in inside], rows, index)).astype(np.int64)
    stops = np.rint(np.interp([mark.stop - 1 for mark in inside], rows, index)).astype(np.int64) + 1
    markers = tuple(
        Marker(
            sample=start,
            text=mark.text,
            samples=stop - start if mark.stop - mark.start > 1 else 0,
            by=mark.by,
        )
        for mark, start, stop in zip(inside, starts.tolist(), stops.tolist(), strict=True)
    )
    return markers, len(marks) - len(inside)
