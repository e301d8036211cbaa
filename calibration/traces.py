"""One muscle's activation over time, with the uncertainty of each value: what measures take in."""

from dataclasses import dataclass, field
from math import hypot

import numpy as np
from numpy.typing import NDArray

from calibration.measured import OF_REFERENCE, Measured, normal, sharing, unknown, widened
from calibration.saying import Saying

FloatArray = NDArray[np.float64]

LEAST_KNOWN = 0.5
"""A stretch known for less of its time says nothing: unknown is never quiet."""

SMOOTH_S = 0.3
"""Over which levels are averaged to tell what lies behind their noise."""
INDEPENDENT = 40.0
"""And over at least so many independent values."""

CUT_VARIANCE = 1.25
"""Variance of a value that was cut off, over that of another (from simulation)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """One muscle's activation in one stretch, hop by hop."""

    activation: FloatArray
    """`(n_hops,)`, share of the gentle reference; NaN where unknown.

    Best as the estimator has it before it is cut off at zero. Zeros count as cut off.
    """
    sd: FloatArray
    """`(n_hops,)`: standard deviation of each value about the truth, by the estimator."""
    hop_s: float
    correlated_hops: float = 1.0
    """How many hops make one independent value: 1 where errors do not depend on each other."""
    reference_spread: float = 0.0
    """Relative standard deviation of the gentle reference, which all values share."""
    unit: str = OF_REFERENCE
    shared: float = 0.0
    """Standard deviation of another error that all values share, such as that of rest."""
    too_high: float = 0.0
    """By so much all values may be too high at most: what leaks from muscles nobody measures."""
    too_low: float = 0.0
    """And too low: where nobody knows how much of rest is noise, it is all taken for tone."""
    values: FloatArray = field(init=False, repr=False)
    """`(n_hops,)`: activation whose mean is right although noise was cut off at zero.

    A value that was cut off is replaced by what such values are on average, given the level
    around it: the mean of a normal distribution below zero.
    """

    def __post_init__(self) -> None:
        """Refuse what has no shape, no time or no uncertainty."""
        if self.activation.ndim != 1 or self.sd.shape != self.activation.shape:
            shapes = f"{self.activation.shape} and {self.sd.shape}"
            raise ValueError(f"activation and sd must be (n_hops,), got {shapes}")
        if not (self.hop_s > 0.0 and self.correlated_hops >= 1.0 and self.reference_spread >= 0.0):
            raise ValueError("need hop_s > 0, correlated_hops >= 1 and reference_spread >= 0")
        if not min(self.shared, self.too_high, self.too_low) >= 0.0:
            raise ValueError("shared, too_high and too_low must not be negative")
        if np.any(np.isinf(self.activation)) or np.any(self.sd[self.known] < 0.0):
            raise ValueError("activation must be finite or NaN, and sd not negative")
        object.__setattr__(self, "values", self._uncut())

    def __len__(self) -> int:
        return len(self.activation)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a value with its uncertainty, `(n_hops,)`."""
        known: NDArray[np.bool_] = np.isfinite(self.activation) & np.isfinite(self.sd)
        return known

    @property
    def independent(self) -> float:
        """Effective number of independent known values."""
        return np.count_nonzero(self.known) / self.correlated_hops

    @property
    def variances(self) -> FloatArray:
        """Variance of each of `values`; one that was cut off is a little less sure."""
        cut = self.activation == 0.0
        variances: FloatArray = self.sd**2 * np.where(cut, CUT_VARIANCE, 1.0)
        return variances

    def _uncut(self) -> FloatArray:
        cut = self.known & (self.activation == 0.0)
        if not cut.any():
            return self.activation
        sd = np.where(self.sd > 0.0, self.sd, 1e-300)
        first = np.where(cut, _mean_below_zero(np.zeros(len(sd))) * sd, self.activation)
        width_s = max(SMOOTH_S, INDEPENDENT * self.correlated_hops * self.hop_s)
        around = moving_mean(first, self.known, self.hop_s, width_s)
        values: FloatArray = np.where(cut, _mean_below_zero(around / sd) * sd, self.activation)
        return values

    def between(self, start_s: float, stop_s: float) -> "Trace":
        """Return the stretch from `start_s` to before `stop_s`, counted from its own start."""
        first, last = round(start_s / self.hop_s), round(stop_s / self.hop_s)
        if not 0 <= first <= last <= len(self):
            raise ValueError(f"{start_s} to {stop_s} s is not within {len(self) * self.hop_s} s")
        return Trace(
            activation=self.activation[first:last],
            sd=self.sd[first:last],
            hop_s=self.hop_s,
            correlated_hops=self.correlated_hops,
            reference_spread=self.reference_spread,
            unit=self.unit,
            shared=self.shared,
            too_high=self.too_high,
            too_low=self.too_low,
        )


def traces(
    activation: FloatArray,
    sd: FloatArray,
    hop_s: float,
    *,
    correlated_hops: float = 1.0,
    reference_spread: FloatArray | None = None,
) -> tuple[Trace, ...]:
    """Return one trace per column of `(n_hops, n_channels)`; `reference_spread` is per channel."""
    spread = np.zeros(activation.shape[1]) if reference_spread is None else reference_spread
    return tuple(
        Trace(
            activation=activation[:, column],
            sd=sd[:, column],
            hop_s=hop_s,
            correlated_hops=correlated_hops,
            reference_spread=float(spread[column]),
        )
        for column in range(activation.shape[1])
    )


def gap(*parts: Trace) -> str:
    """Return why a measure of these cannot be known; empty where it can.

    All of them must be known at once for `LEAST_KNOWN` of the time.
    """
    if len({(len(part), part.hop_s) for part in parts}) > 1:
        raise ValueError("traces of one measure must have the same hops")
    if not len(parts[0]):
        return Saying("the stretch is empty")
    share = float(np.mean(np.logical_and.reduce([part.known for part in parts])))
    if share < LEAST_KNOWN:
        return Saying("the signal is known for only {:.0%} of the time", share)
    return ""


def mean_and_variance(trace: Trace) -> tuple[float, float]:
    """Return the mean over what is known and the variance of its error (delta method)."""
    known = trace.known
    mean = float(np.mean(trace.values[known]))
    own = float(np.mean(trace.variances[known])) / trace.independent
    return mean, own + (mean * trace.reference_spread) ** 2 + trace.shared**2


def mean_level(trace: Trace) -> Measured:
    """Return the mean activation of a stretch (T3: normalised activation)."""
    reason = gap(trace)
    if reason:
        return unknown(trace.unit, reason)
    mean, variance = mean_and_variance(trace)
    found = normal(mean, variance, trace.unit, trace.independent)
    found = sharing(found, hypot(mean * trace.reference_spread, trace.shared))
    return widened(found, below=trace.too_high, above=trace.too_low)


def moving_mean(
    values: FloatArray, known: NDArray[np.bool_], hop_s: float, width_s: float = SMOOTH_S
) -> FloatArray:
    """Return the mean over about `width_s` around each hop; NaN where less than half is known."""
    width = max(1, round(width_s / hop_s)) | 1
    inside = slice(width // 2, width // 2 + len(values))
    sums = np.convolve(np.where(known, values, 0.0), np.ones(width))[inside]
    counts = np.convolve(known.astype(np.float64), np.ones(width))[inside]
    return np.where(counts >= width / 2.0, sums / np.maximum(counts, 1.0), np.nan)


def _mean_below_zero(u: FloatArray) -> FloatArray:
    """Return the mean of what lies below zero of a normal distribution about `u` with SD 1."""
    from scipy.special import log_ndtr

    u = np.clip(np.nan_to_num(u), -2.0, 6.0)
    mean: FloatArray = u - np.exp(-u * u / 2.0 - log_ndtr(-u)) / np.sqrt(2.0 * np.pi)
    return mean
