"""Movement patterns and the role each muscle has in them (P1, T2)."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from calibration.muscles import muscle
from calibration.tables import read_table, string_tuple, strings


class Role(enum.Enum):
    """What a muscle is asked to do in a pattern (P1)."""

    TARGET = "target"
    QUIET = "quiet"
    TOLERATED = "tolerated"
    """Watched, and judged only as a ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One coordinated movement pattern (P2)."""

    name: str
    prompt: str
    """What the patient is asked, in a few words."""
    target: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    tolerated: tuple[str, ...] = ()
    slight: tuple[str, ...] = ()
    """Quiet muscles whose slight involvement is natural."""
    touch: tuple[str, ...] = ()
    """Muscles to touch while practising (P5)."""
    probe: bool = False
    """Observed, not practised."""
    slight_allowance: float = 1.0
    """How many times higher the threshold of a `slight` muscle is."""

    def __post_init__(self) -> None:
        """Refuse unknown muscles and contradicting roles."""
        roles = [*self.target, *self.quiet, *self.tolerated]
        for code in (*roles, *self.slight, *self.touch):
            muscle(code)
        if len(set(roles)) != len(roles):
            raise ValueError(f"a muscle has two roles in the pattern {self.name!r}")
        if not set(self.slight) <= set(self.quiet):
            raise ValueError(f"slight muscles of {self.name!r} must be quiet ones too")
        if not self.slight_allowance >= 1.0:
            raise ValueError(f"slight_allowance must be at least 1, got {self.slight_allowance}")

    def role(self, code: str) -> Role:
        """Return the role of a muscle; one that is in no list is tolerated."""
        if code in self.target:
            return Role.TARGET
        return Role.QUIET if code in self.quiet else Role.TOLERATED

    def allowance(self, code: str) -> float:
        """Return the factor on the muscle's quiet threshold."""
        return self.slight_allowance if code in self.slight else 1.0


@cache
def patterns() -> Mapping[str, Pattern]:
    """Return the patterns of T2 by name."""
    table = read_table("patterns.toml")
    found = [_pattern(row, table["slight_allowance"]) for row in table["pattern"]]
    return {pattern.name: pattern for pattern in found}


def pattern(name: str) -> Pattern:
    """Return the pattern of this name; ValueError names the known ones."""
    try:
        return patterns()[name]
    except KeyError:
        known = ", ".join(patterns())
        raise ValueError(f"unknown pattern {name!r}; known: {known}") from None


def _pattern(row: Mapping[str, Any], slight_allowance: float) -> Pattern:
    words = strings(row, "name", "prompt")
    return Pattern(
        name=words["name"],
        prompt=words["prompt"],
        target=string_tuple(row, "target"),
        quiet=string_tuple(row, "quiet"),
        tolerated=string_tuple(row, "tolerated"),
        slight=string_tuple(row, "slight"),
        touch=string_tuple(row, "touch"),
        probe=bool(row.get("probe", False)),
        slight_allowance=float(slight_allowance),
    )
