"""Which sample each row is: sequence numbers and arrival times to an index that never repeats.

The index counts what the board has sampled: lost rows leave a hole of their exact length. A row
that continues the sequence is placed at once. One that does not is held until the next row tells
whether it was the first after a gap or a false packet, read out of damaged bytes. Rows that come
far later than their numbers say are held for a moment: they are a backlog, or a cycle was lost.
"""

import math
from typing import NamedTuple

import numpy as np

from host.acquisition.clock import Clock, Line
from host.acquisition.lateness import HOLD_S, RESTART_ROWS, Lateness
from host.acquisition.numbering import NOT_A_SAMPLE, Numbering
from host.acquisition.rows import Placed, Rows
from host.chain.stream import FloatArray


class _Counted(NamedTuple):
    """Whole cycles that are taken to be lost."""

    first: int
    """The first sample after them."""
    samples: int
    arrival_s: float
    line: Line
    """The clock's before."""


_Row = tuple[int, float, FloatArray]
"""A position (or the sample it turned out to be), its arrival, its channels."""

LOOK_AGAIN_S = 60.0
"""So long a line that was drawn before tells whether rows come too early."""
UNAMBIGUOUS = 2**32
"""A cycle so long needs no arrival to say how often it went round: the numbers alone count."""


class SampleCounter:
    """Places the rows of one connection, whose first one is sample `first`."""

    def __init__(self, numbering: Numbering, clock: Clock, *, rate_hz: float, first: int) -> None:
        self._numbering = numbering
        self._clock = clock
        self._rate_hz = rate_hz
        self._first = first
        self._lateness = Lateness(numbering.cycle, rate_hz)
        self._begun = False
        self._last = (0, first - 1, 0.0)
        """Position, sample and arrival of the last row placed."""
        self._held: _Row | None = None
        self._late: list[tuple[int, _Row]] = []
        """Rows that came far too late for their numbers, and how far each is after the first."""
        self._counted: _Counted | None = None
        """Cycles that were counted and nobody saw, for a while."""
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
        return self._placed(out, rows.data.shape[1])

    def let_go(self, channels: int) -> Placed:
        """Place what is still watched, as a backlog: nothing follows that could tell."""
        out: list[_Row] = []
        if self._late:
            self._place_late(out, now=True)
        return self._placed(out, channels)

    def _placed(self, out: list[_Row], width: int) -> Placed:
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
        sure = (follows and held[0] >= RESTART_ROWS) or self._lateness.drains
        jump, agree = self._jump(step, self._elapsed(held[1]), sure=sure)
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
        if (row[1] - newest[1]) * self._rate_hz - ahead > self._numbering.cycle / 2:
            self._place_late(out, now=True)  # it is doubtful by itself
            return False
        joins = 1 <= ahead <= self._numbering.cycle // 8
        if joins:
            self._late.append((offset + ahead, row))
        if row[1] - first[1] >= HOLD_S and self._place_late(out):
            return joins
        self.rejected += not joins
        return True

    def _place_late(self, out: list[_Row], *, now: bool = False) -> bool:
        """Place the late rows where the way in which they came says that they belong.

        False where it does not say so yet.
        """
        late = self._with_neighbours(self._late)
        if not late:
            self.rejected += len(self._late)
            self._late = []
            return True
        (base, first), (_, newest) = late[0], late[-1]
        lates = [self._elapsed(row[1]) - (offset - base) for offset, row in late]
        step, span_s = self._step(first), newest[1] - first[1]
        jump = self._lateness.jump(step, first[0], lates, span_s, now=now)
        if jump is None:
            return False
        self.rejected += len(self._late) - len(late)
        self._late = []
        if jump > step:
            first_sample, line = self._last[1] + jump, self._clock.line
            self._counted = _Counted(first_sample, jump - step, newest[1], line)
        self._lateness.placed(lates[-1] - jump, newest[1])
        start = self._last[1] + jump - base
        for offset, row in late:
            self._place(row, start + offset, out)
        return True

    def _with_neighbours(self, late: list[tuple[int, _Row]]) -> list[tuple[int, _Row]]:
        """Drop rows that neither follow a row nor are followed by one: false numbers, mostly."""
        offsets = {offset for offset, _ in late}
        return [part for part in late if part[0] - 1 in offsets or part[0] + 1 in offsets]

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
        """Tell whether the row `ahead` of the last placed one came so late that it is doubtful."""
        if self._counted is not None:
            self._look_again(self._counted, arrival_s, ahead)
        elapsed = self._elapsed(arrival_s)
        return self._lateness.is_doubtful(elapsed - ahead, arrival_s)

    def _look_again(self, counted: _Counted, arrival_s: float, ahead: int) -> None:
        """Tell whether those cycles were a backlog: then rows come before their time.

        The hole stays, for no index comes twice; but the clock's line must not bend to it.
        """
        elapsed = counted.line.sample_at(arrival_s) - self._last[1]
        if self._lateness.comes_too_early(ahead, elapsed):
            self._clock.renumber(counted.first, counted.samples, counted.line)
            self._counted = None
        elif arrival_s - counted.arrival_s > LOOK_AGAIN_S:
            self._counted = None

    def _elapsed(self, arrival_s: float) -> float:
        """Return how many samples fell due since the last placed row, until a time."""
        now = self._clock.sample_at(arrival_s)
        if math.isnan(now):
            return (arrival_s - self._last[2]) * self._rate_hz
        return now - self._last[1]

    def _jump(self, step: int, elapsed: float, *, sure: bool) -> tuple[int, bool]:
        """Return how many samples a row is ahead, and whether number and arrival agree on it.

        Losses longer than a cycle are resolved by arrival. Where the two disagree the arrival alone
        says which sample it is.
        """
        if self._numbering.cycle >= UNAMBIGUOUS and 0 < step < self._numbering.cycle // 2:
            return step, True
        jump = self._lateness.whole(step, elapsed)
        if sure and self._lateness.drains:
            jump = step
        if not self._lateness.explains(jump, elapsed, sure=sure):
            return max(1, round(elapsed)), False
        return jump, True
