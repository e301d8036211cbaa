"""A therapist's plan for one person: which patterns, on which terms, in which order (P16)."""

import enum
from collections import Counter
from dataclasses import dataclass, replace

from calibration.muscles import Side, muscle
from calibration.patterns import Role
from host.clinic.codes import is_code
from host.clinic.edition import Edition
from host.clinic.patient import Confirmation

LINES = (0.01, 3.0)
"""Shares of the gentle reference between which a quiet line or an effort ceiling lies (P11)."""
BOUT_S = (30.0, 300.0)
HOLD_S = (1.0, 15.0)
REST_S = (10.0, 120.0)
RISE_S = (1.0, 10.0)
PAUSE_S = (10.0, 900.0)
"""Least and most of each length in seconds (P7, P10, P12, T4)."""
_LONGEST_NOTE = 4000


class FeedbackMode(enum.Enum):
    """What the patient perceives of an attempt while it lasts."""

    BARS = "bars"
    SOUND = "sound"
    """A soft tone that fades as muscles relax; nothing to look at (P6)."""
    FEEL_FIRST = "feel first"
    """Nothing; then "what moved?", then the measurement (P6)."""
    FADED = "faded"
    """Bars in a share of the attempts only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleRole:
    """Another role than in T2, for one muscle."""

    muscle: str
    role: Role

    def __post_init__(self) -> None:
        """Refuse a muscle that nobody knows."""
        muscle(self.muscle)


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleLine:
    """A quiet line of its own, for one muscle on both sides; share of the gentle reference."""

    muscle: str
    line: float

    def __post_init__(self) -> None:
        """Refuse a muscle that nobody knows, and a line that means nothing."""
        muscle(self.muscle)
        _within("line", self.line, LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPattern:
    """One pattern as this person is to practise it."""

    name: str
    """As in T2, or of the therapist's own."""
    enabled: Confirmation | None = None
    """Who holds it right for this person, and since when; None while it is not practised (P16)."""
    roles: tuple[MuscleRole, ...] = ()
    """Muscles with another role than in T2."""
    touch: tuple[str, ...] | None = None
    """Muscles to touch while practising (P5); None as in T2."""
    line: float = 0.25
    """Quiet muscles stay below this share of the gentle reference."""
    lines: tuple[MuscleLine, ...] = ()
    """Muscles with a line of their own."""
    ceiling: float | None = None
    """Above this share it says "softer" (P8); None as the calibration proposes."""
    mode: FeedbackMode = FeedbackMode.BARS
    faded_share: float = 0.5
    """In the faded mode: the share of attempts with feedback; the others are probes."""

    def __post_init__(self) -> None:
        """Refuse terms that no detector could use, and a muscle named twice."""
        if not self.name.strip():
            raise ValueError("a planned pattern needs a name")
        _once("role", [one.muscle for one in self.roles])
        _once("line", [one.muscle for one in self.lines])
        for code in self.touch or ():
            muscle(code)
        _once("touch", list(self.touch or ()))
        _within("line", self.line, LINES)
        if self.ceiling is not None:
            _within("ceiling", self.ceiling, LINES)
        _within("faded_share", self.faded_share, (0.0, 1.0))

    def line_of(self, code: str) -> float | None:
        """Return a muscle's own line; None where the one for all counts."""
        return next((one.line for one in self.lines if one.muscle == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one person practises, and how long; each change is a new edition."""

    person: str
    """Code, never a name."""
    affected: Side
    """The patient's own left or right, as it was when this was planned."""
    montage: str
    """Name of the electrodes that it was planned for."""
    patterns: tuple[PlannedPattern, ...] = ()
    """In the order of practice; also those that are not enabled."""
    bout_s: float = 120.0
    """A bout ends by itself after so long (P7)."""
    pause_s: float = 60.0
    """Rest that is offered between two bouts (P7)."""
    rise_s: float = 2.0
    """From rest to the hold, slowly (P10)."""
    hold_s: float = 5.0
    rest_s: float = 10.0
    """At least so long between two attempts (P12, T4)."""
    notes: str = ""
    edition: Edition = Edition()
    """As it lies in the clinic's files; number 0 while it was never saved."""

    def __post_init__(self) -> None:
        """Refuse lengths beyond those of T4, and a pattern planned twice."""
        if not is_code(self.person):
            raise ValueError(f"a plan is for the code of a person, got {self.person!r}")
        if not self.montage.strip():
            raise ValueError("a plan needs the name of a montage")
        _once("place", [one.name for one in self.patterns])
        lengths = {"bout": BOUT_S, "pause": PAUSE_S, "rise": RISE_S, "hold": HOLD_S, "rest": REST_S}
        for name, limits in lengths.items():
            _within(f"{name}_s", getattr(self, f"{name}_s"), limits)
        if self.rise_s + self.hold_s + self.rest_s > self.bout_s:
            raise ValueError(f"a bout of {self.bout_s:g} s has no room for one attempt")
        if len(self.notes) > _LONGEST_NOTE:
            raise ValueError(f"notes have up to {_LONGEST_NOTE} signs, got {len(self.notes)}")

    @property
    def version(self) -> int:
        """Number of its edition; 0 while it was never saved."""
        return self.edition.number

    @property
    def enabled(self) -> tuple[PlannedPattern, ...]:
        """The patterns that a therapist holds right for this person, in order (P16)."""
        return tuple(one for one in self.patterns if one.enabled is not None)

    def planned(self, name: str) -> PlannedPattern:
        """Return the terms of a pattern; ValueError where it is not in the plan."""
        for one in self.patterns:
            if one.name == name:
                return one
        raise ValueError(f"the pattern {name!r} is not in the plan of {self.person}")

    def with_pattern(self, changed: PlannedPattern) -> "Plan":
        """Return the plan with these terms of a pattern; one that is new comes last."""
        names = [one.name for one in self.patterns]
        if changed.name not in names:
            return replace(self, patterns=(*self.patterns, changed))
        rest = [changed if one.name == changed.name else one for one in self.patterns]
        return replace(self, patterns=tuple(rest))

    def moved(self, name: str, place: int) -> "Plan":
        """Return the plan with a pattern at another place, counted from 0."""
        others = [one for one in self.patterns if one.name != name]
        others.insert(place, self.planned(name))
        return replace(self, patterns=tuple(others))


def _within(name: str, value: float, limits: tuple[float, float]) -> None:
    least, most = limits
    if not least <= value <= most:
        raise ValueError(f"{name} must be {least:g} to {most:g}, got {value:g}")


def _once(what: str, names: list[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{twice[0]} has more than one {what}")
