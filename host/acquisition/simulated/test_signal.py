"""The converter's own signals, by which a board can be checked with nothing connected to it.

ADS1299 (datasheet SBAS499, CONFIG2): a square wave of ± reference / 2400, or twice that, at
f_CLK / 2²¹ or f_CLK / 2²⁰, or held; and inputs joined to each other. OpenBCI's firmware gives each
a character (Cyton Board SDK, "Turn on test signals").
"""

from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray, IntArray

UNIT_UV = 4.5e6 / 2400
"""Amplitude of the single test signal: 1875 µV."""
SLOW_HZ = 2.048e6 / 2**21
FAST_HZ = 2.048e6 / 2**20
NOISE_UV = 0.15
"""RMS of the converter's own noise at gain 24 and 250 samples/s (the same datasheet, table 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSignal:
    """What all inputs are joined to in place of the electrodes."""

    amplitude_uv: float
    """Half of the square wave's height; 0 for inputs joined to each other."""
    frequency_hz: float = 0.0
    """0 for a voltage that stays."""

    __test__ = False

    def __post_init__(self) -> None:
        """Refuse what no converter makes."""
        if self.amplitude_uv < 0.0 or self.frequency_hz < 0.0:
            raise ValueError(f"need amplitude >= 0 and frequency >= 0, got {self}")

    def at(self, samples: IntArray, rate_hz: float, *, channels: int) -> FloatArray:
        """Return `(n_samples, channels)` microvolts, with the converter's noise."""
        if not len(samples):
            return np.zeros((0, channels))
        phase = samples * (self.frequency_hz / rate_hz) % 1.0
        wave = np.where(phase < 0.5, self.amplitude_uv, -self.amplitude_uv)
        noise = np.random.default_rng(abs(int(samples[0]))).standard_normal((len(wave), channels))
        both: FloatArray = wave[:, None] + NOISE_UV * noise
        return both


TEST_SIGNALS = {
    "0": TestSignal(amplitude_uv=0.0),
    "-": TestSignal(amplitude_uv=UNIT_UV, frequency_hz=SLOW_HZ),
    "=": TestSignal(amplitude_uv=UNIT_UV, frequency_hz=FAST_HZ),
    "p": TestSignal(amplitude_uv=UNIT_UV),
    "[": TestSignal(amplitude_uv=2.0 * UNIT_UV, frequency_hz=SLOW_HZ),
    "]": TestSignal(amplitude_uv=2.0 * UNIT_UV, frequency_hz=FAST_HZ),
}
"""By the character that asks for it."""
TEST_SIGNAL_SET = "Success: Configured internal test signal."
