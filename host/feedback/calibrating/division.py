"""How the page is divided: the width of the therapist's column, and its letters. No Qt."""

from dataclasses import dataclass

SLIM, WIDEST = 0.32, 0.4
"""The column's share of the width: usually, and where letters are large."""
LETTERS = 24.0
"""The column is at least so many letters' sizes wide: two buttons fit beside each other."""
LINES, LINES_PER_ROW = 22.0, 1.6
"""Everything in the column but the channels takes so many letters' sizes of the height, with three
steps of the list; and so many more for each row of channels."""
SMALLEST_PX = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Sizes in pixels."""

    column: int
    """Width of the therapist's column."""
    margin: int
    letters: int
    """Size of the letters in the column, and on the page at the end."""


def division(width: int, height: int, wanted_px: float, rows: int) -> Division:
    """Divide a window; letters are as large as is wanted, unless the column cannot hold them.

    `rows` is the number of rows in the table of channels.
    """
    margin = round(0.03 * min(width, height))
    share = min(max(LETTERS * wanted_px / width, SLIM), WIDEST)
    column = round(share * width)
    # One more row for the heads of the table.
    highest = (height - 2 * margin) / (LINES + LINES_PER_ROW * (rows + 1))
    letters = max(SMALLEST_PX, round(min(wanted_px, column / LETTERS, highest)))
    return Division(column=column, margin=margin, letters=letters)
