"""The lengths of a bout in samples, converted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from host.chain.stream import Stream
    from host.session.practising.asked import BoutTerms

BEAT_S = 0.1
"""A bout decides so often: nobody notices, and every cut of the stream gives the same."""
_MOMENT_S = 1.0


def beat_of(stream: Stream) -> int:
    """Return the samples between two beats; beats lie on the grid of the global sample index."""
    return stream.samples(BEAT_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """As in `BoutTerms`, in samples."""

    bout: int
    rise: int
    hold: int
    release: int
    rest: int
    settle: int
    pause: int
    patience: int
    lost: int
    question: int
    reveal: int
    moment: int
    """So long after an attempt the bout may end: until then its last frames have come."""

    @classmethod
    def of(cls, terms: BoutTerms, stream: Stream) -> Lengths:
        """Return the lengths of a bout in a stream."""
        return cls(
            bout=stream.samples(terms.bout_s),
            rise=stream.samples(terms.rise_s),
            hold=stream.samples(terms.hold_s),
            release=stream.samples(terms.release_s),
            rest=stream.samples(terms.rest_s),
            settle=stream.samples(terms.settle_s),
            pause=stream.samples(terms.pause_s),
            patience=stream.samples(terms.patience_s),
            lost=stream.samples(terms.lost_s),
            question=stream.samples(terms.question_s),
            reveal=stream.samples(terms.reveal_s),
            moment=stream.samples(_MOMENT_S),
        )
