"""Smoothness of a rise: spectral arc length of the envelope's rate (T3, P12)."""

import numpy as np

from calibration.measured import Measured, bounded, unknown
from calibration.traces import FloatArray, Trace

PAD_LEVEL = 4
HIGHEST_HZ = 10.0
LEAST_AMPLITUDE = 0.05
"""The published parameters (Balasubramanian 2012, 2015)."""
DRAWS = 200
NOISE_SHARE = 0.25
"""Noise may reach this share of the spectrum's threshold, at 10 Hz, where it is largest."""


def spectral_arc_length(speed: FloatArray, rate_hz: float) -> float:
    """Return SPARC of a speed profile `(n,)` (Balasubramanian 2015): nearer 0 is smoother."""
    return float(_arc_lengths(speed[np.newaxis], rate_hz)[0])


def smoothness(rise: Trace, seed: int) -> Measured:
    """Return SPARC of the rate of one rise, from rest to hold.

    Noise makes a rise look rough. How much is found by adding the estimator's own noise once
    more, `DRAWS` times from `seed`, and taken off again. The interval spans the percentile and
    the basic interval of the same draws (parametric bootstrap): the arc length jumps where a
    lobe of the spectrum passes the threshold, so no error can be propagated through it, and the
    interval is rather too wide. Where noise comes near the threshold anywhere below 10 Hz the
    measure is unknown: the EMG of one gentle rise alone is far noisier than that.
    """
    if not rise.known.all() or len(rise) < 8:
        return unknown("", "the rise is not known throughout")
    rate_hz = 1.0 / rise.hop_s
    if _noise_amplitude(rise) > NOISE_SHARE * LEAST_AMPLITUDE:
        return unknown("", "the level is too noisy to tell how smooth its rise was")
    found = spectral_arc_length(np.diff(rise.values) * rate_hz, rate_hz)
    noise = _noise(rise, np.random.default_rng(seed))
    draws = _arc_lengths(np.diff(rise.values + noise, axis=1) * rate_hz, rate_hz)
    low, high = np.quantile(draws, [0.025, 0.975]).tolist()
    bounds = (min(low, 2.0 * found - high), max(high, 2.0 * found - low))
    value = 2.0 * found - float(np.median(draws))
    return bounded(value, bounds, "", rise.independent)


def _arc_lengths(speeds: FloatArray, rate_hz: float) -> FloatArray:
    """Return SPARC of each row of `(n_rows, n)`."""
    size = 1 << ((speeds.shape[1] - 1).bit_length() + PAD_LEVEL)
    spectra = np.abs(np.fft.rfft(speeds, size, axis=1))
    inside = np.arange(spectra.shape[1]) * rate_hz / size <= HIGHEST_HZ
    spectra = (spectra / spectra.max(axis=1, keepdims=True))[:, inside]
    # Up to the last value that is at the threshold or above.
    last = spectra.shape[1] - 1 - np.argmax(spectra[:, ::-1] >= LEAST_AMPLITUDE, axis=1)
    last = np.maximum(last, 1)[:, np.newaxis]
    steps = np.hypot(1.0 / last, np.diff(spectra, axis=1))
    counted = np.arange(steps.shape[1]) < last
    lengths: FloatArray = -np.sum(np.where(counted, steps, 0.0), axis=1)
    return lengths


def _noise(rise: Trace, random: np.random.Generator) -> FloatArray:
    """Draw errors `(DRAWS, n_hops)` like the estimator's, correlated over as many hops."""
    width = max(1, round(rise.correlated_hops))
    white = random.standard_normal((DRAWS, len(rise) + width - 1))
    sums = np.cumsum(np.pad(white, ((0, 0), (1, 0))), axis=1)
    drawn: FloatArray = (sums[:, width:] - sums[:, :-width]) / np.sqrt(width) * rise.sd
    return drawn


def _noise_amplitude(rise: Trace) -> float:
    """Return the noise's share of the spectrum of the rate at its highest frequency."""
    top = abs(float(np.mean(rise.values[-3:]) - np.mean(rise.values[:3])))
    spread = float(np.sqrt(np.sum(rise.sd**2) * rise.correlated_hops)) * rise.hop_s
    return 2.0 * np.pi * HIGHEST_HZ * spread / max(top, 1e-12)
