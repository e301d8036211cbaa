"""What was felt against what was measured, over the attempts of a bout (P6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from calibration.intervals import wilson
from calibration.measured import Measured, bounded, unknown
from host.session.practising.tried import FeltMuscle, Tried

NOBODY_ASKED = "nobody was asked what moved"
NOTHING_KNOWN = "too little was measured to compare"
OF_MUSCLES = "of the muscles"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltCount:
    """One muscle of the affected side: in how many attempts it was felt, and was measured."""

    muscle: str
    compared: int
    both: int
    """Felt, and measured."""
    missed: int
    """It moved, and was not felt."""
    imagined: int
    """It was felt, and did not move."""

    @property
    def agreed(self) -> int:
        """In how many attempts both say the same."""
        return self.compared - self.missed - self.imagined


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltBout:
    """A bout in which somebody said what moved; without answers all is empty."""

    answers: int
    """Attempts with an answer."""
    muscles: tuple[FeltCount, ...]
    """From forehead to neck; those that could be compared."""
    agreement: Measured
    """Share of the comparisons in which both say the same."""


def felt_bout(attempts: Sequence[Tried]) -> FeltBout:
    """Return how well the attempts of a bout were felt; an attempt without an answer has none."""
    answers = [one.agreement for one in attempts if one.agreement is not None]
    found = [muscle for one in answers for muscle in one.muscles if muscle.agrees is not None]
    counts = tuple(
        _count(code, [one for one in found if one.muscle == code])
        for code in dict.fromkeys(one.muscle for one in found)
    )
    return FeltBout(answers=len(answers), muscles=counts, agreement=_agreement(answers, counts))


def _count(code: str, found: Sequence[FeltMuscle]) -> FeltCount:
    return FeltCount(
        muscle=code,
        compared=len(found),
        both=sum(one.felt and one.measured is True for one in found),
        missed=sum(not one.felt and one.measured is True for one in found),
        imagined=sum(one.felt and one.measured is False for one in found),
    )


def _agreement(answers: Sequence[object], counts: Sequence[FeltCount]) -> Measured:
    if not answers:
        return unknown(OF_MUSCLES, NOBODY_ASKED)
    compared = sum(one.compared for one in counts)
    if not compared:
        return unknown(OF_MUSCLES, NOTHING_KNOWN)
    share = sum(one.agreed for one in counts) / compared
    return bounded(share, wilson(share, compared), OF_MUSCLES, compared)
