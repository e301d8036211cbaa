"""Where the electrodes of each muscle lie on a schematic face (T1), for maps and exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any

from calibration.muscles import Side, muscle
from calibration.tables import parse_table, read_table, strings

TABLE = "placement.toml"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinateSystem:
    """What the numbers of a point mean."""

    name: str
    """Letters and digits only: it becomes part of file names."""
    units: str
    about: str
    """Origin and axes, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectrodePair:
    """The two electrodes of one channel; the channel is `signal` minus `reference`."""

    signal: Point
    reference: Point
    about: str
    """Where they are put, in words."""

    def on(self, side: Side) -> "ElectrodePair":
        """Return the pair on this side; as it stands in the table it is on the right."""
        if side is Side.RIGHT:
            return self
        (x1, y1), (x2, y2) = self.signal, self.reference
        return ElectrodePair(signal=(-x1, y1), reference=(-x2, y2), about=self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A table of places."""

    system: CoordinateSystem
    pairs: Mapping[str, ElectrodePair]
    """By muscle, on the patient's right side."""

    def pair(self, code: str, side: Side) -> ElectrodePair | None:
        """Return where a muscle's electrodes lie; None where the table does not say."""
        found = self.pairs.get(code)
        return None if found is None else found.on(side)


@cache
def placement() -> Placement:
    """Return the places that ship with the program."""
    return _placement(read_table(TABLE), TABLE)


def placement_from_toml(text: str, name: str) -> Placement:
    """Read a table of one's own; ValueError says what is wrong with it."""
    return _placement(parse_table(text, name), name)


def _placement(table: Mapping[str, Any], name: str) -> Placement:
    system, rows = table.get("coordinate_system"), table.get("pair")
    if not isinstance(system, dict) or not isinstance(rows, list) or not rows:
        raise ValueError(f"{name} needs a [coordinate_system] and a [[pair]] for each muscle")
    words = strings(system, "name", "units", "about")
    if not (words["name"].isascii() and words["name"].isalnum()):
        raise ValueError(f"a coordinate system's name is letters and digits, got {words['name']!r}")
    pairs = dict(_pair(row) for row in rows)
    if len(pairs) != len(rows):
        raise ValueError(f"{name} gives one muscle twice")
    return Placement(system=CoordinateSystem(**words), pairs=pairs)


def _pair(row: Mapping[str, Any]) -> tuple[str, ElectrodePair]:
    words = strings(row, "muscle", "about")
    code = muscle(words["muscle"]).code
    signal, reference = _point(row, "signal"), _point(row, "reference")
    if signal == reference:
        raise ValueError(f"the two electrodes of {code} lie on one point")
    return code, ElectrodePair(signal=signal, reference=reference, about=words["about"])


def _point(row: Mapping[str, Any], name: str) -> Point:
    value = row.get(name)
    numbers = value if isinstance(value, list) else []
    if len(numbers) != 2 or not all(_is_number(number) for number in numbers):
        raise ValueError(f"{name} of {row.get('muscle')} must be two numbers, got {value!r}")
    return float(numbers[0]), float(numbers[1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
