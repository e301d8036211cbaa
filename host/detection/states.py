"""Where an attempt is, and what was found so far."""

import enum
from dataclasses import dataclass, replace
from typing import TypeAlias


class State(enum.Enum):
    """Where an attempt is. The muscles say so, not the cue alone."""

    REST = "rest"
    """Not begun, or over: the targets are quiet, or released."""
    RISE = "rise"
    HOLD = "hold"
    """A target leads, and it is no longer asked to rise."""
    RELEASE = "release"
    """It was let go, and is not at rest yet."""


class Finding(enum.Enum):
    """What is worth a kind word after an attempt. While it goes on none is said but "softer"."""

    TOO_STRONG = "too strong"
    """A target was above the ceiling (P8)."""
    TOO_FAST = "too fast"
    """It surely rose faster than the pace (P10)."""
    NOT_RELEASED = "not released"
    """It was over, and a target was not at rest (P12)."""
    TOUCHED = "touched"
    """A finger was on a muscle that counts: what it did is not known (P5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptNow:
    """An attempt that goes on."""

    number: int
    """Counted from 1 in the session."""
    pattern: str
    state: State
    since: int
    """Sample at which the state began."""
    findings: tuple[Finding, ...] = ()
    """In the order in which they were made."""

    def with_finding(self, finding: Finding) -> "AttemptNow":
        """Return it with one more finding; itself, where it has that already."""
        if finding in self.findings:
            return self
        return replace(self, findings=(*self.findings, finding))


Progress: TypeAlias = tuple[tuple[int, AttemptNow], ...]
"""What holds from which row on, the first from row 0; () where nothing is attempted."""
