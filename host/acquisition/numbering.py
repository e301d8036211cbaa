"""How each board numbers its rows, turned into positions that count samples.

A Cyton counts samples modulo 256. BrainFlow joins a Daisy's two packets into one row that carries
the even one's number, so there the count goes by 2. A Ganglion packs two samples into a packet and
both rows carry its number: firmware 2 sends one full sample as packet 0 and then packets 1-100 (or
101-200 without its accelerometer), 201 samples a round; firmware 3 sends packets 0-99 (or 100-199),
200 samples a round.
"""

from typing import Protocol

import numpy as np

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


class GanglionPairs:
    """Two rows to a number; which firmware counts is told by what its round holds.

    Until a round is complete both firmwares count alike but for a constant.
    """

    def __init__(self) -> None:
        self._full_first = True
        self._previous = NOT_A_SAMPLE
        self._second = False

    @property
    def cycle(self) -> int:
        """After so many samples the packet number is the same."""
        return 201 if self._full_first else 200

    def positions(self, numbers: FloatArray) -> IntArray:
        """Return twice the packet's place in its round, plus one for its second row."""
        return np.array([self._position(number) for number in numbers.tolist()], dtype=np.int64)

    def _position(self, number: float) -> int:
        if not (0 <= number <= 200):
            # 201-205 carry impedances, no sample.
            return NOT_A_SAMPLE
        packet = int(number)
        self._second = packet == self._previous and not self._second
        if packet == 0 and self._second:
            # Firmware 2's packet 0 is a single row.
            self._full_first = False
        elif packet == 200 or (packet == 0 and self._previous == 100):
            self._full_first = True
        elif (self._previous, packet) == (199, 100):
            self._full_first = False
        self._previous = packet
        if not self._full_first:
            return 2 * (packet % 100) + self._second
        place = packet - 100 if packet > 100 else packet
        return 2 * place - 1 + self._second if place else 0
