"""An attempt as it was judged, and what was felt of it: data for screens and reports."""

import enum
from dataclasses import dataclass

from calibration.patterns import Role


class AttemptResult(enum.Enum):
    """What an attempt was. Only the first is a success; quiet is what counts (P14)."""

    QUIET = "stayed quiet"
    ALONG = "came along"
    """A muscle that was to be quiet did not stay below its line."""
    TOO_STRONG = "softer"
    """All stayed quiet, and a target was above the ceiling (P8)."""
    TOO_FAST = "slower"
    """All stayed quiet, and it surely rose faster than the pace (P10)."""
    NO_HOLD = "no hold"
    """All stayed quiet, and no target came to lead."""
    NOT_SCORED = "not scored"
    """Too little of it could be measured: unknown is never quiet."""
    LEFT_OUT = "left out"
    """It was broken off."""

    @property
    def scored(self) -> bool:
        """Whether it counts among the attempts of a bout."""
        return self not in (AttemptResult.NOT_SCORED, AttemptResult.LEFT_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleTried:
    """One channel on a muscle, in one attempt."""

    channel: int
    muscle: str
    role: Role
    judged: bool
    """Whether the attempt's result depends on it: to be quiet, on the affected side."""
    known: float
    """Share of the hold in which it was measured; of the attempt, where there was no hold."""
    mean: float | None
    """Mean activation over that, share of the gentle reference; None where nothing is known."""
    along_s: float
    """For how long it was beyond its line, from the cue to rise to the end of the release; what
    came along with a blink is left out."""
    moved: bool | None
    """Whether it took part: beyond its line, or at the level from which on a muscle leads; None
    where too little is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltMuscle:
    """One muscle of the affected side: felt by the patient against measured (P6)."""

    muscle: str
    felt: bool
    measured: bool | None
    """None where too little is known of it."""

    @property
    def agrees(self) -> bool | None:
        """Whether both say the same; None where nothing was measured."""
        return None if self.measured is None else self.felt == self.measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well what was felt and what was measured agree in one attempt (P6)."""

    muscles: tuple[FeltMuscle, ...]
    """Those of the affected side that have an electrode, from forehead to neck."""

    @property
    def agreed(self) -> int:
        """In how many muscles both say the same."""
        return sum(one.agrees is True for one in self.muscles)

    @property
    def compared(self) -> int:
        """How many muscles could be compared."""
        return sum(one.agrees is not None for one in self.muscles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One attempt that is over."""

    bout: int
    """Number of its bout, from 1."""
    index: int
    """Its place in the bout, from 1; those left out count too."""
    pattern: str
    start: int
    """Sample of the cue to rise."""
    stop: int
    """Sample at which it was over: the cue to rest."""
    feedback: bool
    """Whether the patient had bars or sound while it went on."""
    result: AttemptResult
    reason: str
    """One sentence where it was no success; empty where it was."""
    left_out: float
    """Share, 0 to 1, of the quiet muscles' time that could not be measured."""
    muscles: tuple[MuscleTried, ...]
    """Every channel that lies on a muscle, in column order."""
    agreement: Agreement | None = None
    """Felt against measured; None where nobody was asked, or it was skipped."""

    @property
    def success(self) -> bool | None:
        """Whether all quiet muscles stayed quiet, gently and slowly; None where not scored."""
        return self.result is AttemptResult.QUIET if self.result.scored else None

    @property
    def along(self) -> tuple[str, ...]:
        """Codes of the judged muscles that came along."""
        return tuple(one.muscle for one in self.muscles if one.judged and one.along_s > 0.0)
