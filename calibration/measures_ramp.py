"""Selectivity of a movement from one slow ramp of the target muscle (T3, P13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from calibration.intervals import Z95
from calibration.measured import Measured, unknown, widened
from calibration.saying import Saying
from calibration.traces import FloatArray, Trace, gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slope:
    """How much a quiet muscle rises with the target."""

    value: float
    own: float
    """Variance from the quiet muscle's errors and scatter."""
    shared: float
    """Standard deviation, with sign, from the target's errors and reference."""

    @property
    def counted(self) -> float:
        """Its size; one that cannot be told from zero keeps its sign, so that noise cancels."""
        clear = abs(self.value) > Z95 * sqrt(self.own + self.shared**2)
        return abs(self.value) if clear else self.value


def selectivity(quiet: Sequence[Trace], target: Trace) -> Measured:
    """Return Schieber's individuation, `1 - sum(abs(da_q / da_t)) / n_quiet` (Schieber 1991).

    1 where the quiet muscles do not move with the target. Slopes are least squares corrected
    for the target's own errors (Fuller 1987, known error variances), so a noisy ramp does not
    look more selective.
    """
    if not quiet:
        raise ValueError("selectivity needs at least one quiet muscle")
    if reason := gap(target, *quiet):
        return unknown("", reason)
    both = np.logical_and.reduce([one.known for one in (target, *quiet)])
    moved = _moved(target.values[both], target.sd[both])
    if moved <= 0.0:
        return unknown("", Saying("the target muscle did not rise far enough to compare with"))
    slopes = [_slope(one, target, both, moved) for one in quiet]
    found = _individuation(slopes, np.count_nonzero(both) / target.correlated_hops)
    # What leaks rises with the target, so muscles may be less involved than they seem.
    reached = len(quiet) * float(np.mean(target.values[both]))
    too_high, too_low = (sum(one.too_high for one in quiet), sum(one.too_low for one in quiet))
    return widened(found, below=too_low / reached, above=too_high / reached)


def _individuation(slopes: Sequence[_Slope], n: float) -> Measured:
    count = len(slopes)
    value = 1.0 - sum(slope.counted for slope in slopes) / count
    signs = [1.0 if slope.counted == slope.value else -1.0 for slope in slopes]
    shared = sum(sign * slope.shared for sign, slope in zip(signs, slopes, strict=True))
    half = Z95 * sqrt(sum(slope.own for slope in slopes) + shared**2) / count
    return Measured(value=value, low=value - half, high=value + half, unit="", n=n)


def _moved(target: FloatArray, sd: FloatArray) -> float:
    """Return the variance of the target's true level; 0 where noise could have made it."""
    own = float(np.mean((target - target.mean()) ** 2))
    noise = float(np.mean(sd**2))
    return own - noise if own > 4.0 * noise else 0.0


def _slope(quiet: Trace, target: Trace, both: np.ndarray, moved: float) -> _Slope:
    a, b = target.values[both], quiet.values[both]
    a, b = a - a.mean(), b - b.mean()
    value = float(np.mean(a * b)) / moved
    n = len(a) / max(target.correlated_hops, quiet.correlated_hops)
    # Values far from the middle of the ramp pull more at the slope.
    pull = a**2 / np.mean(a**2)
    a_noise = float(np.mean(pull * target.sd[both] ** 2))
    b_noise = float(np.mean(pull * quiet.variances[both]))
    scatter = float(np.mean(pull * (b - value * a) ** 2)) - value**2 * a_noise
    widened = float(np.mean(a**2)) / moved
    own = max(b_noise, scatter) / (n * moved) * widened + (value * quiet.reference_spread) ** 2
    # The target's errors move all slopes together, in proportion to their size.
    common = a_noise / (n * moved) * widened + target.reference_spread**2
    return _Slope(value=value, own=own, shared=value * sqrt(common))
