"""From the powers of hops to a muscle's activation with its uncertainty, as measures take it in.

The root of a noisy power is too low on average, and cut off at zero too high: where a muscle is
near rest both are as large as what is measured. So powers are averaged as they are, and only their
slow course is turned into amplitudes.
"""

from math import inf, sqrt

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.intervals import Z95
from calibration.traces import FloatArray, Trace, moving_mean

PIECE_S = 0.2
"""Powers are averaged over so long for what is measured over a hold."""
MOMENT_S = 0.02
"""And over so long for moments."""
SCATTER_S = 0.064
"""Over so long and longer, degrees of freedom grow with time (`calibration.freedom`)."""
AROUND = 5
"""The slow course is the mean of so many pieces."""
LEAST_FREEDOM = 2.0
"""Fewer would make an interval of nothing but guesses."""
RINGS = 0.7
"""Relative standard deviation of what rings: few frequencies do."""


def power_trace(
    powers: FloatArray,
    numbers: ChannelNumbers,
    hop_s: float,
    piece_s: float = PIECE_S,
    shared: float = 0.0,
    *,
    leaked_uv2: FloatArray | None = None,
    most_freedom_hz: float = inf,
    too_high: float = 0.0,
    too_low: float = 0.0,
) -> Trace:
    """Return the activation (T3) in whole pieces of `piece_s`, not cut off at zero.

    `powers` is `(n_hops,)` in uV², noise included, NaN where unknown; a piece is known where all
    its hops are. How much a value scatters is told from the powers themselves. An amplitude is a
    straight line in the power about the slow course `p`: `sqrt(p) + (power - p) / (2 sqrt(p))`;
    near rest, where that course is lost in its noise, the line through rest. `shared` is the
    standard deviation of what all values are off by, share of the reference; `leaked_uv2` is what
    other muscles add to each power, as far as that is known; for what is not, see `Trace.too_high`
    and `Trace.too_low`. No power is taken to have more than `most_freedom_hz` degrees of freedom a
    second.
    """
    noise_uv, rest_uv, reference_uv = _known(numbers)
    hops = _hops(piece_s, hop_s)
    means = _means(powers, hops)
    course = _slow(means)
    sd_uv2 = course * _scatter(powers, hops, hop_s, most_freedom_hz)
    if leaked_uv2 is not None:
        leaked = _means(leaked_uv2, hops)
        means, course = means - leaked, course - leaked
    slow = course - noise_uv**2
    least = rest_uv**2 + 2.0 * sd_uv2 / sqrt(AROUND)
    from_uv, to_uv = _ends(slow, least, rest_uv)
    # Through both ends; a tangent where they are one.
    steepness = 1.0 / np.maximum(from_uv + to_uv, 1e-15)
    amplitude_uv = from_uv + (means - noise_uv**2 - from_uv**2) * steepness
    return Trace(
        activation=(amplitude_uv - rest_uv) / reference_uv,
        sd=sd_uv2 * steepness / reference_uv,
        hop_s=hops * hop_s,
        reference_spread=numbers.reference_spread,
        shared=shared,
        too_high=too_high,
        too_low=too_low,
    )


def trace_about(
    powers: FloatArray,
    numbers: ChannelNumbers,
    hop_s: float,
    level: float,
    *,
    shared: float = 0.0,
    ringing: FloatArray | None = None,
    leaked_uv2: FloatArray | None = None,
) -> Trace:
    """Return the same for telling when it crosses `level`, in short pieces.

    It is a straight line in the power, with the slope that activation has at the level: so noise
    biases neither the line nor the moment. Far above it, it is no activation any more. `ringing` is
    by how much each power is off for what rings: it is taken off.
    """
    noise_uv, rest_uv, reference_uv = _known(numbers)
    hops = _hops(MOMENT_S, hop_s)
    means = _means(powers, hops)
    scatter = _scatter(powers, hops, hop_s)
    # Means of logarithms follow a steep rise or fall; they are too low by half the variance.
    course = np.exp(_slow(np.log(np.maximum(means, 1e-30))) + scatter**2 / 2.0)
    sd_uv2 = scatter * course
    if leaked_uv2 is not None:
        means = means - _means(leaked_uv2, hops)
    if ringing is not None:
        rings = _means(ringing, hops)
        means = means - rings
        sd_uv2 = np.hypot(sd_uv2, RINGS * np.maximum(rings, 0.0))
    line_uv = max(level * reference_uv + rest_uv, 1e-12)
    steepness = 1.0 / (2.0 * line_uv * reference_uv)
    return Trace(
        activation=level + (means - noise_uv**2 - line_uv**2) * steepness,
        sd=sd_uv2 * steepness,
        hop_s=hops * hop_s,
        reference_spread=numbers.reference_spread,
        shared=shared,
    )


