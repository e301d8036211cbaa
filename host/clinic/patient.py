"""What is known of a patient: by code, never by name, and no more than practice needs."""

from dataclasses import dataclass
from datetime import date
from math import isfinite

from calibration.muscles import Side, muscle
from host.clinic.codes import is_code
from host.clinic.edition import Edition

_LONGEST_NAME = 80
_LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What a therapist vouches for, by name or code and day (P16)."""

    therapist: str
    day: date

    def __post_init__(self) -> None:
        """Refuse a confirmation by nobody."""
        name = self.therapist
        if name != name.strip() or not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
            raise ValueError(f"a therapist confirms by name or code, got {name!r}")

    @property
    def words(self) -> str:
        """Who and when, as in a table: "T07, 2026-11-25"."""
        return f"{self.therapist}, {self.day.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Botulinum:
    """Botulinum toxin that was given on one day; levels change for months after it."""

    day: date
    side: Side
    muscles: tuple[str, ...]
    """Codes as in T1."""
    units: float | None = None
    """Of all these muscles together; None where nobody wrote it down."""

    def __post_init__(self) -> None:
        """Refuse toxin in no muscle, and an amount that is none."""
        for code in self.muscles:
            muscle(code)
        if not self.muscles or len(set(self.muscles)) != len(self.muscles):
            raise ValueError(f"toxin is given into muscles, each named once, got {self.muscles}")
        if self.units is not None and not (isfinite(self.units) and self.units > 0.0):
            raise ValueError(f"units must be above 0, got {self.units}")

    @property
    def words(self) -> str:
        """When, where and how much: "2026-09-01 right ZYG PLA, 12.5 units"."""
        amount = "" if self.units is None else f", {self.units:g} units"
        return f"{self.day.isoformat()} {self.side.value} {' '.join(self.muscles)}{amount}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A person who practises."""

    code: str
    """Never a name."""
    affected: Side
    """The patient's own left or right."""
    synkinesis: Confirmation | None = None
    """Who confirmed it and when; nobody practises without it (P16)."""
    botulinum: tuple[Botulinum, ...] = ()
    """Oldest first."""
    notes: str = ""
    edition: Edition = Edition()
    """As it lies in the clinic's files; number 0 while it was never saved."""

    def __post_init__(self) -> None:
        """Refuse a name in place of a code."""
        if not is_code(self.code):
            raise ValueError(f"a patient has a code and never a name, got {self.code!r}")
        if sorted(self.botulinum, key=lambda one: one.day) != list(self.botulinum):
            raise ValueError("botulinum must be in order of days, oldest first")
        if len(self.notes) > _LONGEST_NOTE:
            raise ValueError(f"notes have up to {_LONGEST_NOTE} signs, got {len(self.notes)}")
