"""Patterns by muscles as small pictures: what such a grid may hold. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calibration.muscles import muscles

if TYPE_CHECKING:
    from collections.abc import Collection

    from calibration.patterns import Role
    from host.report.trends_line import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One session's ratio as heights from 0 to 1; None for the interval where it is at rest."""

    session: int
    height: float
    sure: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendCell:
    """One small picture, and what it says."""

    points: tuple[TrendPoint, ...]
    verdict: Verdict
    said: str
    numbers: str
    ends: str
    """The ratio in the first session and in the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCell:
    """What a muscle does in a pattern, on a little axis of time."""

    role: Role | None
    onset: float | None
    """Share of the axis; None where it never left its rest, or nobody knows when."""
    sure: tuple[float, float] | None
    level: float | None
    """Height of its level in the hold, as a bar shows it; None where not known."""
    share: float | None
    """In how many of the attempts it acts; None where not known."""
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridState:
    """Patterns by muscles; a cell is None where there is nothing to show."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[TrendCell | ActCell | None, ...], ...]
    sessions: int = 0
    """How many the axes have room for."""

    def __post_init__(self) -> None:
        """Refuse a grid with holes."""
        if any(len(row) != len(self.columns) for row in self.cells):
            raise ValueError("every row needs a cell for each column")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsState:
    """What is said above and below a grid."""

    head: str
    detail: str
    grid: GridState
    notes: tuple[str, ...]


def ordered(codes: Collection[str]) -> list[str]:
    """Return muscles from forehead to neck."""
    return [code for code in muscles() if code in codes]