def shared_error(
    numbers: ChannelNumbers,
    rest_spread: float,
    doubtful_uv2: float = 0.0,
    power_uv2: float = 0.0,
) -> float:
    """Return what all activations of a stretch are off by, as a standard deviation.

    `rest_spread` is the relative standard deviation of the power at rest as it was calibrated, and
    `doubtful_uv2` that of what others may add to the stretch's mean power, `power_uv2`.
    """
    noise_uv, rest_uv, reference_uv = _known(numbers)
    off_uv = _root_error(rest_uv**2, rest_spread * (rest_uv**2 + noise_uv**2))
    muscle_uv2 = max(power_uv2 - noise_uv**2, rest_uv**2)
    return sqrt(off_uv**2 + _root_error(muscle_uv2, doubtful_uv2) ** 2) / reference_uv


def _root_error(power: float, error: float) -> float:
    """Return by how much a root changes with an error of its power, near zero too."""
    return error / max(sqrt(power) + sqrt(power + error), 1e-12)


def relative_scatter(powers: FloatArray) -> float:
    """Return the relative standard deviation of a mean power about its slow course, `(n,)`.

    From second differences of the logarithm, which a steady rise leaves at zero and which have
    1.5 times the variance (after von Neumann 1941). That of the logarithm of a gamma variable is
    a trigamma function, whose inverse is near `v / (1 + v / 2)`. 0 where fewer than three powers
    are known.
    """
    logs = np.log(np.maximum(powers, 1e-30))
    bends = logs[1:-1] - (logs[:-2] + logs[2:]) / 2.0
    bends = bends[np.isfinite(bends)]
    variance = float(np.mean(bends**2)) / 1.5 if len(bends) else 0.0
    return sqrt(variance / (1.0 + variance / 2.0))


def _known(numbers: ChannelNumbers) -> tuple[float, float, float]:
    """Return noise, rest and reference; ValueError where one of them is not known."""
    if numbers.reference_uv is None or numbers.noise_uv is None or numbers.rest_uv is None:
        raise ValueError("an activation needs noise, rest and reference")
    return numbers.noise_uv, numbers.rest_uv, numbers.reference_uv


def _scatter(powers: FloatArray, hops: int, hop_s: float, most_freedom_hz: float = inf) -> float:
    """Return the relative standard deviation of the mean of so many hops."""
    short = _hops(SCATTER_S, hop_s)
    pieces = _means(powers, short)
    scatter = relative_scatter(pieces) * _few(pieces) * sqrt(short / hops)
    return max(scatter, sqrt(2.0 / (most_freedom_hz * hops * hop_s)))


def _few(pieces: FloatArray) -> float:
    """Return how much larger a scatter may be that few pieces tell: by a t distribution's width.

    Second differences have about half as many degrees of freedom as there are (von Neumann 1941).
    """
    from scipy.special import stdtrit

    freedom = max(np.count_nonzero(np.isfinite(pieces)) / 2.0, LEAST_FREEDOM)
    return float(stdtrit(freedom, 0.975)) / Z95


def _slow(means: FloatArray) -> FloatArray:
    """Return the slow course of pieces; a piece by itself where few about it are known."""
    if not len(means):
        return means
    course = moving_mean(means, np.isfinite(means), 1.0, float(AROUND))
    slow: FloatArray = np.where(np.isfinite(course), course, means)
    return slow


def _ends(slow: FloatArray, least: FloatArray, rest_uv: float) -> tuple[FloatArray, FloatArray]:
    """Return between which amplitudes (uV) the line about the slow course is drawn."""
    clear = slow > least
    to_uv = np.sqrt(np.maximum(np.where(clear, slow, least), 0.0))
    return np.where(clear, to_uv, rest_uv), to_uv


def _hops(seconds: float, hop_s: float) -> int:
    return max(1, round(seconds / hop_s))


def _means(powers: FloatArray, hops: int) -> FloatArray:
    """Average over whole pieces of so many hops; NaN where one of them is."""
    means: FloatArray = powers[: len(powers) // hops * hops].reshape(-1, hops).mean(axis=1)
    return means
