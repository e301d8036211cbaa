"""The rapid part of surface EMG, of unit RMS: Gaussian, with the spectrum of real muscle.

Shwedyk et al. 1977: P(f) ~ fh⁴ f² / ((f² + fl²) (f² + fh²)²).
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from host.acquisition.simulated.seeding import Purpose, generator
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """Corners of Shwedyk's spectrum and the band it is cut to, for facial muscles."""

    rise_hz: float = 70.0
    """fl: below it the power falls as f²."""
    fall_hz: float = 160.0
    """fh: above it the power falls as f⁻⁴."""
    low_hz: float = 20.0
    high_hz: float = 450.0

    def __post_init__(self) -> None:
        """Refuse corners that cross."""
        if not 0.0 < self.rise_hz < self.fall_hz < self.high_hz:
            raise ValueError(f"need 0 < rise_hz < fall_hz < high_hz, got {self}")
        if not 0.0 < self.low_hz < self.rise_hz:
            raise ValueError(f"need 0 < low_hz < rise_hz, got {self}")


def shwedyk(frequencies_hz: FloatArray, spectrum: Spectrum) -> FloatArray:
    """Return Shwedyk's power density, up to a factor."""
    square = np.square(frequencies_hz)
    fall = spectrum.fall_hz**2
    density: FloatArray = fall**2 * square / ((square + spectrum.rise_hz**2) * (square + fall) ** 2)
    return density


def design_shaping(spectrum: Spectrum, rate_hz: float) -> FloatArray:
    """Return taps that turn white noise of unit RMS into a carrier of unit RMS."""
    # 0.15 s: edges of the band about 10 Hz wide.
    length = 2 * round(0.075 * rate_hz) + 1
    grid_hz = np.fft.rfftfreq(8 * length, 1.0 / rate_hz).astype(np.float64)
    band = (grid_hz >= spectrum.low_hz) & (grid_hz <= spectrum.high_hz)
    response = np.sqrt(shwedyk(grid_hz, spectrum)) * band
    centred = np.roll(np.fft.irfft(response, 8 * length), length // 2)[:length]
    taps = centred * np.hanning(length + 2)[1:-1]
    unit: FloatArray = taps / np.sqrt(np.sum(taps**2))
    return unit


class Carrier(Protocol):
    """One curve of unit RMS per muscle, block after block."""

    def push(self, level: FloatArray) -> FloatArray:
        """Return the next carriers, as many as `level` has rows, `(n, muscles)`.

        `level` is each muscle's amplitude as a share of its gentle reference.
        """

    def gain(self, converter: FloatArray) -> float:
        """Return the share of the RMS that a converter with these taps lets through."""


class GaussianCarrier:
    """Shaped white noise; the level does not change it."""

    def __init__(self, spectrum: Spectrum, *, rate_hz: float, muscles: int, seed: int) -> None:
        self._taps = design_shaping(spectrum, rate_hz)
        self._seed = seed
        self._block = 0
        self._tail = generator(seed, Purpose.CARRIER).standard_normal(
            (len(self._taps) - 1, muscles)
        )

    def push(self, level: FloatArray) -> FloatArray:
        """Return the next carriers, `(n, muscles)`."""
        self._block += 1
        rng = generator(self._seed, Purpose.CARRIER, self._block)
        white = np.concatenate([self._tail, rng.standard_normal(level.shape)])
        self._tail = white[len(level) :]
        size = 1 << (len(white) - 1).bit_length()
        response = np.fft.rfft(self._taps, size)[:, None]
        shaped = np.fft.irfft(np.fft.rfft(white, size, axis=0) * response, size, axis=0)
        carriers: FloatArray = shaped[len(self._taps) - 1 : len(white)]
        return carriers

    def gain(self, converter: FloatArray) -> float:
        """Return the share of the RMS that a converter with these taps lets through."""
        return float(np.sqrt(np.sum(np.convolve(self._taps, converter) ** 2)))
