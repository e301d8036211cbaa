"""The terms on which a hop is judged, and when they change: cues and a therapist's adjustments."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from calibration.montage import Montage
from calibration.patterns import Pattern, pattern
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from host.detection.watch import Watch

_AT_FIRST = Cue(start=0, pattern="rest and release", phase=Phase.FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds between two changes."""

    montage: Montage
    cue: Cue = _AT_FIRST
    thresholds: Thresholds
    effort: Effort
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    """Patterns with other roles than in T2, by name."""

    @classmethod
    def of(cls, watch: Watch) -> "Terms":
        """Return the terms before the first cue."""
        return cls(
            montage=watch.montage,
            thresholds=watch.thresholds,
            effort=watch.effort,
            patterns={changed.name: changed for changed in watch.patterns},
        )

    @property
    def asked(self) -> Pattern:
        """The cue's pattern, with the roles that are in force."""
        return self.patterns.get(self.cue.pattern) or pattern(self.cue.pattern)

    def adjusted(self, change: Adjustment) -> "Terms":
        """Return the terms after a change."""
        changed = {one.name: one for one in change.patterns}
        return replace(
            self,
            thresholds=change.thresholds or self.thresholds,
            effort=change.effort or self.effort,
            patterns={**self.patterns, **changed},
        )


class Timetable:
    """Cues and adjustments to come, each in order of samples; cues may go on for ever."""

    def __init__(self, cues: Iterable[Cue], adjustments: Iterable[Adjustment]) -> None:
        self._cues: Iterator[Cue] = iter(cues)
        self._cue = next(self._cues, None)
        self._changes = sorted(adjustments, key=lambda change: change.start)

    def add(self, change: Adjustment) -> None:
        """Take in a change that was not known at the start."""
        self._changes = sorted([*self._changes, change], key=lambda one: one.start)

    def next_hop(self, hop: int) -> int | None:
        """Return the number of the first hop at which something changes; None where nothing will.

        A change counts from the first hop that begins at its sample or after.
        """
        starts = [change.start for change in self._changes[:1]]
        if self._cue is not None:
            starts.append(self._cue.start)
        return min((-(-start // hop) for start in starts), default=None)

    def after(self, terms: Terms, sample: int) -> Terms:
        """Return the terms at `sample`; the very same object where nothing has changed."""
        while self._changes and self._changes[0].start <= sample:
            terms = terms.adjusted(self._changes.pop(0))
        while self._cue is not None and self._cue.start <= sample:
            terms = replace(terms, cue=self._cue)
            self._cue = next(self._cues, None)
        return terms
