"""The whitening filter that makes the most of a channel, from its spectra of rest and of effort.

The least spread that an estimate of EMG amplitude can have in T seconds is `1 / sqrt(4 T B)` with
`B = ∫ (S / (S + N))² df`; it is reached by a filter `|H|² = S / (S + N)²` before squaring (Hogan &
Mann 1980; with noise: Clancy & Farry 2000). S is the muscle's, N the resting power density.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.spectrum import spectrum
from calibration.traces import FloatArray

DESIGN_SHARE = 0.25
"""The filter is made for this share of the reference, where unwanted activation is judged. A filter
made for the reference itself lifts so much noise that at a tenth of it a fifth of the limit is
left; this one keeps three fifths there, and four fifths at the reference (20 uV over 2 uV of noise
at 1 kHz: `benchmarks estimator`). Where the noise is far below, it makes no difference."""
FLOOR = 1e-3
"""Where there is less than this share of the densest power, nothing is lifted."""
TAPS_S = 0.064
FEWEST_TAPS, MOST_TAPS = 32, 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectra:
    """Power densities of one channel, uV² per Hz, at even steps from 0 to half the rate."""

    rate_hz: float
    rest: tuple[float, ...]
    """Noise, and the muscle's tone with it."""
    active: tuple[float, ...]
    """Steady effort at the reference, noise included."""

    def __post_init__(self) -> None:
        """Refuse densities that cannot belong together."""
        if not (len(self.rest) == len(self.active) >= 9 and self.rate_hz > 0.0):
            raise ValueError(
                f"need densities of equal length, got {len(self.rest)} and {len(self.active)}"
            )
        densities = np.array([self.rest, self.active])
        if not (np.isfinite(densities).all() and (densities >= 0.0).all()):
            raise ValueError("power densities must be finite and not negative")
        if not densities[1].any():
            raise ValueError("effort has no power at all")

    @property
    def step_hz(self) -> float:
        """Width of one bin."""
        return self.rate_hz / 2.0 / (len(self.rest) - 1)

    @property
    def noise(self) -> FloatArray:
        """N, `(n_bins,)`."""
        return np.array(self.rest)

    @property
    def muscle(self) -> FloatArray:
        """S: what effort adds to rest, at least a millionth of the densest power."""
        active = np.array(self.active)
        added: FloatArray = np.maximum(active - self.noise, 1e-6 * active.max())
        return added

    def limit_hz(self, level: float = 1.0) -> float:
        """Return B at this share of the reference: the spread cannot be below `1/sqrt(4 T B)`."""
        share = self.muscle * level**2
        parts = share / (share + self.noise)
        # The first and the last bin are half as wide.
        return float((np.sum(parts**2) - (parts[0] ** 2 + parts[-1] ** 2) / 2.0) * self.step_hz)


def fit_spectra(
    rest: Sequence[FloatArray], active: Sequence[FloatArray], rate_hz: float
) -> Spectra:
    """Return the spectra of runs in the EMG band, as the chain filters it, each `(n_samples,)`."""
    densities = [spectrum([run[:, np.newaxis] for run in runs], rate_hz) for runs in (rest, active)]
    return Spectra(
        rate_hz=rate_hz,
        rest=tuple(densities[0][:, 0].tolist()),
        active=tuple(densities[1][:, 0].tolist()),
    )


def design_whitening(spectra: Spectra, share: float = DESIGN_SHARE) -> FloatArray:
    """Return the taps of the minimum-phase filter, `(n_taps,)`; the muscle's RMS passes unchanged.

    Minimum phase: of all filters with this magnitude, the one that answers soonest.
    """
    muscle = spectra.muscle * share**2
    gain = muscle / (muscle + spectra.noise + FLOOR * muscle.max()) ** 2
    count = int(np.clip(round(TAPS_S * spectra.rate_hz), FEWEST_TAPS, MOST_TAPS))
    taps = minimum_phase(gain)[:count]
    passed = np.sum(power_gain(taps, len(gain)) * spectra.muscle) / np.sum(spectra.muscle)
    scaled: FloatArray = taps / np.sqrt(passed)
    return scaled


def efficiency(spectra: Spectra, taps: FloatArray, level: float = 1.0) -> float:
    """Return which share of the limit an estimate behind this filter reaches.

    At a share of the reference; for Gaussian EMG: the squared mean of the muscle's power over
    the variance of all power, against that of the best filter.
    """
    gain = power_gain(taps, len(spectra.rest))
    muscle = spectra.muscle * level**2
    reached = np.sum(gain * muscle) ** 2 / np.sum((gain * (muscle + spectra.noise)) ** 2)
    return float(reached * spectra.step_hz / spectra.limit_hz(level))


def noise_behind(
    taps: Sequence[float] | FloatArray,
    noise_uv: float,
    band_hz: tuple[float, float],
    rate_hz: float,
) -> float:
    """Return the RMS behind a filter of noise that is white within the band, and nothing outside.

    `noise_uv` is its RMS before the filter. The mean of `|H(f)|²` over the band is exact, from the
    autocorrelation of the taps (Wiener-Khinchin).
    """
    low_hz, high_hz = band_hz
    if not (0.0 <= low_hz < high_hz <= rate_hz / 2.0 and noise_uv >= 0.0):
        raise ValueError(f"need a band within {rate_hz / 2.0} Hz and a level, got {band_hz}")
    lags = np.arange(1, len(taps))
    products = np.correlate(taps, taps, "full")[len(taps) - 1 :]
    turns = 2.0 * np.pi * lags / rate_hz
    cosines = (np.sin(turns * high_hz) - np.sin(turns * low_hz)) / (turns * (high_hz - low_hz))
    passed = products[0] + 2.0 * np.sum(products[1:] * cosines)
    return noise_uv * float(np.sqrt(max(passed, 0.0)))


def minimum_phase(gain: FloatArray) -> FloatArray:
    """Return the impulse response with this power gain, `(n_bins,)` from 0 to half the rate.

    By folding the real cepstrum (Oppenheim & Schafer 1975), on a grid fine enough not to alias.
    """
    bins = max(1025, 4 * (len(gain) - 1) + 1)
    floor = 1e-12 * gain.max()
    log_gain = np.interp(
        np.linspace(0.0, 1.0, bins), np.linspace(0.0, 1.0, len(gain)), np.log(gain + floor) / 2.0
    )
    size = 2 * (bins - 1)
    fold = np.zeros(size)
    fold[0] = fold[bins - 1] = 1.0
    fold[1 : bins - 1] = 2.0
    cepstrum = np.fft.irfft(log_gain, size) * fold
    response: FloatArray = np.fft.irfft(np.exp(np.fft.rfft(cepstrum)), size)
    return response


def power_gain(taps: FloatArray, bins: int) -> FloatArray:
    """Return the power gain of a filter at `bins` frequencies from 0 to half the rate."""
    fine = max(1, -(-len(taps) // (2 * (bins - 1))))
    response = np.fft.rfft(taps, 2 * (bins - 1) * fine)[::fine]
    gain: FloatArray = np.abs(response) ** 2
    return gain
