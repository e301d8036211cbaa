"""Simulated attempts with a known truth, and how often a measure's interval covers it."""

from collections.abc import Callable

import numpy as np

from calibration.measured import Measured
from calibration.traces import FloatArray, Trace

HOP_S = 0.02
SEED = 20_26
ATTEMPTS = 2000


def ramp_and_hold(
    level: float = 1.0, *, rise_s: float = 1.5, begin_s: float = 1.0, hold_s: float = 5.0
) -> FloatArray:
    """Return a minimum-jerk rise to a hold, then an exponential release, `(n_hops,)`."""
    t = (np.arange(round((begin_s + rise_s + hold_s + 3.0) / HOP_S)) + 0.5) * HOP_S
    u = np.clip((t - begin_s) / rise_s, 0.0, 1.0)
    rising = 10.0 * u**3 - 15.0 * u**4 + 6.0 * u**5
    after = np.maximum(t - begin_s - rise_s - hold_s, 0.0)
    shape: FloatArray = level * rising * np.exp(-after / 0.4)
    return shape


def noisy(
    truth: FloatArray,
    random: np.random.Generator,
    *,
    spread: float = 0.05,
    floor: float = 0.02,
    correlated_hops: int = 1,
    reference_spread: float = 0.0,
    clipped: bool = False,
) -> Trace:
    """Return what an estimator might say of a true level: noise in proportion, above a floor."""
    sd = np.hypot(spread * truth, floor)
    white = random.standard_normal(len(truth) + correlated_hops - 1)
    kernel = np.full(correlated_hops, correlated_hops**-0.5)
    values = truth * (1.0 + reference_spread * random.standard_normal())
    values = values + sd * np.convolve(white, kernel, mode="valid")
    return Trace(
        activation=np.maximum(values, 0.0) if clipped else values,
        sd=sd,
        hop_s=HOP_S,
        correlated_hops=float(correlated_hops),
        reference_spread=reference_spread,
    )


def coverage(
    measure: Callable[[np.random.Generator], Measured], truth: float, attempts: int = ATTEMPTS
) -> float:
    """Return how often the interval holds the truth; every attempt must be known."""
    random = np.random.default_rng(SEED)
    found = [measure(random) for _ in range(attempts)]
    assert all(one.known for one in found), next(one.reason for one in found if not one.known)
    return float(np.mean([one.low <= truth <= one.high for one in found]))
