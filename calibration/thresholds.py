"""Propose rest, quiet and effort thresholds, each with its reason (T4, P8, P14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from calibration.attempts import AttemptLevels
from calibration.saying import Saying
from calibration.tables import parse_table, read_table
from calibration.traces import FloatArray

TABLE = "thresholds.toml"
LEAST_REST_VALUES = 100
"""Fewer values at rest tell no 99 % quantile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaping:
    """How thresholds are proposed: clinical judgement, to be edited (T4)."""

    rest_quantile: float = 0.99
    """Share of the time at rest in which the displayed level stays below the rest threshold."""
    success: float = 0.75
    """Share of the last attempts that should have succeeded."""
    step: float = 0.07
    """Then so much lower."""
    last_attempts: int = 10
    least_attempts: int = 4
    first_quiet: float = 0.25
    """Quiet threshold while there are too few attempts, share of the reference."""
    reference_effort: float = 2.0
    """What the reference was asked for, of 10."""
    ceiling_effort: float = 3.0
    finest: float = 0.01
    """No threshold is finer than this share of the reference (P11)."""

    def __post_init__(self) -> None:
        """Refuse rules that no attempt could be shaped by."""
        if not (0.5 < self.rest_quantile < 1.0 and 0.0 < self.success < 1.0):
            raise ValueError(f"need 0.5 < rest_quantile < 1 and 0 < success < 1, got {self}")
        if not 0.0 <= self.step <= 0.2:
            raise ValueError(f"step must be from 0 to 0.2, got {self.step}")
        if not 1 <= self.least_attempts <= self.last_attempts:
            raise ValueError(f"need 1 <= least_attempts <= last_attempts, got {self}")
        if not 0.0 < self.finest <= self.first_quiet:
            raise ValueError(f"need 0 < finest <= first_quiet, got {self}")
        if not 0.0 < self.reference_effort < self.ceiling_effort:
            raise ValueError(f"need 0 < reference_effort < ceiling_effort, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A threshold, share of the gentle reference, and why it is put there."""

    threshold: float
    reason: str
    """One sentence for the therapist."""
    floored: bool = False
    """Whether it would be lower if the noise allowed."""


@cache
def shaping() -> Shaping:
    """Return the rules that ship with the program."""
    return _shaping(read_table(TABLE), TABLE)


def shaping_from_toml(text: str, name: str) -> Shaping:
    """Read rules of one's own; ValueError says what is wrong with them."""
    return _shaping(parse_table(text, name), name)


def rest_threshold(at_rest: FloatArray, smallest: float, rules: Shaping) -> Proposal:
    """Propose the level below which a muscle counts as released (P12).

    `at_rest` is `(n,)`: activation at rest as the display shows it, NaN where unknown. T4: a
    quantile of it, never mean + k SD, for about half of it is exactly zero. `smallest` is the
    finest activation that can be told from zero; no threshold is below it.
    """
    known = at_rest[~np.isnan(at_rest)]
    if len(known) < LEAST_REST_VALUES:
        raise ValueError(f"a rest threshold needs {LEAST_REST_VALUES} values, got {len(known)}")
    found = float(np.quantile(known, rules.rest_quantile))
    if found < smallest:
        return Proposal(threshold=smallest, reason=finest_told(smallest), floored=True)
    return Proposal(threshold=found, reason=stayed_below(found, rules))


def finest_told(threshold: float) -> str:
    """Say why a threshold is no lower than what can be told from rest."""
    return Saying("The finest level that this channel can tell from rest: {:.1%}.", threshold)


def stayed_below(threshold: float, rules: Shaping) -> str:
    """Say that the level at rest stayed below a threshold, and how often."""
    return Saying(
        "The level stayed below {:.1%} in {:.0%} of the time at rest.",
        threshold,
        rules.rest_quantile,
    )


def quiet_threshold(attempts: Sequence[AttemptLevels], floor: float, rules: Shaping) -> Proposal:
    """Propose the level that quiet muscles should stay below (P14, T4).

    That which the next attempt meets with the chance `success`, by the last attempts, and never
    below `floor`: the rest threshold or the finest level that can be told, whichever is higher. The
    step after it, `step` lower, is the therapist's to take: it is named, not proposed.
    """
    last = scored(attempts)[-rules.last_attempts :]
    if len(last) < rules.least_attempts:
        begin = max(rules.first_quiet, floor)
        said = Saying(
            "To begin with: {} of the {} attempts needed.", len(last), rules.least_attempts
        )
        return Proposal(threshold=begin, reason=said, floored=floor > rules.first_quiet)
    needed = threshold_for(last, rules.success)
    if needed < floor:
        said = Saying(
            "The noise at rest allows no lower threshold than {:.1%} of the reference.", floor
        )
        return Proposal(threshold=floor, reason=said, floored=True)
    would = as_if(needed, last).count(True)
    lower = max(needed * (1.0 - rules.step), floor)
    said = Saying(
        "{} of the last {} attempts stayed below it. "
        "Once that comes easily, the next step is {:.1%}.",
        would,
        len(last),
        lower,
    )
    return Proposal(threshold=needed, reason=said)


def effort_threshold(reference_spread: float, rules: Shaping) -> Proposal:
    """Propose the ceiling of the target muscle's effort (P8), share of its gentle reference.

    `reference_spread` is the relative standard deviation of the reference: the ceiling stays
    two of them above a gentle contraction, or gentle ones would be called too strong.
    """
    if not (0.0 <= reference_spread < 1.0):
        raise ValueError(f"reference_spread must be from 0 to 1, got {reference_spread}")
    ceiling = rules.ceiling_effort / rules.reference_effort
    least = 1.0 + 2.0 * reference_spread
    if ceiling < least:
        said = Saying("The gentle reference is known to ±{:.0%} only.", 2.0 * reference_spread)
        return Proposal(threshold=least, reason=said, floored=True)
    said = Saying(
        "The reference was asked for as {:g} of 10; this is {:g} of 10.",
        rules.reference_effort,
        rules.ceiling_effort,
    )
    return Proposal(threshold=ceiling, reason=said)


def scored(attempts: Sequence[AttemptLevels]) -> list[AttemptLevels]:
    """Return those attempts of which it is known whether they stayed quiet."""
    return [attempt for attempt in attempts if attempt.known]


def threshold_for(attempts: Sequence[AttemptLevels], success: float) -> float:
    """Return the lowest threshold that the next attempt meets with this chance.

    Of n attempts, one more lies below the k-th lowest with a chance of `k / (n + 1)`, however they
    are distributed (Weibull 1939): so it is the level of rank `success (n + 1)`, between two
    levels in proportion, or the highest.
    """
    levels = np.sort([attempt.critical for attempt in scored(attempts)])
    if not len(levels):
        raise ValueError("no attempt is known, so no threshold can be found")
    ranks = np.arange(1, len(levels) + 1)
    found = float(np.interp(success * (len(levels) + 1), ranks, levels))
    # An attempt comes along *at* its critical level.
    return float(np.nextafter(found, np.inf))


def as_if(threshold: float, attempts: Sequence[AttemptLevels]) -> list[bool | None]:
    """Tell for each attempt whether it would have succeeded; None where it is not known."""
    return [attempt.succeeds(threshold) for attempt in attempts]


def _shaping(table: Mapping[str, Any], name: str) -> Shaping:
    known = set(Shaping.__slots__)
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"{name} has an unknown entry {key!r}")
        whole = key.endswith("_attempts")
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            kind = "a whole number" if whole else "a number"
            raise ValueError(f"{key!r} must be {kind} in {name}, got {value!r}")
    return Shaping(**table)
