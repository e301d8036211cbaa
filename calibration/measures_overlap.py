"""Co-contraction of two muscles (T3): its shape, its amount, and its share of the time.

One index of each family, for they say different things (Carey 2026).
"""

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from calibration.intervals import wilson
from calibration.measured import Measured, bounded, normal, unknown, widened
from calibration.traces import SMOOTH_S, FloatArray, Trace, gap, moving_mean


def falconer_winter(first: Trace, second: Trace) -> Measured:
    """Return `2 ∫min(a, b) / ∫(a + b)` (Falconer & Winter 1985): 0 apart, 1 all together."""
    reason = gap(first, second)
    if reason:
        return unknown("", reason)
    pair = _Pair.of(first, second)
    total, error = float(np.sum(pair.a + pair.b)), float(np.sum(pair.a_var + pair.b_var))
    if total <= 2.0 * sqrt(error):
        return unknown("", "neither muscle can be told from rest")
    value = 2.0 * float(np.sum(pair.smaller)) / total
    # Of 2 min(a, b) - value (a + b): Cov(min, a) is Var(a) times the chance that a is smaller.
    shared = pair.a_var * pair.a_chance + pair.b_var * (1.0 - pair.a_chance)
    hops = 4.0 * pair.smaller_var - 4.0 * value * shared + value**2 * (pair.a_var + pair.b_var)
    a_part = float(np.sum(pair.a * (2.0 * pair.a_chance - value))) * first.reference_spread
    b_part = float(np.sum(pair.b * (2.0 - 2.0 * pair.a_chance - value))) * second.reference_spread
    variance = (float(np.sum(np.maximum(hops, 0.0))) + a_part**2 + b_part**2) / total**2
    found = normal(value, variance, "", pair.independent)
    a_part = float(np.sum(2.0 * pair.a_chance - value)) / total
    b_part = float(np.sum(2.0 - 2.0 * pair.a_chance - value)) / total
    return _off(found, (a_part, first), (b_part, second))


def overlap(first: Trace, second: Trace) -> Measured:
    """Return `(1/T) ∫min(a, b) dt`: the amount in which both act, share of the reference (T3)."""
    reason = gap(first, second)
    if reason:
        return unknown(first.unit, reason)
    pair = _Pair.of(first, second)
    a_part = float(np.sum(pair.a * pair.a_chance)) * first.reference_spread
    b_part = float(np.sum(pair.b * (1.0 - pair.a_chance))) * second.reference_spread
    variance = (float(np.sum(pair.smaller_var)) + a_part**2 + b_part**2) / len(pair.a) ** 2
    found = normal(float(np.mean(pair.smaller)), variance, first.unit, pair.independent)
    a_part, b_part = float(np.mean(pair.a_chance)), float(np.mean(1.0 - pair.a_chance))
    return _off(found, (a_part, first), (b_part, second))


def time_share(first: Trace, second: Trace, first_above: float, second_above: float) -> Measured:
    """Return the share of the time in which both are above their thresholds (T3).

    The interval is Wilson's over the independent values: how often it would be so.
    """
    reason = gap(first, second)
    if reason:
        return unknown("of the time", reason)
    both = first.known & second.known
    active = (first.activation > first_above) & (second.activation > second_above)
    surely, perhaps = (
        (first.activation > first_above + off) & (second.activation > second_above + other_off)
        for off, other_off in (
            (first.too_high, second.too_high),
            (-first.too_low, -second.too_low),
        )
    )
    share, least, most = (float(np.mean(one[both])) for one in (active, surely, perhaps))
    n = np.count_nonzero(both) / max(first.correlated_hops, second.correlated_hops)
    return bounded(share, (wilson(least, n)[0], wilson(most, n)[1]), "of the time", n)


def _off(found: Measured, *parts: tuple[float, Trace]) -> Measured:
    """Widen a measure by what muscles are too high or too low, each with the measure's slope."""
    ends = [
        (slope * trace.too_high, slope * trace.too_low)
        if slope > 0.0
        else (-slope * trace.too_low, -slope * trace.too_high)
        for slope, trace in parts
    ]
    return widened(
        found, below=hypot(*(below for below, _ in ends)), above=hypot(*(up for _, up in ends))
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pair:
    """Two muscles where both are known, `(n,)` each; variances count for correlated hops."""

    a: FloatArray
    b: FloatArray
    a_var: FloatArray
    b_var: FloatArray
    smaller: FloatArray
    """min(a, b), without what noise takes from it."""
    smaller_var: FloatArray
    a_chance: FloatArray
    """How likely it is that `a` is truly the smaller."""
    independent: float

    @classmethod
    def of(cls, first: Trace, second: Trace) -> "_Pair":
        """Compare two traces of the same hops.

        Mean and variance of the smaller of two normal values are Clark's (1961), where the
        levels behind the noise are those of a moving mean.
        """
        both = first.known & second.known
        a, b = first.values[both], second.values[both]
        a_var, b_var = first.variances[both], second.variances[both]
        s = np.sqrt(np.maximum(a_var + b_var, 1e-300))
        apart = moving_mean(first.values - second.values, both, first.hop_s)[both]
        apart = np.where(np.isnan(apart), a - b, apart)
        density, chance = _normal(apart / s)
        mean = apart * chance - s * density
        square = (apart**2 + a_var) * chance + b_var * (1.0 - chance) - apart * s * density
        correlated = max(first.correlated_hops, second.correlated_hops)
        # Which one is the smaller is told by all values around, not by one.
        around = max(SMOOTH_S / first.hop_s / correlated, 1.0)
        a_chance = _normal(apart / s * sqrt(around))[1]
        told = a_chance * a_var + (1.0 - a_chance) * b_var
        return cls(
            a=a,
            b=b,
            a_var=a_var * correlated,
            b_var=b_var * correlated,
            smaller=np.minimum(a, b) - (mean - np.minimum(apart, 0.0)),
            smaller_var=np.maximum(square - mean**2, told) * correlated,
            a_chance=a_chance,
            independent=len(a) / correlated,
        )


def _normal(u: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return density at `u` and the chance to be beyond it."""
    from scipy.special import ndtr

    return np.exp(-u * u / 2.0) / np.sqrt(2.0 * np.pi), ndtr(-u)
