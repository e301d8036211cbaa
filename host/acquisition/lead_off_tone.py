"""The amplitude of a known tone in each channel: what lead-off measures impedance by. Pure.

An ADS1299 makes the tone and the samples from one clock, 2.048 MHz, so that 31.25 Hz is exactly an
eighth of 250 samples per second, and its phase stays put for as long as the board streams.
"""

import math
from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray, IntArray

TONE_HZ = 31.25
"""`f_CLK / 2^16` (ADS1299 data sheet SBAS499, register LOFF); the manual says 31.2 or 31.5."""
_ORDERS = (1, 2, 3, 5, 7)
_NEAR_HZ = 3.0
"""What lies nearer to the tone than this cannot be told from it in one block."""
_MAD_TO_SD = 1.4826
_MEDIAN_COST = math.sqrt(math.pi / 2.0)
"""A median scatters so much more than a mean."""
_SIGMAS = 2.6
"""95 % of a t distribution with five degrees of freedom: there are only a few blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneFit:
    """Settings: how the tone is looked for."""

    tone_hz: float = TONE_HZ
    block_s: float = 0.384
    """The tone is fitted in blocks of this, twelve periods; their median is taken, so that a blink
    or a twitch in one of them does not count."""
    mains_hz: tuple[float, ...] = (50.0, 60.0)
    least_blocks: int = 4
    """With fewer nothing is said."""

    def __post_init__(self) -> None:
        """Refuse blocks in which the tone could not be told from the mains."""
        if not (self.tone_hz > 0.0 and 0.2 <= self.block_s <= 2.0 and self.least_blocks >= 3):
            raise ValueError(f"need tone_hz > 0, block_s of 0.2 to 2 and 3 blocks, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tone:
    """What was found; arrays are `(n_channels,)`, NaN where it cannot be told."""

    amplitude_uv: FloatArray
    """Of the sine, half of peak to peak."""
    noise_uv: FloatArray
    """So far the amplitude may be off, in 95 % of cases."""


def find_tone(fit: ToneFit, samples: IntArray, data_uv: FloatArray, rate_hz: float) -> Tone:
    """Return the tone's amplitude in each channel.

    `samples` are the `(n,)` indices of the rows of `data_uv`, `(n, n_channels)`; some may be
    missing, and a block that lacks more than a fifth is left out.
    """
    length = max(1, round(fit.block_s * rate_hz))
    numbers = samples // length
    found = [
        _fitted(fit, samples[rows], data_uv[rows], rate_hz)
        for rows in (numbers == number for number in np.unique(numbers))
        if np.count_nonzero(rows) >= 0.8 * length
    ]
    if len(found) < fit.least_blocks:
        unknown = np.full(data_uv.shape[1], np.nan)
        return Tone(amplitude_uv=unknown, noise_uv=unknown)
    # Cosine and sine by themselves: a median needs an order. (n_blocks, 2, n_channels)
    parts = np.array(found)
    middle = np.median(parts, axis=0)
    spread = _MAD_TO_SD * np.median(np.abs(parts - middle), axis=0)
    sigma_uv = _MEDIAN_COST * np.sqrt(np.mean(spread**2, axis=0) / len(found))
    return Tone(amplitude_uv=np.hypot(*middle), noise_uv=_SIGMAS * sigma_uv)


def sinc3_gain(hz: float, rate_hz: float) -> float:
    """Return what an ADS1299 passes of a tone (SBAS499, third-order sinc filter)."""
    return float(np.sinc(hz / rate_hz)) ** 3


def _fitted(fit: ToneFit, samples: IntArray, data_uv: FloatArray, rate_hz: float) -> FloatArray:
    """Return cosine and sine of the tone beside offset, drift and mains, `(2, n_channels)`."""
    within = (samples - samples[0]) / max(int(samples[-1] - samples[0]), 1) - 0.5
    columns = [np.ones(len(samples)), within, within**2]
    for hz in (fit.tone_hz, *_beside(fit, rate_hz)):
        # Whole turns off first: exact after hours.
        turns = 2.0 * np.pi * ((samples * (hz / rate_hz)) % 1.0)
        columns += [np.cos(turns), np.sin(turns)]
    solved = np.linalg.lstsq(np.stack(columns, axis=1), data_uv, rcond=1e-9)[0]
    tone: FloatArray = solved[3:5]
    return tone


def _beside(fit: ToneFit, rate_hz: float) -> list[float]:
    """Return where the mains and its harmonics show at this rate, each once."""
    shown: list[float] = []
    for base_hz in fit.mains_hz:
        for order in _ORDERS:
            hz = abs(order * base_hz - rate_hz * round(order * base_hz / rate_hz))
            apart = min((abs(hz - other) for other in (fit.tone_hz, *shown)), default=hz)
            if apart >= _NEAR_HZ and 1.0 < hz < 0.5 * rate_hz - 1.0:
                shown.append(hz)
    return shown
