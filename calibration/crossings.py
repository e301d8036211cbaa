"""When a noisy level crosses a line: found roughly, then placed by a local parabola.

A level near a line is above it now and then by chance. So it counts as above where that is sure of
a whole window; the crossing is then where it divides best into values above and values below: the
end of the running sum of all that is above less all that is below (Page 1954, for a change).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from calibration.traces import FloatArray, Trace, moving_mean

HALVES_S = (0.2, 0.3, 0.45, 0.6, 0.8)
"""Half the time over which a parabola is fitted: the first that gives the slope well enough."""
SLOPE_ERROR = 0.15
STAY_S = 0.2
"""A level has crossed when it stays beyond for so long."""
SMOOTH_S = 0.15
SURE = 4.0
"""A window is surely above when its mean is so many standard deviations above the line."""
PARTS = 4
WINDOWS_S = (STAY_S, 0.4, 0.8, 1.6, 3.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A moment, with the variance of its error."""

    time_s: float
    """Since the trace began; a hop's value counts for its middle."""
    variance: float
    slope: float
    """Of the level at that moment, per second; a little less steep for not being sure."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Fit:
    """A polynomial about `centre_s`, with the covariance of its coefficients."""

    centre_s: float
    coefficients: FloatArray
    covariance: FloatArray

    def at(self, time_s: float, derivative: int = 0) -> tuple[float, float]:
        """Return value (or slope) and its variance at a moment."""
        powers = np.arange(len(self.coefficients))
        t = time_s - self.centre_s
        row = t**powers if derivative == 0 else powers * t ** np.maximum(powers - 1, 0)
        return float(row @ self.coefficients), float(row @ self.covariance @ row)


def smoothed(trace: Trace, width_s: float = SMOOTH_S) -> FloatArray:
    """Return the moving mean over what is known; NaN where less than half of it is."""
    return moving_mean(trace.values, trace.known, trace.hop_s, width_s)


def first_above(trace: Trace, level: float, begin: int = 0) -> int | None:
    """Return the first hop from which the smoothed level stays at or above for `STAY_S`."""
    stay = max(1, round(STAY_S / trace.hop_s))
    above = smoothed(trace)[begin:] >= level
    if len(above) < stay:
        return None
    runs = np.convolve(above.astype(np.int64), np.ones(stay, dtype=np.int64), mode="valid")
    found = np.flatnonzero(runs == stay)
    return begin + int(found[0]) if len(found) else None


def leaves(trace: Trace, level: float) -> int | None:
    """Return from which hop on the level is above, and surely stays so for `STAY_S` or longer.

    Every part of that time must be: a twitch is no onset. None where it never surely is.
    """
    found = [
        (int(np.flatnonzero(sure)[0]) + width, width)
        for width, sure in _sure(trace, level, PARTS)
        if sure.any()
    ]
    if not found:
        return None
    stop, width = min(found)
    running, stay = _running(trace, level), max(1, round(STAY_S / trace.hop_s))
    # Not what was well before it last was below for that long, such as a twitch.
    before = running[: stop - width + 1]
    below = np.flatnonzero(before[stay:] < before[: max(len(before) - stay, 0)])
    start = max(int(below[-1]) - 2 * stay, 0) if len(below) else 0
    return start + int(np.argmin(running[start : stop + 1]))


def returns(trace: Trace, level: float) -> int | None:
    """Return from which hop on the level is below to the end; None where it never is above."""
    found = [int(np.flatnonzero(sure)[-1]) for _, sure in _sure(trace, level, 1) if sure.any()]
    if not found:
        return None
    start = max(found)
    return start + int(np.argmax(_running(trace, level)[start:]))


def _running(trace: Trace, level: float) -> FloatArray:
    """Return the sum of all that is above the level before each hop, `(n_hops + 1,)`."""
    above = np.where(trace.known, trace.values - level, 0.0)
    return np.concatenate([[0.0], np.cumsum(above)])


def _sure(trace: Trace, level: float, parts: int) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield windows' lengths, and which of them, by first hop, are surely above the level.

    So must be each of so many parts, though not surely.
    """
    running = _running(trace, level)
    variances = np.where(trace.known, trace.sd**2 * trace.correlated_hops, 0.0)
    spread = np.concatenate([[0.0], np.cumsum(variances)])
    for window_s in WINDOWS_S:
        part = max(1, round(window_s / trace.hop_s / parts))
        width = part * parts
        if width > len(trace):
            return
        sums = running[width:] - running[:-width]
        sure = sums > SURE * np.sqrt(np.maximum(spread[width:] - spread[:-width], 0.0))
        of_parts = running[part:] - running[:-part]
        for number in range(parts if parts > 1 else 0):
            sure &= of_parts[number * part :][: len(sure)] > 0.0
        yield width, sure


def placed(trace: Trace, hop: int, level: float, *, rising: bool) -> Crossing | str:
    """Return the crossing near a hop, or why it cannot be placed.

    Its error is that of the parabola at the crossing, divided by the slope there.
    """
    found: Crossing | str = "the signal was lost at that moment"
    for half_s in HALVES_S:
        fit, time_s = _searched(trace, hop * trace.hop_s, level, half_s, rising=rising)
        if fit is None:
            return found
        slope, slope_variance = fit.at(time_s, 1)
        if abs(slope) <= sqrt(slope_variance) or (slope > 0.0) != rising:
            found = "the level changes too slowly there for its noise"
            continue
        # Whatever is divided by a slope varies more than by the slope's value alone: `1 + 3 v` for
        # its relative variance v, the next term of the delta method.
        less = slope / sqrt(1.0 + 3.0 * slope_variance / slope**2)
        found = Crossing(time_s=time_s, variance=fit.at(time_s)[1] / less**2, slope=less)
        if sqrt(slope_variance) < SLOPE_ERROR * abs(slope):
            break
    return found


def _searched(
    trace: Trace, time_s: float, level: float, half_s: float, *, rising: bool
) -> tuple[_Fit | None, float]:
    """Return the parabola about the crossing and the moment of the crossing (Newton)."""
    fit = None
    for _ in range(3):
        fit = fitted(trace, time_s, half_s, 2)
        if fit is None:
            break
        slope = fit.at(time_s, 1)[0]
        if (slope <= 0.0) if rising else (slope >= 0.0):
            break
        move = (level - fit.at(time_s)[0]) / slope
        time_s += float(np.clip(move, -half_s / 2.0, half_s / 2.0))
        time_s = min(max(time_s, 0.0), len(trace) * trace.hop_s)
    return fit, time_s


def fitted(trace: Trace, centre_s: float, half_s: float, degree: int) -> _Fit | None:
    """Return a polynomial through the values about a moment; None where too few are known."""
    times = (np.arange(len(trace)) + 0.5) * trace.hop_s
    near = np.abs(times - centre_s) <= half_s
    use = near & trace.known
    if np.count_nonzero(use) < max(degree + 2, np.count_nonzero(near) / 2):
        return None
    design = np.vander(times[use] - centre_s, degree + 1, increasing=True)
    errors = trace.sd[use] ** 2 * trace.correlated_hops
    inverse = np.linalg.solve(design.T @ design, design.T)
    return _Fit(
        centre_s=centre_s,
        coefficients=inverse @ trace.values[use],
        covariance=(inverse * errors) @ inverse.T,
    )
