"""Where an eye begins or ends to work, and what of that may become a blink."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from host.chain.stream import BoolArray


@dataclass(frozen=True, slots=True, kw_only=True)
class EyeTurn:
    """A beginning or an end, by rows of consecutive hops."""

    row: int
    """Of the hop in which it was known."""
    channel: int
    begins: bool
    moment: int | None
    """Hop at whose start it began or ended; None where it was cut, and may have gone on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """What eyes did together from one hop to another, half-open."""

    onset: int
    offset: int
    channels: tuple[int, ...]
    alone: bool
    """Whether the other eye could not be seen."""


@dataclass(slots=True, kw_only=True, eq=False)
class EyeMarks:
    """What is found while walking through hops."""

    where: BoolArray
    """`(n_hops, n_channels)`: an eye may only be blinking."""
    spells: list[tuple[int, Spell]] = field(default_factory=list)
    """With the row in which each was known."""


@dataclass(slots=True, kw_only=True)
class _Candidate:
    """What may become a blink."""

    seen: int
    """Hop in which the first eye was seen to begin."""
    onsets: dict[int, int]
    """Hop at which each eye began, by channel."""
    offsets: dict[int, int] = field(default_factory=dict)
    alone: bool
    """Whether the other eye cannot be seen."""

    def goes_on(self, channel: int) -> bool:
        """Tell whether an eye has begun and not ended."""
        return channel in self.onsets and channel not in self.offsets


class EyesTogether:
    """Puts together what both eyes do at once, for short; times are in hops."""

    def __init__(self, *, shortest: int, longest: int, apart: int, lag: int) -> None:
        """Expect to know of an end `lag` hops after it."""
        self._shortest, self._longest, self._apart, self._lag = shortest, longest, apart, lag
        self._candidate: _Candidate | None = None

    @property
    def waiting(self) -> bool:
        """Whether something may yet become a blink."""
        return self._candidate is not None

    def forget(self) -> None:
        """Let it be none."""
        self._candidate = None

    def push(
        self,
        first: int,
        shape: tuple[int, ...],
        turns: Sequence[EyeTurn],
        others: Callable[[int, int], bool | None],
    ) -> EyeMarks:
        """Walk through hops of this shape from number `first` on, turn by turn, in order.

        `others` tells for row and channel whether the other eye is seen and free to begin too:
        None where it is not seen.
        """
        marks = EyeMarks(where=np.zeros(shape, dtype=np.bool_))
        row = 0
        for turn in turns:
            self._wait(row, turn.row, first, marks)
            row = turn.row
            if not turn.begins:
                self._end(turn, marks)
            elif turn.moment is not None:
                self._begin(first, turn, turn.moment, others)
        self._wait(row, shape[0], first, marks)
        return marks

    def _begin(
        self, first: int, turn: EyeTurn, onset: int, others: Callable[[int, int], bool | None]
    ) -> None:
        """Take the beginning of an eye's work."""
        candidate = self._candidate
        if candidate is not None and candidate.goes_on(turn.channel):
            candidate = self._candidate = None  # it was a movement: this is on top of it
        if candidate is not None:
            candidate.onsets.setdefault(turn.channel, onset)
            candidate.offsets.pop(turn.channel, None)
            return
        free = others(turn.row, turn.channel)
        if free is not False:
            self._candidate = _Candidate(
                seen=first + turn.row, onsets={turn.channel: onset}, alone=free is None
            )

    def _end(self, turn: EyeTurn, marks: EyeMarks) -> None:
        """Take the end of an eye's work."""
        candidate = self._candidate
        if candidate is None or turn.channel not in candidate.onsets:
            return
        if turn.moment is None:
            self._candidate = None
            return
        candidate.offsets[turn.channel] = turn.moment
        if set(candidate.offsets) != set(candidate.onsets):
            return
        self._candidate = None
        if len(candidate.onsets) < 2 and not candidate.alone:
            return
        onset, offset = min(candidate.onsets.values()), max(candidate.offsets.values())
        if self._shortest <= offset - onset <= self._longest:
            channels = tuple(sorted(candidate.onsets))
            spell = Spell(onset=onset, offset=offset, channels=channels, alone=candidate.alone)
            marks.spells.append((turn.row, spell))

    def _wait(self, row: int, stop: int, first: int, marks: EyeMarks) -> None:
        """Let time pass from one row to before another; what is too late for a blink is none."""
        candidate = self._candidate
        if candidate is None:
            return
        late = min(candidate.onsets.values()) + self._longest + self._lag
        if len(candidate.onsets) < 2 and not candidate.alone:
            late = min(late, candidate.seen + self._apart)
        until = min(max(late - first, row), stop)
        marks.where[row:until, sorted(candidate.onsets)] = True
        if until < stop:
            self._candidate = None
