"""What the energy detector found: where each channel is active, and from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from host.chain.stream import BoolArray, FloatArray, IntArray
from host.detection import dating


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """One stretch of activity of a channel, in samples, half-open."""

    channel: int
    """Column."""
    onset: int
    offset: int
    cut: bool = False
    """It ended because the signal was lost: it may have gone on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Begun:
    """What dates the beginnings of bursts that go on; arrays are `(n_channels,)` unless said."""

    seen: IntArray
    """Hop in which it was known."""
    free: IntArray
    """Hop from which on it can have begun: before, something else went on."""
    ratios: FloatArray
    """The last powers then, over that at rest; the newest last, `(n_channels, n_hops)`."""

    def onset(self, channel: int) -> int:
        """Return the hop at whose start the burst of a channel began."""
        return _onset(int(self.seen[channel]), int(self.free[channel]), self.ratios[channel])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turns:
    """Where bursts begin or end in consecutive hops, by channel and then by row; `(n_turns,)`.

    When that was is worked out only where somebody asks: few ever do.
    """

    rows: IntArray
    """Of the hop in which it was known."""
    channels: IntArray
    begins: BoolArray
    """Whether a burst begins here; else one ends."""
    cut: BoolArray
    """Whether it ends because the signal was lost."""
    seen: IntArray
    """Hop in which it was known."""
    free: IntArray
    """Hop from which on a burst that is seen there can have begun."""
    powers: FloatArray
    """Of each hop and of those before the first that date an end, `(n_hops, n_channels)`."""
    rest: FloatArray
    """Power at rest in each turn."""
    memory: int
    """How many hops date an end."""
    faint: int
    """And how many a beginning."""
    begun: Begun
    """What had begun before."""

    def __len__(self) -> int:
        return len(self.rows)

    def ratios(self, at: int, hops: int) -> FloatArray:
        """Return so many of the last powers at a turn, over that at rest."""
        stop = int(self.rows[at]) + 1 + self.memory
        found: FloatArray = self.powers[stop - hops : stop, self.channels[at]] / self.rest[at]
        return found

    def onset(self, at: int) -> int:
        """Return the hop at whose start the burst began that begins or ends at a turn."""
        if self.begins[at]:
            return _onset(int(self.seen[at]), int(self.free[at]), self.ratios(at, self.faint))
        if at and self.channels[at - 1] == self.channels[at]:
            return self.onset(at - 1)
        return self.begun.onset(int(self.channels[at]))

    def offset(self, at: int) -> int:
        """Return the hop at whose start the burst ended that ends at a turn."""
        seen = int(self.seen[at])
        if self.cut[at]:
            return seen
        # Not from before its beginning, nor from before what is remembered.
        start = max(self.onset(at), seen - self.memory + 1)
        return start + dating.oldest(self.ratios(at, seen + 1 - start))


def _onset(seen: int, free: int, ratios: FloatArray) -> int:
    """Return when a burst began that was seen in a hop, and not before it was free to."""
    most = min(max(seen - free + 1, 1), len(ratios))
    return seen + 1 - dating.newest(ratios[-most:])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity:
    """Consecutive hops; arrays are `(n_hops, n_channels)` unless said."""

    first: int
    """Number of the first hop."""
    hop: int
    """Samples per hop."""
    moving: BoolArray
    """Whether the channel is active; False where unknown."""
    known: BoolArray
    before: BoolArray
    """Whether the channel was active before the first row, `(n_channels,)`."""
    begun: Begun
    """And when that began."""
    turns: Turns | None = None
    """None where nothing begins or ends."""

    def __len__(self) -> int:
        return len(self.moving)

    def onset(self, row: int, channel: int) -> int | None:
        """Return the sample at which the burst began that goes on in a row; None where none is."""
        if not self.moving[row, channel]:
            return None
        turns = self.turns
        if turns is not None:
            own = (turns.channels == channel) & turns.begins & (turns.rows <= row)
            found = np.flatnonzero(own)
            if len(found):
                return turns.onset(int(found[-1])) * self.hop
        return self.begun.onset(channel) * self.hop

    def bursts(self) -> Sequence[tuple[int, Burst]]:
        """Return the bursts that ended, each with the row in which that was known, in order."""
        turns = self.turns
        if turns is None:
            return ()
        found = [
            (
                int(turns.rows[at]),
                Burst(
                    channel=int(turns.channels[at]),
                    onset=turns.onset(at) * self.hop,
                    offset=turns.offset(at) * self.hop,
                    cut=bool(turns.cut[at]),
                ),
            )
            for at in np.flatnonzero(~turns.begins).tolist()
        ]
        return sorted(found, key=lambda one: (one[0], one[1].channel))
