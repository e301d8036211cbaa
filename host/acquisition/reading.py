"""From BrainFlow's table to numbered samples, for each kind of board."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray, Stream
from host.errors import DeviceError
from host.translation import mark

OUR_END_BYTE = 0xC5
"""Of our board's packets; a Cyton ends its own with `C0`."""
PACKED_HIGH = 0x40
"""In the high byte of our board's status word: the slots hold two samples each."""
_BETTER = mark(
    "This is an Arduino board with this project's firmware, read as a Cyton: --board arduino gives "
    "it a higher rate, and counts every lost sample."
)
_PACKED = Saying(
    "This board sends packed samples, which no Cyton does: open it with --board arduino, or send "
    "it Qw! to let it start plain again."
)


class Samples(NamedTuple):
    """Samples in the order in which they came; all arrays have as many entries."""

    numbers: FloatArray
    """As the board counts them; NaN for what is no packet of its own."""
    arrivals_s: FloatArray
    data: FloatArray
    """Microvolts, `(n_samples, n_channels)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which row of BrainFlow's table holds what."""

    number: int
    channels: tuple[int, ...]
    others: tuple[int, ...] = ()
    """A Cyton's: its end byte, then the six auxiliary bytes."""


class Reading(Protocol):
    """Makes numbered samples of a connection's rows."""

    @property
    def stream(self) -> Stream:
        """What is true of every sample."""

    @property
    def overruns(self) -> int:
        """Packets that the board itself dropped since the start."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a therapist should know of this board, one sentence each."""

    def samples(self, table: FloatArray, arrivals_s: FloatArray) -> Samples:
        """Decode `(rows, n)` as BrainFlow gives it, with when each column arrived."""


class PlainReading:
    """A sample in each row: every board of BrainFlow's."""

    overruns = 0

    def __init__(self, stream: Stream, layout: Layout, *, cyton: bool = False) -> None:
        self.stream = stream
        self._layout = layout
        self._rows: Sequence[int] = list(layout.channels)
        self._watch_end = cyton and len(layout.others) >= 7
        self._ours = 0
        self._theirs = 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say what would be better where the packets are those of our board."""
        return (_BETTER,) if self._ours > self._theirs else ()

    def samples(self, table: FloatArray, arrivals_s: FloatArray) -> Samples:
        """Take the rows as they are; DeviceError where they are packed, and no samples at all."""
        if self._watch_end:
            self._look(table)
        return Samples(table[self._layout.number], arrivals_s, table[self._rows].T)

    def _look(self, table: FloatArray) -> None:
        """Tell our board by how its packets end; a few may be damaged."""
        ends, highs = table[self._layout.others[0]], table[self._layout.others[5]]
        ours = ends == OUR_END_BYTE
        count = int(np.count_nonzero(ours))
        self._ours += count
        self._theirs += len(ours) - count
        if not count:
            return
        packed = np.count_nonzero(highs[ours].astype(np.int64) & PACKED_HIGH)
        if packed > 1 and 2 * packed > len(ours):
            raise DeviceError(_PACKED)
