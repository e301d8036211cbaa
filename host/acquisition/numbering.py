"""How each board numbers its rows, turned into positions that count samples.

A Cyton counts samples modulo 256. BrainFlow joins a Daisy's two packets into one row that carries
the even one's number, so there the count goes by 2. A Ganglion packs two samples into a packet and
both rows carry its number: firmware 2 sends one full sample as packet 0 and then packets 1-100 (or
101-200 without its accelerometer), 201 samples a round; firmware 3 sends packets 0-99 (or 100-199),
200 samples a round.
"""

from typing import Protocol

import numpy as np

from host.acquisition.catalog import Counting
from host.chain.stream import FloatArray, IntArray

NOT_A_SAMPLE = -1
"""The position of a row that is no sample of this board's."""


class Numbering(Protocol):
    """Turns the package numbers of rows into positions, in the order in which they came."""

    @property
    def cycle(self) -> int:
        """After so many samples the positions begin anew."""

    def positions(self, numbers: FloatArray) -> IntArray:
        """Return each row's position from 0 to below `cycle`, or NOT_A_SAMPLE."""


class Modular:
    """A number that goes up by `step` with each sample, modulo `modulus`."""

    def __init__(self, *, modulus: int = 256, step: int = 1) -> None:
        if step < 1 or modulus < 2 * step or modulus % step:
            raise ValueError(f"step must divide modulus, got step {step}, modulus {modulus}")
        self._modulus = modulus
        self._step = step

    @property
    def cycle(self) -> int:
        """After so many samples the number is the same."""
        return self._modulus // self._step

    def positions(self, numbers: FloatArray) -> IntArray:
        """Divide by the step; what it does not divide, or is not below the modulus, is false."""
        known = np.isfinite(numbers)
        whole = np.where(known, numbers, -1.0).astype(np.int64)
        fits = known & (whole == numbers) & (whole >= 0) & (whole < self._modulus)
        fits &= whole % self._step == 0
        return np.where(fits, whole // self._step, NOT_A_SAMPLE)


class RowCount:
    """Each row the next sample, for boards whose numbers are not known to count samples."""

    cycle = 2**31
    """Never reached."""

    def __init__(self) -> None:
        self._next = 0

    def positions(self, numbers: FloatArray) -> IntArray:
        """Count the rows."""
        start, self._next = self._next, self._next + len(numbers)
        return np.arange(start, self._next) % self.cycle


class GanglionPairs:
    """Two rows to a number; which firmware counts is told by the ends of its round.

    Packet `n` holds the positions `2n` and `2n + 1`, so both firmwares count alike within a round:
    firmware 2's full sample, packet 0, follows packet 100 and comes just before packet 1.
    """

    def __init__(self) -> None:
        self._full_first = True
        self._shift = 0
        self._previous = NOT_A_SAMPLE
        self._second = False

    @property
    def cycle(self) -> int:
        """After so many samples the packet number is the same."""
        return 201 if self._full_first else 200

    def positions(self, numbers: FloatArray) -> IntArray:
        """Return where in its round each row stands."""
        return np.array([self._position(number) for number in numbers.tolist()], dtype=np.int64)

    def _position(self, number: float) -> int:
        if not 0 <= number <= 200:
            # 201-205 carry impedances, no sample.
            return NOT_A_SAMPLE
        packet = int(number)
        self._learn(packet)
        self._second = packet == self._previous and not self._second
        self._previous = packet
        if not self._full_first:
            return (2 * (packet % 100) + self._second + self._shift) % 200
        if packet == 0:
            return 1
        place = packet - 100 if packet > 100 else packet
        return (2 * place + self._second) % 201

    def _learn(self, packet: int) -> None:
        """Tell the firmware from what follows what."""
        lone_zero = self._previous == 0 and not self._second
        if packet == 0 and lone_zero:
            # The row before was taken for firmware 2's lone one, which stands a place later.
            self._shift += self._full_first
            self._full_first = False
        elif packet == 200 or (lone_zero and packet != 0) or (self._previous, packet) == (100, 0):
            self._full_first = True
        elif (self._previous, packet) in ((99, 0), (199, 100), (NOT_A_SAMPLE, 100)):
            self._full_first = False


def numbering_of(counting: Counting) -> Numbering:
    """Return a new numbering, for one connection."""
    if counting is Counting.MODULO_256:
        return Modular()
    if counting is Counting.BY_TWO:
        return Modular(step=2)
    if counting is Counting.COUNTER_32:
        return Modular(modulus=2**32)
    return GanglionPairs() if counting is Counting.PAIRS else RowCount()
