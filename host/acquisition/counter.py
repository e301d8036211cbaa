"""Which sample each row is: sequence numbers and arrival times to an index that never repeats.

The index counts what the board has sampled: lost rows leave a hole of their exact length. A row
that continues the sequence is placed at once. One that does not is held until the next row tells
whether it was the first after a gap or a false packet, read out of damaged bytes. Rows that come
far later than their numbers say are held for a moment: they are a backlog, or a cycle was lost.
"""

import math
from dataclasses import dataclass

import numpy as np

from host.acquisition.clock import Clock
from host.acquisition.numbering import NOT_A_SAMPLE, Numbering
from host.chain.stream import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows as they came; all arrays have as many entries."""

    positions: IntArray
    """Where in the numbering's cycle each row says it stands."""
    arrivals_s: FloatArray
    data: FloatArray
    """Microvolts, `(n_rows, n_channels)`."""

    def __len__(self) -> int:
        return len(self.positions)

    def after(self, start: int) -> "Rows":
        """Return the rows from `start` on."""
        return Rows(self.positions[start:], self.arrivals_s[start:], self.data[start:])

    def then(self, later: "Rows") -> "Rows":
        """Return these rows and the later ones."""
        return Rows(
            np.concatenate([self.positions, later.positions]),
            np.concatenate([self.arrivals_s, later.arrivals_s]),
            np.concatenate([self.data, later.data]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Rows with their sample indices, ascending."""

    samples: IntArray
    arrivals_s: FloatArray
    data: FloatArray


_Row = tuple[int, float, FloatArray]
"""A position (or the sample it turned out to be), its arrival, its channels."""

EARLY_S = 0.03
"""By so much a row may seem to arrive before its time, as long as the clock's line is young."""
EARLY_SHARE = 0.02
"""And by such a share of the time since the last row: a board may be that much faster."""
LATE_HOLD_S = 0.03
"""Rows that were only late come all at once; after lost ones they come one after the other."""
UNAMBIGUOUS = 2**32
"""A cycle so long needs no arrival to say how often it went round: the numbers alone count."""
RESTART_ROWS = 8
"""A board that counts anew does so from 0, and its first few rows may be lost."""


class SampleCounter:
    """Places the rows of one connection, whose first one is sample `first`."""

    def __init__(self, numbering: Numbering, clock: Clock, *, rate_hz: float, first: int) -> None:
        self._numbering = numbering
        self._clock = clock
        self._rate_hz = rate_hz
        self._first = first
        self._begun = False
        self._last = (0, first - 1, 0.0)
        """Position, sample and arrival of the last row placed."""
        self._held: _Row | None = None
        self._late: list[tuple[int, _Row]] = []
        """Rows that came far too late for their numbers, and how far each is after the first."""
        self.rejected = 0
        """Rows that were false packets or came twice."""

    def push(self, rows: Rows) -> Placed:
        """Place rows; the last one is held back if only the next can tell what it is."""
        placed = self._run(rows) or self._one_by_one(rows)
        self._clock.push(placed.samples, placed.arrivals_s)
        return placed

    def _run(self, rows: Rows) -> Placed | None:
        """Place rows that all continue the sequence; None if they do not."""
        if not (self._begun and len(rows)) or self._held is not None or self._late:
            return None
        last = self._last[0]
        for position in rows.positions.tolist():
            if position == NOT_A_SAMPLE or (position - last) % self._numbering.cycle != 1:
                return None
            last = position
        if self._behind(float(rows.arrivals_s[-1]), len(rows)):
            return None
        samples = self._last[1] + 1 + np.arange(len(rows))
        self._last = last, int(samples[-1]), float(rows.arrivals_s[-1])
        return Placed(samples, rows.arrivals_s, rows.data)

    def _one_by_one(self, rows: Rows) -> Placed:
        out: list[_Row] = []
        for position, arrival_s, data in zip(
            rows.positions.tolist(), rows.arrivals_s.tolist(), rows.data, strict=True
        ):
            if position == NOT_A_SAMPLE:
                self.rejected += 1
            else:
                self._take((position, arrival_s, data), out)
        width = rows.data.shape[1]
        return Placed(
            np.array([sample for sample, _, _ in out], dtype=np.int64),
            np.array([arrival_s for _, arrival_s, _ in out], dtype=np.float64),
            np.array([data for _, _, data in out], dtype=np.float64).reshape(-1, width),
        )

    def _take(self, row: _Row, out: list[_Row]) -> None:
        if not self._begun:
            self._place(row, self._first, out)
            return
        if self._late and self._wait(row, out):
            return
        if self._held is not None and self._judge_held(row, out):
            return
        step = self._step(row)
        if step == 1 and self._behind(row[1], 1):
            self._late = [(0, row)]
        elif step == 1:
            self._place(row, self._last[1] + 1, out)
        elif step == 0 and self._elapsed(row[1]) < self._numbering.cycle / 2:
            self.rejected += 1
        else:
            self._held = row

    def _judge_held(self, row: _Row, out: list[_Row]) -> bool:
        """Place or reject the held row by the one after it; True if both have to wait."""
        held, self._held = self._held, None
        if held is None:
            return False
        follows = self._ahead(row, held) == 1
        step = self._step(held)
        jump, agree = self._jump(step, self._elapsed(held[1]))
        # The rows between may be lost too, where the held one is in time.
        if agree and (jump == step if follows else step < self._step(row)):
            self._place(held, self._last[1] + jump, out)
        elif follows:
            # A cycle seems lost, or these are the first rows of a backlog as long.
            self._late = [(0, held), (1, row)]
            return True
        else:
            self.rejected += 1
        return False

    def _wait(self, row: _Row, out: list[_Row]) -> bool:
        """Let a row join the late ones, or place those; False if it is not one of them."""
        (_, first), (offset, newest) = self._late[0], self._late[-1]
        ahead = self._ahead(row, newest)
        joins = 1 <= ahead <= self._numbering.cycle // 8
        if joins:
            self._late.append((offset + ahead, row))
        if row[1] - first[1] >= LATE_HOLD_S:
            self._place_late(out)
            return joins
        self.rejected += not joins
        return True

    def _place_late(self, out: list[_Row]) -> None:
        """Place the late rows where the newest one's arrival says that the first belongs."""
        late = self._with_neighbours(self._late)
        self._late = []
        if not late:
            return
        (base, first), (offset, newest) = late[0], late[-1]
        elapsed = self._elapsed(newest[1]) - (offset - base)
        jump, agree = self._jump(self._step(first), elapsed)
        # A board that counts anew begins at 0; others are still catching up. What seems to come
        # before the last placed row says only that the clock's line is off: the numbers count.
        astray = jump > self._step(first) or elapsed < 1.0
        if not agree and first[0] >= RESTART_ROWS and astray:
            jump = max(1, self._nearest(self._step(first), elapsed))
        start = self._last[1] + jump - base
        for offset, row in late:
            self._place(row, start + offset, out)

    def _with_neighbours(self, late: list[tuple[int, _Row]]) -> list[tuple[int, _Row]]:
        """Drop rows that neither follow a row nor are followed by one: false numbers, mostly."""
        offsets = {offset for offset, _ in late}
        kept = [part for part in late if part[0] - 1 in offsets or part[0] + 1 in offsets]
        self.rejected += len(late) - len(kept)
        return kept

    def _place(self, row: _Row, sample: int, out: list[_Row]) -> None:
        self._begun = True
        self._last = row[0], sample, row[1]
        out.append((sample, row[1], row[2]))

    def _ahead(self, row: _Row, other: _Row) -> int:
        """Return how far a row's position is ahead of another's."""
        return (row[0] - other[0]) % self._numbering.cycle

    def _step(self, row: _Row) -> int:
        """Return how far a row's position is ahead of the last placed one's."""
        return (row[0] - self._last[0]) % self._numbering.cycle

    def _behind(self, arrival_s: float, ahead: int) -> bool:
        """Tell whether the row `ahead` of the last placed one came half a cycle late."""
        return self._elapsed(arrival_s) - ahead > self._numbering.cycle / 2

    def _elapsed(self, arrival_s: float) -> float:
        """Return how many samples fell due since the last placed row, until a time."""
        now = self._clock.sample_at(arrival_s)
        if math.isnan(now):
            return (arrival_s - self._last[2]) * self._rate_hz
        return now - self._last[1]

    def _nearest(self, step: int, elapsed: float) -> int:
        """Return the jump by `step` and whole cycles that is nearest to the time elapsed."""
        cycle = self._numbering.cycle
        return step + cycle * max(0, round((elapsed - step) / cycle))

    def _jump(self, step: int, elapsed: float) -> tuple[int, bool]:
        """Return how many samples a row is ahead, and whether number and arrival agree on it.

        Losses longer than a cycle are resolved by arrival. Where the two disagree the arrival alone
        says which sample it is.
        """
        if self._numbering.cycle >= UNAMBIGUOUS and 0 < step < self._numbering.cycle // 2:
            return step, True
        jump = self._nearest(step, elapsed)
        early = EARLY_S * self._rate_hz + EARLY_SHARE * max(elapsed, 0.0)
        if jump == 0 or not -early <= elapsed - jump <= self._numbering.cycle / 4:
            return max(1, round(elapsed)), False
        return jump, True
