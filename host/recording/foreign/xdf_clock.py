"""Clocks of XDF streams: onto the recorder's clock, and free of jitter.

The reference is what pyxdf does by default: a robust line through the clock offsets between two
resets of the clock, and a line through the time stamps between two breaks.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from host.chain.stream import BoolArray, FloatArray

_HUBER_S = 1e-4
"""Offsets further than this from the line count less and less."""
_STEPS = 50
_STEEPEST = 0.01
"""No two clocks drift apart by 1 %."""

_RESET_S, _RESET_DEVIATIONS = 5.0, 5.0
_RESET_OFFSET_S, _RESET_OFFSET_DEVIATIONS = 1.0, 10.0
_BREAK_S, _BREAK_SAMPLES = 1.0, 500


def synchronised(time_s: FloatArray, offsets: Sequence[tuple[float, float]]) -> FloatArray:
    """Return a stream's times by the recorder's clock."""
    if not offsets:
        return time_s
    times, values = (np.array(column) for column in zip(*offsets, strict=True))
    edges = [0, *_resets(times, values), len(times)]
    result = time_s.copy()
    first = 0
    for start, stop in pairwise(edges):
        last = len(time_s)
        if stop < len(times):
            ours = np.abs(time_s[first:] - times[stop - 1]) < np.abs(time_s[first:] - times[stop])
            last = first + (len(ours) if ours.all() else int(np.argmin(ours)))
        constant, slope = _line(times[start:stop], values[start:stop])
        result[first:last] += constant + slope * time_s[first:last]
        first = last
    return result


def _resets(times: FloatArray, values: FloatArray) -> list[int]:
    """Return the offsets at which the clock had been set anew."""
    steps, changes = np.diff(times), np.diff(values)
    if not len(steps):
        return []
    strange = _outlying(steps, _RESET_DEVIATIONS, _RESET_S) & _outlying(
        changes, _RESET_OFFSET_DEVIATIONS, _RESET_OFFSET_S
    )
    return (np.flatnonzero((steps < 0) | strange) + 1).tolist()


def _outlying(values: FloatArray, deviations: float, seconds: float) -> BoolArray:
    away = np.abs(values - np.median(values))
    typical = np.median(away) + np.finfo(np.float64).eps
    outlying: BoolArray = (away / typical > deviations) & (away > seconds)
    return outlying


def _line(times: FloatArray, values: FloatArray) -> tuple[float, float]:
    """Return constant and slope of the line that Huber's loss chooses."""
    middle = float(np.mean(times))
    at = times - middle
    weights = np.ones_like(at)
    constant, slope = float(np.median(values)), 0.0
    for _ in range(_STEPS if len(at) > 1 and np.ptp(at) > 0 else 0):
        sums = np.sum(weights), np.sum(weights * at), np.sum(weights * at * at)
        right = np.sum(weights * values), np.sum(weights * at * values)
        area = sums[0] * sums[2] - sums[1] ** 2
        if not area > 0:
            break
        before = constant, slope
        constant = float((sums[2] * right[0] - sums[1] * right[1]) / area)
        slope = float((sums[0] * right[1] - sums[1] * right[0]) / area)
        weights = np.minimum(
            1.0, _HUBER_S / np.maximum(np.abs(values - constant - slope * at), 1e-15)
        )
        if abs(constant - before[0]) < 1e-9 and abs(slope - before[1]) * np.ptp(at) < 1e-9:
            break
    if abs(slope) > _STEEPEST:
        return float(np.median(values)), 0.0
    return constant - slope * middle, slope


def breaks(time_s: FloatArray, rate_hz: float) -> list[int]:
    """Return the samples before which the time stamps leap."""
    longest = max(_BREAK_S, _BREAK_SAMPLES / rate_hz)
    return (np.flatnonzero(np.abs(np.diff(time_s)) > longest) + 1).tolist()


def even(time_s: FloatArray, rate_hz: float) -> FloatArray:
    """Return times as evenly spaced between two breaks as the samples were."""
    result = time_s.copy()
    for first, stop in pairwise([0, *breaks(time_s, rate_hz), len(time_s)]):
        if stop - first > 1:
            at = np.arange(stop - first) - (stop - first - 1) / 2
            part = time_s[first:stop]
            result[first:stop] = np.mean(part) + at * (np.dot(at, part) / np.dot(at, at))
    return result
