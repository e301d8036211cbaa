"""Whether two muscles of one side each answer when the other one is asked: exchanged cables.

How loud an electrode is depends on where it lies, and a paralysed side is often the weaker one; so
levels alone tell little. Both cancel where each of two muscles was asked once: *other over own*
when the first was asked, times the same when the second was. Without synkinesis that is far below
1. With it, it is the product of what comes along with what, in shares of each muscle's own. With
the two cables exchanged it is one over that. Only a synkinesis that is louder than the muscles
themselves, both ways, looks like it; near 1 nobody can tell, and that is said too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isnan, log, nan, sqrt

import numpy as np

from calibration.accepting import Limits, Recorded, signal_fault
from calibration.findings import Fault, Finding
from calibration.fit_reference import Hold
from calibration.fit_rest import Rest
from calibration.montage import Montage
from calibration.muscles import Side
from calibration.saying import Saying
from calibration.segments import Segment
from calibration.traces import FloatArray

LEAST_RISE = 0.25
"""What did not rise is taken to have risen by so much of its level at rest, not by its noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How two muscles of one side answered when each of them was asked."""

    columns: tuple[int, int]
    codes: tuple[str, str]
    side: Side
    turned: float
    """Other over own when the first was asked, times the same when the second was."""
    turned_there: float = nan
    """The same of the other side; NaN where it is not known."""

    def are_turned(self, allowed: Limits) -> bool:
        """Tell whether they fit better the other way round."""
        return self.turned >= allowed.turned_ratio and not self._by_anatomy(allowed)

    def are_alike(self, allowed: Limits) -> bool:
        """Tell whether levels cannot say which is which."""
        near = 1.0 / allowed.turned_ratio < self.turned < allowed.turned_ratio
        return near and not self._by_anatomy(allowed)

    def are_their_own(self, allowed: Limits) -> bool:
        """Tell whether each so plainly answers for itself that they cannot be exchanged."""
        return self.turned * allowed.own_ratio < 1.0

    def _by_anatomy(self, allowed: Limits) -> bool:
        """Tell whether the other side answers much the same: then they are so by nature."""
        known = not isnan(self.turned_there)
        return known and abs(log(self.turned / self.turned_there)) <= log(allowed.turned_ratio)


def answers(
    recorded: Recorded, rests: Sequence[Rest | None], all_holds: Sequence[Sequence[Hold]]
) -> tuple[Answers, ...]:
    """Return every two muscles of one side that were both asked, those most turned first.

    `all_holds` are the good holds, by column: a muscle without any gives no evidence.
    """
    asked = _Asked(recorded=recorded, rests=rests, all_holds=all_holds)
    pairs = [pair for side in Side for pair in asked.pairs(side)]
    known = {(pair.side, pair.codes): pair.turned for pair in pairs}
    both = (replace(one, turned_there=known.get((one.side.other, one.codes), nan)) for one in pairs)
    return tuple(sorted(both, key=lambda one: -one.turned))


def turned_findings(pairs: Sequence[Answers], montage: Montage, allowed: Limits) -> list[Finding]:
    """Return a finding for both of the two muscles that answered most for each other, if any."""
    first = [pair for pair in pairs if pair.are_turned(allowed)][:1]
    return [found for pair in first for found in _told(montage, pair)]


def alike_findings(pairs: Sequence[Answers], montage: Montage, allowed: Limits) -> list[Finding]:
    """Return a remark for every two muscles of which levels cannot say which is which."""
    return [
        Finding(
            fault=Fault.ALIKE,
            channel=pair.columns[0],
            where=montage.named(pair.columns[0]),
            detail=Saying("{}, whichever of the two was asked", montage.named(pair.columns[1])),
        )
        for pair in pairs
        if pair.are_alike(allowed)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What was asked of whom, and who rose by how much."""

    recorded: Recorded
    rests: Sequence[Rest | None]
    all_holds: Sequence[Sequence[Hold]]

    def pairs(self, side: Side) -> Iterator[Answers]:
        """Yield every two muscles of a side that were both asked, in a fixed order."""
        sites = self.recorded.montage.sites
        held = [at for at, one in enumerate(sites) if one.side is side and self.all_holds[at]]
        for one, other in combinations(sorted(held, key=lambda at: sites[at].muscle), 2):
            rises = self._rises(one, other), self._rises(other, one)
            if all(len(held) for held in rises):
                first, second = (float(np.median(held[:, 1] / held[:, 0])) for held in rises)
                codes = sites[one].muscle, sites[other].muscle
                turned = first * second
                yield Answers(columns=(one, other), codes=codes, side=side, turned=turned)

    def _rises(self, own: int, other: int) -> FloatArray:
        """Return how a muscle and another one rose in its good holds, `(n, 2)` in uV."""
        held = [hold.segment for hold in self.all_holds[own]]
        sound = [one for one in held if signal_fault(self.recorded, one, other) is None]
        rises = [[self._rise(one, at) for at in (own, other)] for one in sound]
        return np.array(rises).reshape(-1, 2)

    def _rise(self, segment: Segment, channel: int) -> float:
        rest = self.rests[channel]
        assert rest is not None  # noqa: S101  # without it a channel has no good holds
        above_uv = rest.above_uv(self.recorded.typical_power(segment, channel))
        return max(above_uv, LEAST_RISE * rest.level_uv)


def _told(montage: Montage, pair: Answers) -> Iterator[Finding]:
    """Yield a finding for each of two channels."""
    for column, other in (pair.columns, pair.columns[::-1]):
        yield Finding(
            fault=Fault.EXCHANGED,
            channel=column,
            where=montage.named(column),
            detail=Saying(
                "here and at {} the muscle that was not asked rose {:.1f} times as much",
                montage.named(other),
                sqrt(pair.turned),
            ),
        )
