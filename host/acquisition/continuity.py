"""Which packets of our board can be true: their 32-bit number against the one before, and the time.

A damaged byte may leave a packet that looks whole. Its number then is seldom the next one, and
either lies behind or so far ahead that the packet would have arrived before it was sampled; and the
packet after it does not go on from there. A true packet can look early too, where a board that was
heard late on a busy computer is heard in time again. So a doubtful one waits for the next.
"""

from collections.abc import Sequence

NUMBERS = 2**32
"""The number counts samples modulo this."""
EARLY_S = 0.05
"""By so much a packet may seem to arrive before its time."""
RESTART_PACKETS = 8
"""A board that starts again counts from 0, and a few of its packets may be lost."""


class Continuity:
    """Judges packets one after the other; the result does not depend on how they were cut."""

    def __init__(self, *, rate_hz: float, per_packet: int) -> None:
        if not (rate_hz > 0.0 and per_packet >= 1):
            raise ValueError(f"need a rate and samples, got {rate_hz} Hz and {per_packet}")
        self._rate_hz = rate_hz
        self._per_packet = per_packet
        self._last: int | None = None
        """Number of the last packet that was believed, counted on beyond the modulus."""
        self._earliest_s = 0.0
        """When sample 0 was taken, at the latest, by the arrivals so far."""

    def judge(self, numbers: Sequence[int], arrivals_s: Sequence[float]) -> list[bool]:
        """Tell which packets can be true, in the order in which they came.

        The last one is left out where only the next can tell: give it again, before that one.
        """
        verdicts: list[bool] = []
        for place, (number, arrival_s) in enumerate(zip(numbers, arrivals_s, strict=True)):
            if self._goes_on(number, arrival_s) or self._begins(number):
                verdicts.append(True)
            elif place + 1 == len(numbers):
                break
            else:
                verdicts.append(self._speaks_for(numbers[place + 1], number))
            if verdicts[-1]:
                self._believe(number, arrival_s)
        return verdicts

    def _ahead(self, number: int) -> int:
        """Return how far a number is ahead of the last that was believed; negative: behind it."""
        half = NUMBERS // 2
        return (number - (self._last or 0) + half) % NUMBERS - half

    def _goes_on(self, number: int, arrival_s: float) -> bool:
        """Tell whether it is the next, or one after a loss for which there was time."""
        if self._last is None:
            return False
        ahead = self._ahead(number)
        origin_s = arrival_s - (self._last + ahead) / self._rate_hz
        return ahead == self._per_packet or (ahead > 0 and origin_s >= self._earliest_s - EARLY_S)

    def _begins(self, number: int) -> bool:
        """Tell whether it is the first of all, or of a board that counts anew."""
        if self._last is None:
            return True
        return self._ahead(number) < 0 and number < RESTART_PACKETS * self._per_packet

    def _speaks_for(self, later: int, number: int) -> bool:
        """Tell whether the packet after a doubtful one goes on from there, and only from there."""
        step = self._per_packet
        return later == (number + step) % NUMBERS and self._ahead(later) != step

    def _believe(self, number: int, arrival_s: float) -> None:
        if self._goes_on(number, arrival_s) and self._last is not None:
            self._last += self._ahead(number)
            self._earliest_s = min(self._earliest_s, arrival_s - self._last / self._rate_hz)
        else:
            self._last = number
            self._earliest_s = arrival_s - number / self._rate_hz
