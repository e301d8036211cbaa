"""Movement patterns and the role each muscle has in them (P1, T2)."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from pathlib import Path
from typing import Any

from calibration.muscles import muscle
from calibration.saying import Saying, words_of
from calibration.tables import (
    only,
    parse_table,
    read_folder,
    read_table,
    string_tuple,
    strings,
)

TABLE = "patterns.toml"
_LISTS = ("target", "quiet", "tolerated", "slight", "touch")


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
    factors: tuple[tuple[str, float], ...] = ()
    """Muscles with a threshold of their own, as so many times that of all (also where slight)."""

    def __post_init__(self) -> None:
        """Refuse unknown muscles and contradicting roles."""
        roles = [*self.target, *self.quiet, *self.tolerated]
        for code in (*roles, *self.slight, *self.touch):
            muscle(code)
        if len(set(roles)) != len(roles):
            raise ValueError(Saying("a muscle has two roles in the pattern {!r}", self.name))
        if not set(self.slight) <= set(self.quiet):
            raise ValueError(Saying("slight muscles of {!r} must be quiet ones too", self.name))
        if not self.slight_allowance >= 1.0:
            raise ValueError(
                Saying("slight_allowance must be at least 1, got {}", self.slight_allowance)
            )
        for code, factor in self.factors:
            muscle(code)
            if not 0.0 < factor < inf:
                raise ValueError(Saying("the factor of {} must be above 0, got {}", code, factor))

    def role(self, code: str) -> Role:
        """Return the role of a muscle; one that is in no list is tolerated."""
        if code in self.target:
            return Role.TARGET
        return Role.QUIET if code in self.quiet else Role.TOLERATED

    def allowance(self, code: str) -> float:
        """Return the factor on the muscle's quiet threshold."""
        slight = self.slight_allowance if code in self.slight else 1.0
        return dict(self.factors).get(code, slight)


@cache
def patterns() -> Mapping[str, Pattern]:
    """Return the patterns of T2 by name."""
    return _patterns(read_table(TABLE), TABLE)


def pattern(name: str) -> Pattern:
    """Return the pattern of this name; ValueError names the known ones."""
    try:
        return patterns()[name]
    except KeyError:
        known = ", ".join(patterns())
        raise ValueError(Saying("unknown pattern {!r}; known: {}", name, known)) from None


def own_pattern(code: str, among: Mapping[str, Pattern]) -> Pattern | None:
    """Return the pattern that leads with this muscle and the fewest others (T3: its own pattern).

    None where no pattern leads with it; probes do not count.
    """
    leading = [one for one in among.values() if one.target[:1] == (code,) and not one.probe]
    return min(leading, key=lambda one: len(one.target), default=None)


def patterns_from_toml(text: str, name: str) -> Mapping[str, Pattern]:
    """Read patterns of one's own, written as those of T2 are.

    ValueError says in one sentence which file, which pattern and which entry is wrong.
    """
    return _patterns(parse_table(text, name), name)


def patterns_with(folder: Path) -> Mapping[str, Pattern]:
    """Return the patterns of T2 and those in the TOML files of a folder.

    One with the name of a pattern of T2 takes its place; a name given in two files is refused.
    """
    own: dict[str, Pattern] = {}
    for name, text in read_folder(folder).items():
        for found in patterns_from_toml(text, name).values():
            if found.name in own:
                raise ValueError(
                    Saying("{}: the pattern {!r} is in another file too", name, found.name)
                )
            own[found.name] = found
    return {**patterns(), **own}


def _patterns(table: Mapping[str, Any], name: str) -> Mapping[str, Pattern]:
    rows = table.get("pattern")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError(Saying("{} needs a [[pattern]] for each pattern", name))
    try:
        only(table, "slight_allowance", "pattern")
        allowance = _allowance(table)
    except ValueError as error:
        raise ValueError(Saying("{}: {}", name, words_of(error))) from error
    found: dict[str, Pattern] = {}
    for number, row in enumerate(rows, start=1):
        place = f"{name}, pattern {row.get('name', number)!r}"
        try:
            one = _pattern(row, allowance)
        except ValueError as error:
            raise ValueError(Saying("{}: {}", place, words_of(error))) from error
        if one.name in found:
            raise ValueError(Saying("{}: it is given twice", place))
        found[one.name] = one
    return found


def _allowance(table: Mapping[str, Any]) -> float:
    value = table.get("slight_allowance", 1.5)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(Saying("slight_allowance must be a number, got {!r}", value))
    return float(value)


def _pattern(row: Mapping[str, Any], slight_allowance: float) -> Pattern:
    only(row, "name", "prompt", *_LISTS, "probe")
    words = strings(row, "name", "prompt")
    if not all(text.strip() for text in words.values()):
        raise ValueError(Saying("name and prompt must not be empty"))
    probe = row.get("probe", False)
    if not isinstance(probe, bool):
        raise ValueError(Saying("'probe' must be true or false, got {!r}", probe))
    target, quiet, tolerated, slight, touch = (string_tuple(row, name) for name in _LISTS)
    return Pattern(
        name=words["name"],
        prompt=words["prompt"],
        probe=probe,
        slight_allowance=slight_allowance,
        target=target,
        quiet=quiet,
        tolerated=tolerated,
        slight=slight,
        touch=touch,
    )
