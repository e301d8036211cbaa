"""Clinical measures of level (T3): activation, synkinesis ratio, involvement count.

Table T3 in full, each measure in one place: here; shape, amount and time of co-contraction in
`measures_overlap`; selectivity in `measures_ramp`; asymmetry in `measures_symmetry`; slowness,
release and synchrony in `measures_time`; smoothness in `measures_smoothness`.
"""

from collections.abc import Sequence
from math import hypot, sqrt

import numpy as np

from calibration.intervals import Z95, fieller
from calibration.measured import (
    OF_REFERENCE,
    Measured,
    bounded,
    log_ratio,
    sharing,
    unknown,
    widened,
)
from calibration.saying import Saying
from calibration.traces import Trace, gap, mean_and_variance, mean_level

__all__ = [
    "involvement_count",
    "mean_level",
    "normalised_activation",
    "side_log_ratio",
    "synkinesis_ratio",
]


def normalised_activation(
    level_uv: tuple[float, float],
    rest_uv: tuple[float, float],
    reference_uv: tuple[float, float],
    n: float = 1.0,
) -> Measured:
    """Return `(e - rest) / ref` (T3), each given as value and standard deviation in microvolts.

    `ref` is the gentle reference *above rest*, so that the gentle pattern itself reads 1. All
    are noise-corrected amplitudes. The interval is Fieller's.
    """
    above = level_uv[0] - rest_uv[0]
    variance = level_uv[1] ** 2 + rest_uv[1] ** 2
    if np.isnan([above, variance, *reference_uv]).any():
        return unknown(OF_REFERENCE, "level, rest or reference is not known")
    bounds = fieller(above, reference_uv[0], variance, reference_uv[1] ** 2)
    if bounds is None or reference_uv[0] <= 0.0:
        return unknown(OF_REFERENCE, "the reference cannot be told from rest")
    return bounded(above / reference_uv[0], bounds, OF_REFERENCE, n)


def synkinesis_ratio(quiet: Trace, target: Trace) -> Measured:
    """Return mean a(quiet) / mean a(target) over the hold (T3, P15), with Fieller's interval."""
    reason = gap(quiet, target)
    if reason:
        return unknown("", reason)
    (above, above_var), (below, below_var) = mean_and_variance(quiet), mean_and_variance(target)
    bounds = fieller(above, below, above_var, below_var)
    if bounds is None or below <= 0.0:
        return unknown("", "the target muscle cannot be told from rest")
    found = bounded(above / below, bounds, "", min(quiet.independent, target.independent))
    alike = hypot(quiet.shared, above * quiet.reference_spread)
    alike = hypot(alike, found.value * hypot(target.shared, below * target.reference_spread))
    found = sharing(found, alike / below)
    lower = hypot(quiet.too_high, found.value * target.too_low)
    upper = hypot(quiet.too_low, found.value * target.too_high)
    return widened(found, below=lower / below, above=upper / below)


def side_log_ratio(affected: Measured, other: Measured) -> Measured:
    """Return `ln(affected / other side)` of a ratio or level: what is compared over time (T3)."""
    return log_ratio(affected, other)


def involvement_count(quiet: Sequence[Trace], thresholds: Sequence[float]) -> Measured:
    """Return how many quiet muscles were active in an attempt (T3; Franz 2024).

    A muscle is active where its mean over the hold is above its threshold (share of its
    reference). The interval is that of a sum of unequal chances (Poisson binomial), each being
    how sure the muscle's mean is above. One muscle unknown makes the count unknown.
    """
    unit = Saying("of {} muscles", len(quiet))
    if not quiet or len(quiet) != len(thresholds):
        raise ValueError(f"need one threshold per muscle, got {len(thresholds)} of {len(quiet)}")
    for number, trace in enumerate(quiet, start=1):
        if reason := gap(trace):
            return unknown(unit, f"muscle {number} of {len(quiet)}: {reason}")
    levels = [mean_and_variance(trace) for trace in quiet]
    count = sum(mean > limit for (mean, _), limit in zip(levels, thresholds, strict=True))
    chances = [
        _chance_above(mean - limit, _towards(trace, mean - limit, variance))
        for trace, (mean, variance), limit in zip(quiet, levels, thresholds, strict=True)
    ]
    least = min(trace.independent for trace in quiet)
    return bounded(float(count), _count_bounds(chances), unit, least)


def _towards(trace: Trace, distance: float, variance: float) -> float:
    """Return the standard deviation by which a level may lie on the other side of a limit."""
    one_sided = trace.too_high if distance > 0.0 else trace.too_low
    return hypot(sqrt(variance), one_sided / Z95)


def _chance_above(distance: float, sd: float) -> float:
    from scipy.special import ndtr

    if sd == 0.0:
        return float(distance > 0.0)
    return float(ndtr(distance / sd))


def _count_bounds(chances: Sequence[float]) -> tuple[float, float]:
    """Return the 2.5 and 97.5 % quantiles of a sum of independent yes-or-no chances."""
    masses = np.ones(1)
    for chance in chances:
        masses = np.convolve(masses, [1.0 - chance, chance])
    below = np.cumsum(masses)
    low, high = np.searchsorted(below, [0.025, 0.975])
    return float(low), float(min(high, len(chances)))
