"""The measures of a session, pooled over the attempts at each pattern (P11, P15)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from calibration.measured import Measured, attempts_needed, can_tell, pooled, unknown
from calibration.patterns import Role
from host.report.measured_kinds import (
    AFFECTED_TO_OTHER,
    BOTH,
    AttemptMeasures,
    Measure,
    MeasureRow,
)

FINEST = 0.01
"""Attempts are pooled until so much of the gentle reference can be told (P11)."""
NOT_MEASURED = "it was not measured"


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledMuscle:
    """One muscle that was not to lead, over all attempts at a pattern."""

    muscle: str
    side: str
    target: str
    role: Role | None
    activation: Measured
    ratio: Measured
    """Synkinesis ratio to the leading muscle of its side."""
    side_ratio: Measured
    """Its logarithm on the affected side over the other side."""
    release: Measured
    onset_difference: Measured
    needed: int | None
    """How many attempts tell 1 % of the reference; None where fewer than two are known."""

    @property
    def told(self) -> bool:
        """Whether its activation is known to 1 % of the reference (P11)."""
        return self.activation.known and can_tell(self.activation, FINEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledPattern:
    """All attempts at one pattern in a session."""

    pattern: str
    attempts: int
    calibrated: bool
    """Whether all of them were measured with a calibration."""
    involvement: Mapping[str, Measured]
    """Involved muscles per attempt, by side; the last roles count where they were changed."""
    muscles: tuple[PooledMuscle, ...]
    """Quiet and tolerated ones, affected side first."""


def pooled_patterns(attempts: Iterable[AttemptMeasures]) -> tuple[PooledPattern, ...]:
    """Pool attempts by pattern, in the order in which patterns were first asked for."""
    by_pattern: dict[str, list[AttemptMeasures]] = {}
    for attempt in attempts:
        by_pattern.setdefault(attempt.pattern, []).append(attempt)
    return tuple(_pattern(name, own) for name, own in by_pattern.items())


def _pattern(name: str, attempts: Sequence[AttemptMeasures]) -> PooledPattern:
    rows = [row for attempt in attempts for row in attempt.rows]
    ratios = [row for row in rows if row.measure is Measure.RATIO]
    keys = dict.fromkeys((row.muscle, row.side, row.target) for row in ratios)
    return PooledPattern(
        pattern=name,
        attempts=len(attempts),
        calibrated=all(attempt.calibrated for attempt in attempts),
        involvement=_involvement(rows),
        muscles=tuple(_muscle(rows, *key) for key in keys),
    )


def _involvement(rows: Sequence[MeasureRow]) -> dict[str, Measured]:
    counts = [row for row in rows if row.measure is Measure.INVOLVEMENT]
    found = {}
    for side in dict.fromkeys(row.side for row in counts):
        own = [row.measured for row in counts if row.side == side]
        found[side] = pooled([one for one in own if one.unit == own[-1].unit])
    return found


def _muscle(rows: Sequence[MeasureRow], muscle: str, side: str, target: str) -> PooledMuscle:
    own = [row for row in rows if row.muscle == muscle]
    here = [row for row in own if row.side == side]
    ratios = [row for row in here if row.measure is Measure.RATIO and row.target == target]
    activations = [row.measured for row in here if row.measure is Measure.ACTIVATION]
    across = [row for row in own if row.side == AFFECTED_TO_OTHER and row.target == target]
    both = [row for row in own if row.side == BOTH]
    return PooledMuscle(
        muscle=muscle,
        side=side,
        target=target,
        role=ratios[-1].role,
        activation=_pooled(here, Measure.ACTIVATION),
        ratio=_pooled(ratios, Measure.RATIO),
        side_ratio=_pooled(across, Measure.SIDE_RATIO),
        release=_pooled(here, Measure.RELEASE),
        onset_difference=_pooled(both, Measure.ONSET_DIFFERENCE),
        needed=attempts_needed(activations, FINEST),
    )


def _pooled(rows: Sequence[MeasureRow], measure: Measure) -> Measured:
    found = [row.measured for row in rows if row.measure is measure]
    return pooled(found) if found else unknown("", NOT_MEASURED)
