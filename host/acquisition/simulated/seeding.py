"""Random numbers that depend on the seed and the place they are for, never on who asked before."""

import enum

import numpy as np

from host.chain.stream import FloatArray, IntArray

_BLOCK = 256
"""Places whose numbers are drawn together."""


class Purpose(enum.IntEnum):
    """What a stream of random numbers is for; each is independent of all others."""

    CARRIER = 1
    MOTOR_UNITS = 2
    ATTEMPT = 3
    BLINK = 4
    FACE = 5
    SYNKINESIS = 6
    MAINS = 7
    ELECTRODE = 8
    NOISE = 9
    TOUCH = 10
    COHORT = 11
    LEARNING = 12
    SKIN = 13
    LINK = 14


def generator(seed: int, purpose: Purpose, index: int = 0) -> np.random.Generator:
    """Return the generator of one block, attempt or person: the same for the same arguments."""
    return np.random.default_rng((seed, purpose, index))


def chances(seed: int, purpose: Purpose, places: IntArray, columns: int) -> FloatArray:
    """Return numbers from 0 to 1 for each of `(n,)` places, in order, `(n, columns)`."""
    blocks, within = places // _BLOCK, places % _BLOCK
    drawn = np.empty((len(places), columns))
    for block in np.unique(blocks).tolist():
        own = blocks == block
        table = generator(seed, purpose, block).random((_BLOCK, columns))
        drawn[own] = table[within[own]]
    return drawn


class Wander:
    """Slow random curves of unit RMS, one per column, known at every time without history.

    Each is a sum of sinusoids with random phases, spread evenly in the logarithm of frequency.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        columns: int,
        *,
        low_hz: float,
        high_hz: float,
        terms: int = 6,
    ) -> None:
        if not 0.0 < low_hz < high_hz:
            raise ValueError(f"need 0 < low_hz < high_hz, got {low_hz} and {high_hz}")
        octaves = np.log(high_hz / low_hz)
        places = (np.arange(terms)[:, None] + rng.random((terms, columns))) / terms
        self._frequencies_hz = low_hz * np.exp(octaves * places)
        self._phases = rng.random((terms, columns))
        self._scale = np.sqrt(2.0 / terms)

    def at(self, times_s: FloatArray) -> FloatArray:
        """Return the curves at `(n,)` times, `(n, columns)`."""
        # Whole turns are taken off before the sine: it stays exact after hours.
        turns = (times_s[:, None, None] * self._frequencies_hz + self._phases) % 1.0
        curves: FloatArray = self._scale * np.sin(2.0 * np.pi * turns).sum(axis=1)
        return curves
