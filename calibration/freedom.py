"""How sure a level is: degrees of freedom of a mean power, the interval, and how fine to show it.

A mean of squares of EMG is about gamma distributed: with `f` degrees of freedom its relative
standard deviation is `sqrt(2 / f)`, and that of the amplitude `1 / sqrt(2 f)`. Gaussian EMG of
bandwidth B has `f = 2 T B` in T seconds (Hogan & Mann 1980); trains of few motor units have
far fewer, so `f` is measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.spectrum import degrees_of_freedom
from calibration.traces import FloatArray

SHORT_MS = (4.0, 8.0, 16.0)
LONG_MS = (32.0, 64.0, 128.0, 256.0)
"""Windows whose scatter is measured: motor units fire neither at random nor all the time, so few of
them scatter much over some milliseconds, and less over many than independent blocks would."""
SHORT_S, LONG_S = 0.016, 0.064
"""Up to the one and from the other on, it is taken to be the same."""
PLAIN_FREEDOM_HZ = 250.0
"""Degrees of freedom per second while nobody has measured them: few motor units, no whitening."""
PLAIN_SHARE = 0.6
"""They cannot be more than this share of the rate: neighbouring samples are alike."""


def plain_freedom_hz(rate_hz: float) -> float:
    """Return a cautious number of degrees of freedom per second, for channels not calibrated."""
    return min(PLAIN_FREEDOM_HZ, PLAIN_SHARE * rate_hz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freedom:
    """Degrees of freedom per second of the mean power of a channel at one level."""

    short_hz: float
    """In windows of up to 16 ms."""
    long_hz: float
    """In windows of 64 ms and more."""

    def __post_init__(self) -> None:
        """Refuse what no scatter can have."""
        if not (0.0 < self.short_hz < np.inf and 0.0 < self.long_hz < np.inf):
            raise ValueError(f"degrees of freedom must be positive, got {self}")

    def at_hz(self, window_s: FloatArray) -> FloatArray:
        """Return it for windows of these lengths."""
        ends = np.log([SHORT_S, LONG_S])
        freedom: FloatArray = np.interp(np.log(window_s), ends, [self.short_hz, self.long_hz])
        return freedom


def plain_freedom(rate_hz: float) -> Freedom:
    """Return a cautious guess for a channel that nobody has calibrated."""
    freedom_hz = plain_freedom_hz(rate_hz)
    return Freedom(short_hz=freedom_hz, long_hz=freedom_hz)


def fit_freedom(runs: Sequence[FloatArray], rate_hz: float) -> Freedom | None:
    """Fit it to runs of steady effort or of rest, `(n_samples,)`; None where they are too short.

    As the estimator will see them: behind the whitening filter. Of the short windows the one that
    scatters most counts; of the long ones the mean, each by the number of its blocks.
    """
    short = [_measured_hz(runs, rate_hz, block_ms) for block_ms in SHORT_MS]
    long = np.array([_measured_hz(runs, rate_hz, block_ms) for block_ms in LONG_MS])
    known = ~np.isnan(long)
    if np.isnan(short).any() or not known.any():
        return None
    mean = np.average(long[known], weights=1.0 / np.array(LONG_MS)[known])
    return Freedom(short_hz=min(short), long_hz=float(mean))


def _measured_hz(runs: Sequence[FloatArray], rate_hz: float, block_ms: float) -> float:
    stretches = [run[:, np.newaxis] for run in runs]
    per_block = float(degrees_of_freedom(stretches, rate_hz, block_ms)[0])
    return per_block / _block_s(block_ms, rate_hz)


def _block_s(block_ms: float, rate_hz: float) -> float:
    """Return how long a block of whole samples is."""
    return max(1, round(block_ms * rate_hz / 1000.0)) / rate_hz


def relative_spread(freedom: FloatArray) -> FloatArray:
    """Return the standard deviation of an amplitude as a share of it (before noise is taken out).

    0 degrees of freedom give infinity: nothing is known.
    """
    with np.errstate(divide="ignore"):
        spread: FloatArray = 1.0 / np.sqrt(2.0 * freedom)
    return spread


def amplitude_interval(
    rms_uv: FloatArray, noise_uv: FloatArray, freedom: FloatArray, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return between which amplitudes (uV, freed of noise) the true one lies; NaN stays NaN.

    Equal tails of the gamma distribution; arrays broadcast. With no degrees of freedom the
    interval reaches from 0 to infinity.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"a confidence lies within 0 and 1, got {confidence}")
    from scipy import special  # takes a while: the first window does not wait for it

    tail = (1.0 - confidence) / 2.0
    shape = freedom / 2.0
    most = max(one.ndim for one in (rms_uv, noise_uv, shape))
    tails = np.array([tail, 1.0 - tail]).reshape(2, *(1,) * most)
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = rms_uv**2 * shape / special.gammainccinv(np.maximum(shape, 1e-12), tails)
        low, high = np.sqrt(np.maximum(powers - noise_uv**2, 0.0))
    nothing = shape <= 0.0
    if nothing.any():
        known = ~np.isnan(rms_uv)
        low = np.where(known & nothing, 0.0, low)
        high = np.where(known & nothing, np.inf, high)
    return low, high


def shown_step(low: float, high: float) -> float:
    """Return the finest step in which a level with this 95 % interval may be shown.

    The least of 1, 2, 5 x 10^k that is not below the standard deviation, a quarter of the
    interval (P11: never a precision that the signal cannot have); NaN where nothing is known.
    """
    spread = (high - low) / 4.0
    if not (np.isfinite(spread) and spread > 0.0):
        return float("nan")
    decade = 10.0 ** np.floor(np.log10(spread))
    return float(next(step * decade for step in (1.0, 2.0, 5.0, 10.0) if step * decade >= spread))


def shown(level: float, low: float, high: float, before: float = float("nan")) -> float:
    """Round a level to the step that its interval allows; NaN, not 0, where it is unknown.

    A bar stays where it was (`before`) until the level is a whole step away, so it does not
    flicker between two neighbours.
    """
    step = shown_step(low, high)
    if np.isnan(step):
        return float("nan")
    if abs(level - before) < step:
        return before
    return float(np.rint(level / step) * step)
