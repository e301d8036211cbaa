"""What muscles without a measurement may add to the electrodes beside them (docs/decisions/0022).

Nobody hears them, so nobody can tell. What is known is which muscles lie side by side, about how
much neighbours leak (Lapatki 2003), and what those of the same side do that are measured.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.montage import Montage
from calibration.muscles import muscle
from calibration.patterns import Pattern, Role
from calibration.tables import only, parse_table, read_table, string_tuple
from calibration.traces import FloatArray

TABLE = "unmeasured.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How much neighbours may leak, and who they are."""

    pairs: frozenset[frozenset[str]]
    """Two codes each."""
    share: float
    """RMS in a neighbour's electrode over that in the muscle's own."""
    tolerated: float
    """Level of a tolerated muscle over that of the leading one."""

    def __post_init__(self) -> None:
        """Refuse what lies beside itself, and leaks that drown a muscle."""
        for pair in self.pairs:
            if len({muscle(code).code for code in pair}) != 2:
                raise ValueError(f"two different muscles lie side by side, got {sorted(pair)}")
        if not (0.0 <= self.share < 1.0 and 0.0 <= self.tolerated <= 1.0):
            raise ValueError(f"shares lie from 0 to 1, got {self.share} and {self.tolerated}")

    def of(self, code: str) -> frozenset[str]:
        """Return the muscles beside one."""
        own = (pair for pair in self.pairs if code in pair)
        return frozenset(other for pair in own for other in pair if other != code)


@cache
def beside() -> Beside:
    """Return what ships with the program."""
    return _beside(read_table(TABLE), TABLE)


def beside_from_toml(text: str, name: str) -> Beside:
    """Read a table of one's own; ValueError says what is wrong with it."""
    return _beside(parse_table(text, name), name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unmeasured:
    """What may leak unnoticed while a pattern is asked for."""

    montage: Montage
    asked: Pattern
    unmixed: bool
    """Whether leaks between measured muscles are taken out; else they may leak as well."""
    rules: Beside

    @property
    def leading(self) -> NDArray[np.bool_]:
        """Which channels lie on muscles that are asked to lead, `(n_channels,)`."""
        return np.array([site.muscle in self.asked.target for site in self.montage.sites])

    def most_uv2(self, above_uv2: FloatArray) -> FloatArray:
        """Return how much power may be such a leak at most, `(n_channels,)`.

        `above_uv2` is what each channel has above rest, `(n_channels,)`, NaN where unknown. A
        muscle that is not measured works at most as hard as those of its side that were asked the
        same: one that leads as they do, a quiet one as the loudest quiet one, a tolerated one as
        that or as `tolerated` of the leading one.
        """
        sites = self.montage.sites
        most = np.zeros(len(sites))
        for column, site in enumerate(sites):
            if site.muscle:
                most[column] = self.rules.share**2 * sum(self._heard(column, above_uv2))
        return most

    def _heard(self, column: int, above_uv2: FloatArray) -> Iterator[float]:
        """Yield the power of each neighbour that may leak into a channel, in its own electrode."""
        site = self.montage.sites[column]
        if site.side is None:
            return
        for code in self.rules.of(site.muscle):
            own = self.montage.column(code, site.side)
            if own is None or not np.isfinite(above_uv2[own]):
                yield self._works(column, self.asked.role(code), above_uv2)
            elif not self.unmixed:
                yield max(float(above_uv2[own]), 0.0)

    def _works(self, column: int, role: Role, above_uv2: FloatArray) -> float:
        leading = self._loudest(column, Role.TARGET, above_uv2)
        quiet = self._loudest(column, Role.QUIET, above_uv2)
        if role is Role.TARGET:
            return leading
        return max(quiet, self.rules.tolerated**2 * leading if role is Role.TOLERATED else 0.0)

    def _loudest(self, column: int, role: Role, above_uv2: FloatArray) -> float:
        """Return the power of the loudest muscle with a role on a channel's side; 0 for none."""
        sites = self.montage.sites
        powers = [
            float(power)
            for site, power in zip(sites, above_uv2, strict=True)
            if site.side is sites[column].side and self.asked.role(site.muscle) is role
        ]
        return max([0.0, *(power for power in powers if np.isfinite(power))])


def _beside(table: Mapping[str, Any], name: str) -> Beside:
    try:
        only(table, "beside", "share", "tolerated")
        return Beside(
            pairs=frozenset(frozenset(string_tuple(row, "beside")) for row in _rows(table)),
            share=_number(table, "share"),
            tolerated=_number(table, "tolerated"),
        )
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _rows(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = table.get("beside")
    if not isinstance(rows, list):
        raise ValueError(f"'beside' must be a list of pairs of codes, got {rows!r}")
    return [{"beside": row} for row in rows]


def _number(table: Mapping[str, Any], key: str) -> float:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{key!r} must be a number, got {value!r}")
    return float(value)
