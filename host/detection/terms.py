"""The terms on which a hop is judged, and when they change: cues and a therapist's adjustments."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from calibration.montage import Montage
from calibration.patterns import Pattern, Role, pattern
from host.chain.stream import BoolArray
from host.detection.adjustments import Adjustment
from host.detection.cocontraction import Thresholds
from host.detection.cues import Cue, Phase
from host.detection.guards import Effort
from host.detection.touching import Finger, Fingers, touched_channels
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
    left_out: tuple[int, ...] = ()
    """Columns of the channels that the therapist left out."""
    fingers: frozenset[str] = frozenset()
    """Muscles that are touched, or `SOMEWHERE`."""

    @classmethod
    def of(cls, watch: Watch) -> "Terms":
        """Return the terms before the first cue."""
        return cls(
            montage=watch.montage,
            thresholds=watch.thresholds,
            effort=watch.effort,
            left_out=watch.excluded,
            patterns={changed.name: changed for changed in watch.patterns},
        )

    @property
    def asked(self) -> Pattern:
        """The cue's pattern, with the roles that are in force."""
        return self.patterns.get(self.cue.pattern) or pattern(self.cue.pattern)

    @property
    def driven(self) -> BoolArray:
        """Channels whose muscles work on purpose, `(n_channels,)`: they may be heard in others.

        Those that the pattern tolerates too: what leaks from them is no synkinesis either.
        """
        asked = self.asked
        return np.array(
            [
                bool(site.muscle and asked.target) and asked.role(site.muscle) is not Role.QUIET
                for site in self.montage.sites
            ]
        )

    @property
    def touched(self) -> BoolArray:
        """Channels that a finger may be on, `(n_channels,)`: nothing there is scored (P5)."""
        return touched_channels(self.montage, self.fingers)

    @property
    def counted(self) -> BoolArray:
        """Channels that an attempt depends on, `(n_channels,)`: targets, and who has to be quiet.

        In a plain montage all: nobody said what they lie on. Never one that is left out.
        """
        return counted(self.asked, self.montage, self.left_out)

    @property
    def targets(self) -> tuple[int, ...]:
        """Columns of the muscles that are to work, of both sides; none that is left out."""
        target = self.asked.target
        return tuple(
            column
            for column, site in enumerate(self.montage.sites)
            if site.muscle in target and column not in self.left_out
        )

    def changed(self, change: Cue | Adjustment | Finger) -> "Terms":
        """Return the terms after a cue, a therapist's change, or a finger on a muscle or off it."""
        if isinstance(change, Cue):
            return replace(self, cue=change)
        if isinstance(change, Finger):
            one = {change.muscle}
            return replace(self, fingers=self.fingers | one if change.on else self.fingers - one)
        changed = {one.name: one for one in change.patterns}
        return replace(
            self,
            thresholds=change.thresholds or self.thresholds,
            effort=change.effort or self.effort,
            patterns={**self.patterns, **changed},
        )


def counted(asked: Pattern, montage: Montage, left_out: Sequence[int] = ()) -> BoolArray:
    """Return which channels an attempt at a pattern depends on, `(n_channels,)`.

    `left_out` are the columns that the therapist left out.
    """
    return np.array(
        [
            column not in left_out
            and (
                montage.plain or bool(site.muscle and asked.role(site.muscle) is not Role.TOLERATED)
            )
            for column, site in enumerate(montage.sites)
        ]
    )


class Timetable:
    """Cues, adjustments and touches to come; cues, in order of samples, may go on for ever."""

    def __init__(
        self, cues: Iterable[Cue], adjustments: Iterable[Adjustment], fingers: Fingers
    ) -> None:
        self.fingers = fingers
        """Touches: more can be added."""
        self._later: Iterator[Cue] = iter(cues)
        self._cues: deque[Cue] = deque()
        """Those that have been looked at, and are not in force yet."""
        self._changes = sorted(adjustments, key=lambda change: change.start)

    def add(self, change: Adjustment) -> None:
        """Take in a change that was not known at the start."""
        self._changes = sorted([*self._changes, change], key=lambda one: one.start)

    def give(self, cue: Cue) -> None:
        """Take in a cue that was not known at the start; it comes after those of its sample."""
        while not (self._cues and self._cues[-1].start > cue.start):
            if self._cue(len(self._cues)) is None:
                break
        place = sum(one.start <= cue.start for one in self._cues)
        self._cues.insert(place, cue)

    def ahead(self, start: int, stop: int) -> list[Cue | Adjustment]:
        """Return what is to come into force at the samples from `start` to before `stop`."""
        while not (self._cues and self._cues[-1].start >= stop):
            if self._cue(len(self._cues)) is None:
                break
        coming: list[Cue | Adjustment] = [*self._changes, *self._cues]
        inside = [one for one in coming if start <= one.start < stop]
        return sorted(inside, key=lambda one: one.start)

    def next_hop(self, hop: int) -> int | None:
        """Return the number of the first hop at which something changes; None where nothing will.

        A change counts from the first hop that begins at its sample or after.
        """
        starts = [change.start for change in self._changes[:1]]
        if self.fingers.next is not None:
            starts.append(self.fingers.next)
        if (cue := self._cue(0)) is not None:
            starts.append(cue.start)
        return min((-(-start // hop) for start in starts), default=None)

    def after(self, terms: Terms, sample: int) -> Terms:
        """Return the terms at `sample`; the very same object where nothing has changed."""
        while self._changes and self._changes[0].start <= sample:
            terms = terms.changed(self._changes.pop(0))
        while (cue := self._cue(0)) is not None and cue.start <= sample:
            terms = terms.changed(self._cues.popleft())
        for finger in self.fingers.until(sample):
            terms = terms.changed(finger)
        return terms

    def _cue(self, place: int) -> Cue | None:
        """Return one of the cues that are not in force yet; None behind the last."""
        while len(self._cues) <= place:
            cue = next(self._later, None)
            if cue is None:
                return None
            self._cues.append(cue)
        return self._cues[place]
