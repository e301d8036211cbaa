"""What a stretch of samples says about a board: a square wave's height and period, and the noise.

Pure; all arrays are `(n_samples, n_channels)` microvolts without a gap.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray

BAND_LOW_HZ = 20.0
"""Facial EMG begins about there (T4)."""
BAND_HIGH_HZ = 450.0
_MAINS_HALF_HZ = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A square wave, per channel; NaN where there is none."""

    amplitude_uv: FloatArray
    """Half of its height, `(n_channels,)`."""
    period_s: FloatArray
    """Mean time from one rise to the next, `(n_channels,)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What is heard where nothing should be, RMS per channel, `(n_channels,)`."""

    band_uv: FloatArray
    """In the band of facial EMG, without mains."""
    mains_uv: FloatArray
    """At 50 and 60 Hz and their multiples."""


def measure_square(data_uv: FloatArray, rate_hz: float) -> Square:
    """Measure a square wave of which at least two rises are seen."""
    low, high = np.quantile(data_uv, (0.02, 0.98), axis=0)
    middle = 0.5 * (low + high)
    above = data_uv > middle
    periods = []
    for column in range(data_uv.shape[1]):
        rises = np.flatnonzero(np.diff(above[:, column].astype(np.int8)) == 1)
        seen = len(rises) >= 2
        periods.append((rises[-1] - rises[0]) / (len(rises) - 1) / rate_hz if seen else np.nan)
    levels = [
        0.5 * (_median(column[column > centre]) - _median(column[column <= centre]))
        for column, centre in zip(data_uv.T, middle, strict=True)
    ]
    return Square(amplitude_uv=np.array(levels), period_s=np.array(periods))


def measure_noise(data_uv: FloatArray, rate_hz: float) -> Noise:
    """Measure the RMS in the band of facial EMG, and that of the mains in it, apart."""
    count = len(data_uv)
    if count < rate_hz / 2:
        raise ValueError(f"noise needs half a second of samples, got {count} at {rate_hz:g} Hz")
    window = np.hanning(count)[:, None]
    spectrum = np.fft.rfft((data_uv - data_uv.mean(axis=0)) * window, axis=0)
    # One-sided power of each bin; the window's own power is divided out.
    power = 2.0 * np.abs(spectrum) ** 2 / (count * np.sum(window**2))
    frequencies_hz = np.fft.rfftfreq(count, 1.0 / rate_hz)
    band = (frequencies_hz >= BAND_LOW_HZ) & (frequencies_hz <= min(BAND_HIGH_HZ, 0.49 * rate_hz))
    mains = np.zeros(len(frequencies_hz), dtype=np.bool_)
    for base_hz in (50.0, 60.0):
        away_hz = np.abs(frequencies_hz - base_hz * np.round(frequencies_hz / base_hz))
        mains |= (away_hz <= _MAINS_HALF_HZ) & (frequencies_hz > 0.5 * base_hz)
    return Noise(
        band_uv=np.sqrt(power[band & ~mains].sum(axis=0)),
        mains_uv=np.sqrt(power[band & mains].sum(axis=0)),
    )


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if len(values) else float("nan")
