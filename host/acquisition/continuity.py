"""Which packets of our board can be true: their 32-bit number against the one before, and the time.

A damaged byte may leave a packet that looks whole. Its number then is seldom the next one, and
either lies behind or so far ahead that the packet would have arrived before it was sampled; and the
packet after it does not go on from there.
"""

from host.chain.stream import FloatArray, IntArray

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
        self._refused: int | None = None
        """Number of the packet just refused: one that goes on from there speaks for both."""

    def believes(self, number: int, arrival_s: float) -> bool:
        """Tell whether a packet with this first sample can have arrived now."""
        if self._last is None:
            return self._begin(number, arrival_s)
        if self._refused is not None and number == (self._refused + self._per_packet) % NUMBERS:
            return self._begin(number, arrival_s)
        half = NUMBERS // 2
        ahead = (number - self._last + half) % NUMBERS - half
        origin_s = arrival_s - (self._last + ahead) / self._rate_hz
        if ahead == self._per_packet or (ahead > 0 and origin_s >= self._earliest_s - EARLY_S):
            self._last += ahead
            self._earliest_s = min(self._earliest_s, origin_s)
            self._refused = None
            return True
        if ahead < 0 and number < RESTART_PACKETS * self._per_packet:
            return self._begin(number, arrival_s)
        self._refused = number
        return False

    def _begin(self, number: int, arrival_s: float) -> bool:
        self._last = number
        self._earliest_s = arrival_s - number / self._rate_hz
        self._refused = None
        return True


def believed(continuity: Continuity, numbers: IntArray, arrivals_s: FloatArray) -> list[bool]:
    """Judge packets in the order in which they came."""
    return [
        continuity.believes(number, arrival_s)
        for number, arrival_s in zip(numbers.tolist(), arrivals_s.tolist(), strict=True)
    ]
