"""When a muscle leaves rest and when it is back: from the foot of its rise or fall.

A rest threshold lies so close to rest that single values near it say little. What is surely above
tells when the line was crossed, together with how such courses begin: as a power of time, from a
straight line to the smoothest movement, or exponentially. All of these shapes are fitted, and each
counts by its likelihood (Bayesian model averaging: Hoeting 1999).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from calibration.crossings import Crossing, placed
from calibration.traces import FloatArray, Trace

POWERS = (2.0, 3.0, 4.0, 6.0, 8.0)
"""Of time, to which the muscle's power grows: its amplitude grows by half of each."""
RATES_HZ = tuple(np.geomspace(0.7, 20.0, 12).tolist())
"""Of exponential courses, per second."""
FAR_UP = 0.1
"""A line above this share of what follows is placed by a parabola instead."""
TOP = 0.15
"""The foot reaches up to this share of what follows."""
CLEAR, MOST = 3.0, 0.6
"""Or, where that is not so many standard deviations of its mean over 0.1 s, further, up to the
other share."""
LEAST_S = 0.16
BEFORE_S = 1.2
"""So much of rest belongs to it."""
AFTER_S = 2.0
"""Within this time it has left."""
STARTS = 100
"""Moments at which a course may begin that are tried."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tried:
    """Courses of one shape; arrays are `(n_courses,)`."""

    misfit: FloatArray
    """Sum of squared deviations over their variances; infinite for a course that is none."""
    time_s: FloatArray
    """Where it crosses the line."""
    variance: FloatArray
    slope: FloatArray

    def near(self, length_s: float) -> "_Tried":
        """Leave out what crosses far from a foot of this length: that is not seen in it."""
        inside = np.abs(self.time_s - length_s / 2.0) <= length_s
        return replace(self, misfit=np.where(inside, self.misfit, np.inf))


def left(trace: Trace, level: float, hop: int) -> Crossing | str:
    """Return when a trace left the line for good, roughly at `hop`; or why that is not known."""
    if _far_up(trace, trace.values, level, hop):
        return placed(trace, hop, level, rising=True)
    return _crossing(trace, trace.values, trace.sd, level, hop)


def returned(trace: Trace, level: float, hop: int) -> Crossing | str:
    """Return when it came back: the same, seen backwards."""
    backwards = trace.values[::-1], trace.sd[::-1]
    if _far_up(trace, backwards[0], level, len(trace) - hop):
        return placed(trace, hop, level, rising=False)
    found = _crossing(trace, *backwards, level, len(trace) - hop)
    if isinstance(found, str):
        return found
    return Crossing(
        time_s=len(trace) * trace.hop_s - found.time_s, variance=found.variance, slope=-found.slope
    )


def _crossing(
    trace: Trace, values: FloatArray, sd: FloatArray, level: float, hop: int
) -> Crossing | str:
    first, last = _foot(trace, values, level, hop)
    values, sd = values[first:last], sd[first:last]
    known = np.isfinite(values) & np.isfinite(sd)
    if np.count_nonzero(known) < max(6, len(values) / 2):
        return "the signal was lost at that moment"
    times: FloatArray = np.asarray((np.flatnonzero(known) + 0.5) * trace.hop_s)
    errors = sd[known] ** 2 * trace.correlated_hops
    errors = np.maximum(errors, 1e-12 + 1e-6 * float(np.max(errors)))
    length_s = len(values) * trace.hop_s
    tried = [
        one.near(length_s) for one in _tried(times, values[known], 1.0 / errors, level, length_s)
    ]
    least = min(float(np.min(one.misfit)) for one in tried)
    if not np.isfinite(least):
        return "the level changes too slowly there for its noise"
    # What no shape explains makes all of them less sure.
    excess = max(1.0, least / trace.correlated_hops / max(len(times) - 4, 1))
    found = _average(tried, least, excess)
    return Crossing(
        time_s=first * trace.hop_s + found.time_s, variance=found.variance, slope=found.slope
    )


def _far_up(trace: Trace, values: FloatArray, level: float, hop: int) -> bool:
    """Tell whether the line lies so far up that a parabola about it tells more."""
    back = round(BEFORE_S / trace.hop_s)
    before = values[max(hop - back, 0) : hop]
    before = before[np.isfinite(before)]
    rest = float(np.mean(before)) if len(before) else 0.0
    return level - rest > FAR_UP * (_plateau(trace, values, level, hop)[1] - rest)


def _plateau(trace: Trace, values: FloatArray, level: float, hop: int) -> tuple[FloatArray, float]:
    """Return the smooth course after `hop`, and how high it gets."""
    ahead = values[hop : hop + round(AFTER_S / trace.hop_s)]
    steps = max(1, round(0.1 / trace.hop_s))
    smooth = np.convolve(np.nan_to_num(ahead, nan=level), np.full(steps, 1.0 / steps), "valid")
    return smooth, float(np.max(smooth)) if len(smooth) and len(ahead) >= steps else level


def _foot(trace: Trace, values: FloatArray, level: float, hop: int) -> tuple[int, int]:
    """Return from which hop to before which one a course leaves the line near `hop`."""
    back, least, half = (round(one / trace.hop_s) for one in (BEFORE_S, LEAST_S, 0.05))
    smooth, plateau = _plateau(trace, values, level, hop)
    noise = float(np.median(trace.sd[trace.known])) * sqrt(trace.correlated_hops / (2 * half))
    high = min(max(TOP * (plateau - level), CLEAR * noise), MOST * (plateau - level))
    over = np.flatnonzero(smooth >= level + high)
    top = hop + (int(over[0]) + half if len(over) else 0)
    top = max(top, hop + least)
    return max(min(hop, top) - back, 0), min(top, len(values))


def _tried(
    times: FloatArray, values: FloatArray, weights: FloatArray, level: float, length_s: float
) -> Iterator[_Tried]:
    """Yield the courses of each shape."""
    starts = np.linspace(-0.2, 1.0, STARTS) * length_s
    for power in POWERS:
        since = np.maximum(times - starts[:, np.newaxis], 0.0) / length_s
        fits = _fitted(since**power, values, weights)
        share = fits.share_at(level)
        ahead_s = length_s * share ** (1.0 / power)
        slope = fits.size * power * share ** ((power - 1.0) / power) / length_s
        yield fits.crossing(level, starts + ahead_s, slope, np.minimum(ahead_s, length_s))
    rates_hz = np.array(RATES_HZ)
    fits = _fitted(np.exp(rates_hz[:, np.newaxis] * (times - length_s)), values, weights)
    share = fits.share_at(level)
    crossed_s = length_s + np.log(share) / rates_hz
    slope = fits.size * rates_hz * share
    yield fits.crossing(level, crossed_s, slope, np.minimum(1.0 / rates_hz, length_s))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fits:
    """`rest + size * shape` through the same values; arrays are `(n_shapes,)`."""

    rest: FloatArray
    size: FloatArray
    misfit: FloatArray
    of_rest: FloatArray
    """Variance, as the next one, and their covariance."""
    of_size: FloatArray
    together: FloatArray

    def share_at(self, level: float) -> FloatArray:
        """Return the shape's height at a level; one no higher than rest counts as a little."""
        share: FloatArray = np.maximum(level - self.rest, 0.02 * abs(level) + 1e-9)
        return share / np.maximum(self.size, 1e-9)

    def crossing(
        self, level: float, time_s: FloatArray, slope: FloatArray, reach_s: FloatArray
    ) -> _Tried:
        """Return when they cross a level, with its error (delta method), which `reach_s` bounds."""
        share = self.share_at(level)
        variance = self.of_rest + share**2 * self.of_size + 2.0 * share * self.together
        variance = np.minimum(variance, (reach_s * slope) ** 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = np.where(slope > 0.0, variance / slope**2, np.inf)
        possible = (self.rest < level) & (slope > 0.0)
        return _Tried(
            misfit=np.where(possible, self.misfit, np.inf),
            time_s=time_s,
            variance=variance,
            slope=slope,
        )


def _fitted(shapes: FloatArray, values: FloatArray, weights: FloatArray) -> _Fits:
    """Fit rest and size for each row of shapes."""
    ones, own = float(np.sum(weights)), shapes @ weights
    squares, value = (shapes**2) @ weights, float(values @ weights)
    both = shapes @ (weights * values)
    free = np.maximum(ones * squares - own**2, 1e-30)
    size = (ones * both - own * value) / free
    rest = (squares * value - own * both) / free
    misfit = ((values - rest[:, np.newaxis] - size[:, np.newaxis] * shapes) ** 2) @ weights
    usable = (ones * squares - own**2 > 1e-9 * ones * squares) & (size > 0.0)
    return _Fits(
        rest=rest,
        size=size,
        misfit=np.where(usable, misfit, np.inf),
        of_rest=squares / free,
        of_size=ones / free,
        together=-own / free,
    )


def _average(tried: list[_Tried], least: float, excess: float) -> Crossing:
    """Average all courses by their likelihood; each shape has the same chance beforehand."""
    shares = [np.exp((least - one.misfit) / (2.0 * excess)) / len(one.misfit) for one in tried]
    chances = np.concatenate(shares)
    use = chances > 1e-9 * float(np.max(chances))
    chances = chances[use] / float(np.sum(chances[use]))
    times, variances, slopes = (
        np.concatenate([getattr(one, name) for one in tried])[use]
        for name in ("time_s", "variance", "slope")
    )
    mean = float(chances @ times)
    variance = float(chances @ (excess * variances + (times - mean) ** 2))
    return Crossing(time_s=mean, variance=variance, slope=float(chances @ slopes))
