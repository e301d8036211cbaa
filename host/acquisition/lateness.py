"""Rows that come later than their numbers say: held up on the way, or behind rows that were lost.

Numbers that begin anew cannot tell a backlog from a loss of whole cycles; how rows come can. No row
comes before it was sampled, which leaves most delays one explanation. Where there are two, rows
after a loss come as fast as they are sampled, and stay as late; those of a backlog come faster, and
catch up. A backlog that drains slowly is watched until it is over.
"""

from collections.abc import Sequence

EARLY_S = 0.03
"""By so much a row may seem to arrive before its time, as long as the clock's line is young."""
EARLY_SHARE = 0.02
"""And by such a share of the time since the last row: a board may be that much faster."""
HOLD_S, LONGEST_HOLD_S = 0.25, 1.0
"""Rows that are doubtful are watched for so long; and where that tells nothing."""
DRAIN_SHARE = 0.03
"""Rows that come faster than they are sampled by more than this catch up."""
JITTER_S = 0.016
"""So unevenly rows come in any case."""
FEW = 8
"""So many rows may be lost while others are held up."""
STUCK_S = 5.0
"""A backlog that is no shorter after so long is none."""
RESTART_ROWS = 8
"""A board that counts anew does so from 0, and its first few rows may be lost."""


class Lateness:
    """Judges delays, in samples, of rows whose numbers begin anew after `cycle`."""

    def __init__(self, cycle: int, rate_hz: float) -> None:
        self._cycle, self._rate_hz = cycle, rate_hz
        self._since: tuple[float, float] | None = None
        """While a backlog drains: when it was looked at, and how late its rows were then."""

    @property
    def drains(self) -> bool:
        """Whether a backlog is known."""
        return self._since is not None

    def whole(self, step: int, elapsed: float) -> int:
        """Return the most samples that a row can be ahead: `step`, and whole cycles.

        `elapsed` is how many fell due since the last row.
        """
        possible = elapsed + self._early(elapsed) - step
        return step + self._cycle * max(0, int(possible // self._cycle))

    def explains(self, jump: int, elapsed: float, *, sure: bool = False) -> bool:
        """Tell whether a row that is so far ahead came in time.

        A number that is `sure`, as the next row follows it, may be held up, as long as no cycle
        fits into its delay, or a backlog is known.
        """
        if sure and self.drains and 0 < jump < self._cycle / 2:
            return True
        late = elapsed - jump
        most = self._cycle - self._early(late) if sure else self._cycle / 4
        return jump > 0 and -self._early(elapsed) <= late <= most

    def comes_too_early(self, jump: int, elapsed: float) -> bool:
        """Tell whether a row that is so far ahead would have come before it was sampled."""
        return elapsed - jump < -2.0 * self._early(elapsed)

    def is_doubtful(self, late: float, arrival_s: float) -> bool:
        """Tell whether rows that follow the last one come so late that a cycle may be lost."""
        if late < self._cycle - self._early(late):
            if late < self._cycle / 2:
                self._since = None
            return False
        return not self._goes_on(late, arrival_s)

    def jump(
        self, step: int, first: int, lates: Sequence[float], span_s: float, *, now: bool
    ) -> int | None:
        """Return how far ahead the first of some doubtful rows is; None as long as nobody can tell.

        `first` is its position; `lates` are how many samples fell due since the last placed row,
        less what each row is behind the first; they came within `span_s`. Where it must be told
        `now` the likelier is returned: a backlog.
        """
        newest = lates[-1]
        most = self.whole(step, newest)
        drains = lates[0] - newest > (DRAIN_SHARE * span_s + JITTER_S) * self._rate_hz
        fits = newest - most <= self._cycle / 16 and self.explains(most, newest)
        anew = first < RESTART_ROWS and not self.explains(most, newest)
        if not drains and (anew or (fits and most != step)):
            if step <= FEW and span_s < LONGEST_HOLD_S:
                return max(step, 1) if now else None
            return max(1, round(newest)) if anew else most
        # What seems to come before the last row says only that the clock's line is off.
        if 1.0 <= newest < step - self._early(newest):
            return round(newest)
        return max(step, 1)

    def placed(self, late: float, arrival_s: float) -> None:
        """Take note of how late a doubtful row still is once it is placed."""
        if late >= self._cycle - self._early(late):
            self._since = arrival_s, late

    def _goes_on(self, late: float, arrival_s: float) -> bool:
        """Tell whether a backlog is known, and grows shorter."""
        if self._since is None:
            return False
        since_s, before = self._since
        if arrival_s - since_s < STUCK_S:
            return True
        shorter = before - late > self._cycle / 16
        self._since = (arrival_s, late) if shorter else None
        return shorter

    def _early(self, elapsed: float) -> float:
        return EARLY_S * self._rate_hz + EARLY_SHARE * max(elapsed, 0.0)
