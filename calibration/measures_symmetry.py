"""Asymmetry of the two sides, and whether a healthy face could have it (T3, P17)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import hypot, isfinite
from typing import Any

from calibration.intervals import fieller
from calibration.measured import Measured, bounded, unknown, widened
from calibration.muscles import muscle
from calibration.tables import parse_table, read_table, strings
from calibration.traces import Trace, gap, mean_and_variance

TABLE = "norms.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """Absolute asymmetry of one muscle in healthy faces."""

    muscle: str
    mean: float
    sd: float
    n: int
    """How many people were measured."""
    deviations: float
    """How many SD above the mean is still healthy."""

    def __post_init__(self) -> None:
        """Refuse a norm that no asymmetry could be compared with."""
        muscle(self.muscle)
        if not (0.0 <= self.mean < 1.0 and 0.0 < self.sd < 1.0 and self.n > 0):
            raise ValueError(f"need 0 <= mean < 1, 0 < sd < 1 and n > 0, got {self}")
        if not 0.0 <= self.deviations <= 10.0:
            raise ValueError(f"deviations must be from 0 to 10, got {self.deviations}")

    @property
    def limit(self) -> float:
        """The absolute asymmetry below which nothing is flagged."""
        return self.mean + self.deviations * self.sd


@cache
def norms() -> Mapping[str, Norm]:
    """Return the norms that ship with the program, by muscle."""
    return _norms(read_table(TABLE), TABLE)


def norms_from_toml(text: str, name: str) -> Mapping[str, Norm]:
    """Read norms of one's own; ValueError says what is wrong with them."""
    return _norms(parse_table(text, name), name)


def asymmetry(left: Trace, right: Trace) -> Measured:
    """Return `(L - R) / (L + R)` of the mean levels (T3): -1 right alone, 1 left alone.

    Give levels in microvolts above rest: shares of each side's own reference are alike by
    construction. The interval is Fieller's, with both sides in numerator and denominator.
    """
    reason = gap(left, right)
    if reason:
        return unknown("", reason)
    (one, one_var), (two, two_var) = mean_and_variance(left), mean_and_variance(right)
    total, variance = one + two, one_var + two_var
    bounds = fieller(one - two, total, variance, variance, one_var - two_var)
    if bounds is None or total <= 0.0:
        return unknown("", "neither side can be told from rest")
    found = bounded((one - two) / total, bounds, "", min(left.independent, right.independent))
    of_left, of_right = (2.0 * abs(other) / total**2 for other in (two, one))
    return widened(
        found,
        below=hypot(of_left * left.too_high, of_right * right.too_low),
        above=hypot(of_left * left.too_low, of_right * right.too_high),
    )


def is_flagged(measured: Measured, norm: Norm | None) -> bool | None:
    """Tell whether an asymmetry is surely more than a healthy face has.

    None where it is not known, or where nobody has measured this muscle in healthy faces.
    """
    if norm is None or not measured.known:
        return None
    return measured.low > norm.limit or measured.high < -norm.limit


def _norms(table: Mapping[str, Any], name: str) -> Mapping[str, Norm]:
    rows = table.get("asymmetry")
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{name} needs an [[asymmetry]] for each muscle")
    deviations = _number(table, "deviations", name)
    found = {}
    for row in rows:
        code = strings(row, "muscle")["muscle"]
        if code in found:
            raise ValueError(f"{name} gives {code} twice")
        found[code] = Norm(
            muscle=code,
            mean=_number(row, "mean", name),
            sd=_number(row, "sd", name),
            n=int(_number(row, "n", name)),
            deviations=deviations,
        )
    return found


def _number(row: Mapping[str, Any], key: str, name: str) -> float:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{key!r} must be a number in {name}, got {value!r}")
    return float(value)
