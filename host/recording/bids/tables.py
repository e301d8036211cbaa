"""Tables of BIDS as text: tab-separated rows, and a JSON file that describes each column."""

from collections.abc import Mapping
from dataclasses import dataclass

UNKNOWN = "n/a"

Cell = str | float | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, as its JSON sidecar describes it."""

    name: str
    about: str
    units: str = ""
    format: str = ""
    """What its cells are, where the standard insists: `number`."""
    levels: Mapping[str, str] | None = None

    @property
    def described(self) -> dict[str, object]:
        """The entry of the sidecar."""
        entry: dict[str, object] = {"Description": self.about}
        if self.units:
            entry["Units"] = self.units
        if self.format:
            entry["Format"] = self.format
        if self.levels:
            entry["Levels"] = dict(self.levels)
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows; None is written as `n/a`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def tsv(self) -> str:
        """Tab-separated text with a header row."""
        header = [column.name for column in self.columns]
        lines = [header, *([as_cell(value) for value in row] for row in self.rows)]
        return "".join("\t".join(line) + "\n" for line in lines)

    @property
    def sidecar(self) -> dict[str, object]:
        """What its JSON file says of the columns."""
        return {column.name: column.described for column in self.columns}


def as_cell(value: Cell) -> str:
    """Return the text of a cell: one line without tabs, `n/a` for what is not known."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return UNKNOWN if value is None else " ".join(str(value).split()) or UNKNOWN
