"""Whether two cables of one side were exchanged: leaks tell which muscles lie side by side.

A severe synkinesis makes two muscles answer alike, so levels cannot tell whose cable is whose. What
leaks is another matter: neighbours hear each other's samples, whatever comes along with what. So
the leaks of a side look like those of the other side, which is its mirror image, and lie between
muscles that are neighbours (T1); with two cables exchanged they do so the other way round. Where
leaks cannot tell, who answers when the other one is asked may: see `fit_turned`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from calibration.accepting import Limits, Recorded
from calibration.findings import Fault, Finding
from calibration.fit_reference import Hold
from calibration.fit_rest import Rest
from calibration.fit_turned import Answers, alike_findings, answers, turned_findings
from calibration.intervals import Z95
from calibration.leakage import Leakage
from calibration.montage import Montage
from calibration.muscles import Side
from calibration.saying import Saying
from calibration.traces import FloatArray
from calibration.unmeasured import Beside, beside

FAINT = 0.01
"""Shares differ by so much, however faint they are."""
MOST = 9.0
"""One pair of muscles counts for no more: three standard deviations."""


def cable_findings(
    recorded: Recorded,
    rests: Sequence[Rest | None],
    all_holds: Sequence[Sequence[Hold]],
    leakage: Leakage | None,
    named: Sequence[Finding],
) -> list[Finding]:
    """Return which cables of one side may be exchanged, by levels and by leaks.

    Each may overrule the other where it is sure. Nothing is said of a channel of which a finding
    (`named`) says already that another muscle answered. Whom levels cannot tell apart is remarked
    on only where leaks were asked too, in the end: it is nothing to wait for.
    """
    montage, allowed = recorded.montage, recorded.allowed
    wrong = {one.channel for one in named if one.fault is Fault.WRONG_MUSCLE}
    pairs = [one for one in answers(recorded, rests, all_holds) if not wrong & {*one.columns}]
    if leakage is None:
        return turned_findings(pairs, montage, allowed)
    open_ = [pair for pair in pairs if not _as_they_are(leakage, montage, pair, allowed)]
    found = turned_findings(open_, montage, allowed)
    if not found and not wrong:
        sure = [pair.columns for pair in pairs if pair.are_their_own(allowed)]
        found = exchange_findings(leakage, montage, allowed, sure=sure)
    exchanged = {one.channel for one in found}
    open_ = [pair for pair in open_ if not exchanged & {*pair.columns}]
    return found + alike_findings(open_, montage, allowed)


def exchange_findings(
    leakage: Leakage,
    montage: Montage,
    allowed: Limits,
    *,
    sure: Collection[tuple[int, int]] = (),
) -> list[Finding]:
    """Return the two channels that fit better the other way round; nothing where none surely do.

    Both the other side and the anatomy must say so: the sides alone do not tell which of them it
    is. With fewer than three muscles of a side an exchange changes nothing. The columns in `sure`
    are known not to be exchanged.
    """
    sides = {side: _side(leakage, montage, side) for side in Side}
    codes = sides[Side.LEFT].codes
    if len(codes) < 3:
        return []
    best, found = allowed.exchanged_evidence, []
    by_anatomy = _neighbourly(codes, beside())
    for side, one in sides.items():
        for first, second in combinations(range(len(codes)), 2):
            columns = one.columns[first], one.columns[second]
            if columns in sure:
                continue
            evidence = one.evidence(first, second, sides[side.other].share, allowed.sides_differ)
            placed = one.evidence(first, second, by_anatomy, allowed.sides_differ)
            if evidence >= allowed.exchanged_evidence and placed + evidence > best:
                best = placed + evidence
                found = list(_told(montage, *columns))
    return found


def _as_they_are(leakage: Leakage, montage: Montage, pair: Answers, allowed: Limits) -> bool:
    """Tell whether the leaks of two channels surely fit as they are, by both sides and anatomy."""
    own, other = (_side(leakage, montage, one) for one in (pair.side, pair.side.other))
    if len(own.codes) < 3 or not {*pair.columns} <= {*own.columns}:
        return False
    first, second = (own.columns.index(column) for column in pair.columns)
    evidence = own.evidence(first, second, other.share, allowed.sides_differ)
    placed = own.evidence(first, second, _neighbourly(own.codes, beside()), allowed.sides_differ)
    return evidence <= -allowed.exchanged_evidence and placed < 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Leaks:
    """What leaks between the muscles of one side, `(n_muscles, n_muscles)`; NaN where unknown.

    Of both directions the smaller: axons that serve two muscles make one of them look larger.
    """

    codes: tuple[str, ...]
    columns: tuple[int, ...]
    share: FloatArray
    sd: FloatArray

    def evidence(self, first: int, second: int, like: FloatArray, differ: float) -> float:
        """Return by how much an exchange of two muscles makes these leaks look more `like` others.

        Squared deviations over their variances; shares of the two differ by `differ` of themselves.
        """
        turned = list(range(len(self.codes)))
        turned[first], turned[second] = second, first
        pairs = np.ix_(turned, turned)
        before, after = (
            np.minimum((share - like) ** 2 / (sd**2 + FAINT**2 + (differ * like) ** 2), MOST)
            for share, sd in ((self.share, self.sd), (self.share[pairs], self.sd[pairs]))
        )
        gained = before - after
        return float(np.sum(gained[np.isfinite(gained)]))


def _side(leakage: Leakage, montage: Montage, side: Side) -> _Leaks:
    """Return the leaks of a side's muscles that lie under both sides, in a fixed order."""
    both = [
        (site.muscle, column)
        for column, site in enumerate(montage.sites)
        if site.side is side and montage.column(site.muscle, side.other) is not None
    ]
    codes = tuple(code for code, _ in sorted(both))
    columns = tuple(column for _, column in sorted(both))
    pairs = np.ix_(columns, columns)
    share, low, high = (
        np.fmin(part[pairs], part[pairs].T) for part in (leakage.share, leakage.low, leakage.high)
    )
    return _Leaks(codes=codes, columns=columns, share=share, sd=(high - low) / (2.0 * Z95))


def _neighbourly(codes: Sequence[str], rules: Beside) -> FloatArray:
    """Return what leaks by anatomy alone: `rules.share` between neighbours, else nothing."""
    pairs = [[rules.share * (other in rules.of(one)) for other in codes] for one in codes]
    return np.array(pairs).reshape(len(codes), len(codes))


def _told(montage: Montage, *columns: int) -> Iterator[Finding]:
    """Yield a finding for each of two channels."""
    for column, other in (columns, columns[::-1]):
        yield Finding(
            fault=Fault.EXCHANGED,
            channel=column,
            where=montage.named(column),
            detail=Saying("what it hears of its neighbours fits {}", montage.named(other)),
        )
