"""From a board's rows to chunks: one index, one grid and one time across all its connections."""

from collections import deque
from collections.abc import Iterable

import numpy as np

from host.acquisition.catalog import Counting
from host.acquisition.clock import Clock
from host.acquisition.counter import SampleCounter
from host.acquisition.numbering import NOT_A_SAMPLE, Numbering, numbering_of
from host.acquisition.opening import Opening
from host.acquisition.rows import Placed, Rows
from host.chain.stream import Chunk, FloatArray, IntArray, Stream


class Assembly:
    """Numbers and times the rows of a board, and cuts them into chunks at the gaps.

    After a reconnection the index goes on by the time that has passed.
    """

    def __init__(self, stream: Stream, counting: Counting, opening_s: float) -> None:
        self._stream = stream
        self._counting = counting
        self._opening_s = opening_s
        self._chunks: deque[Chunk] = deque()
        self._clocks: list[tuple[int, Clock]] = []
        """The first sample of each connection, and its clock."""
        self._next = 0
        self._numbering: Numbering = numbering_of(counting)
        self._opening: Opening | None = None
        self._counter: SampleCounter | None = None
        self.lost = 0
        """Samples that are missing between the chunks so far."""
        self.gaps = 0

    @property
    def rate_hz(self) -> float | None:
        """Return the newest connection's measured rate, once it is known."""
        return self._clocks[-1][1].rate_hz if self._clocks else None

    def connect(self) -> None:
        """Expect rows of a new connection; what the last one still held is not lost."""
        if self._counter is not None:
            self._cut(self._counter.let_go(len(self._stream.channels)))
        self._numbering = numbering_of(self._counting)
        self._opening = Opening(cycle=self._numbering.cycle, hold_s=self._opening_s)
        self._counter = None

    def push(
        self, numbers: FloatArray, arrivals_s: FloatArray, data: FloatArray, *, after_silence: bool
    ) -> None:
        """Take rows as they came; raise RateError once their rate is known to be wrong."""
        positions = self._numbering.positions(numbers)
        # A row with a hole in it is lost, whole: no filter may see a made-up value.
        sound = (positions != NOT_A_SAMPLE) & np.isfinite(data).all(axis=1)
        rows = Rows(positions, arrivals_s, data)
        if not sound.all():
            rows = Rows(positions[sound], arrivals_s[sound], data[sound])
        if after_silence and self._counting is Counting.ROWS:
            self._counter = None
        if self._opening is not None and len(arrivals_s):
            rows = self._opening.push(rows, float(arrivals_s[-1]))
        if not len(rows):
            return
        if self._counter is None:
            self._counter = self._begin(rows)
        self._cut(self._counter.push(rows))
        self._clocks[-1][1].check()

    def next_chunk(self) -> Chunk | None:
        """Return the oldest chunk not yet returned."""
        return self._chunks.popleft() if self._chunks else None

    def time_of(self, sample: int) -> float:
        """Return when a sample was taken, on the arrivals' clock; NaN before any came."""
        for first, clock in reversed(self._clocks):
            if sample >= first or first == 0:
                return clock.time_of(sample)
        return float("nan")

    def _begin(self, rows: Rows) -> SampleCounter:
        """Start counting a connection where its earliest arrival says its first row belongs."""
        rate_hz, first = self._stream.rate_hz, 0
        if self._clocks:
            after = (rows.positions - rows.positions[0]) % self._numbering.cycle
            start_s = float(np.min(rows.arrivals_s - after / rate_hz))
            first = max(self._next, round(self._clocks[-1][1].sample_at(start_s)))
        clock = Clock(rate_hz)
        self._clocks.append((first, clock))
        return SampleCounter(self._numbering, clock, rate_hz=rate_hz, first=first)

    def _cut(self, placed: Placed) -> None:
        if not len(placed.samples):
            return
        data = self._stream.on_grid(placed.data)
        for start, stop in _runs(placed.samples):
            chunk = Chunk(int(placed.samples[start]), data[start:stop])
            if chunk.start != self._next:
                self.gaps += 1
                self.lost += chunk.start - self._next
            self._next = chunk.stop
            self._chunks.append(chunk)


def _runs(samples: IntArray) -> Iterable[tuple[int, int]]:
    """Return where runs without a gap begin and end; mostly it is one, and found at once."""
    if samples[-1] - samples[0] == len(samples) - 1:
        return ((0, len(samples)),)
    edges = np.flatnonzero(np.diff(samples) != 1) + 1
    return zip([0, *edges], [*edges, len(samples)], strict=True)
