"""Measures of time (T3): slowness, release and remaining tone, synchrony of the sides."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from calibration.crossings import (
    Crossing,
    first_above,
    fitted,
    leaves,
    placed,
    returns,
    smoothed,
)
from calibration.feet import left, returned
from calibration.measured import Measured, bounded, normal, unknown
from calibration.traces import Trace, gap, mean_and_variance, mean_level

SECONDS = "s"
NEVER_REACHED = "the level was never surely above the threshold"
LOST_IN_CHANGE = "the signal was lost where the level may have changed"
RATE_HALF_S = 0.3
SEARCH_HALF_S = 0.5
REMAINING_S = (10.0, 11.0)
"""When remaining tone is measured, after the cue to release (T3: after 10 s)."""
REGAINED_S = 1.0
"""So soon after a lost signal blinks are not told: a muscle may only have twitched from rest."""

Blinks: TypeAlias = Sequence[tuple[float, float]]
"""Stretches that are left out because of a blink, in seconds since a trace began, in order."""


def rise_time(attempt: Trace, hold_s: tuple[float, float]) -> Measured:
    """Return the time from 10 to 90 % of the hold's mean level (T3, P10).

    `attempt` begins at rest, before the cue to rise; `hold_s` counts from its start.
    """
    part = attempt.between(*hold_s)
    if reason := gap(part) or gap(attempt):
        return unknown(SECONDS, reason)
    plateau, variance = mean_and_variance(part)
    if plateau <= 2.0 * sqrt(variance):
        return unknown(SECONDS, "the hold cannot be told from rest")
    ends = _rise(attempt, plateau)
    if isinstance(ends, str):
        return unknown(SECONDS, ends)
    low, high = ends
    of_plateau = (0.9 / high.slope - 0.1 / low.slope) ** 2 * variance
    total = low.variance + high.variance + of_plateau
    return normal(high.time_s - low.time_s, total, SECONDS, part.independent)


def peak_rate(rise: Trace) -> Measured:
    """Return the steepest slope of a rise, in shares of the reference per second (T3, P10).

    Where it is says a straight line over one second; how steep it is says a cubic over less.
    """
    unit = f"{rise.unit} per second"
    if reason := gap(rise):
        return unknown(unit, reason)
    reach = round(SEARCH_HALF_S / rise.hop_s)
    if len(rise) < 2 * reach + 1 or not rise.known.all():
        return unknown(unit, "the rise is too short, or not known throughout")
    slopes = np.correlate(rise.values, np.arange(-reach, reach + 1), mode="valid")
    steepest = (int(np.argmax(slopes)) + reach + 0.5) * rise.hop_s
    fit = fitted(rise, steepest, RATE_HALF_S, 3)
    if fit is None:
        return unknown(unit, "the signal was lost where the level rose")
    slope, variance = fit.at(steepest, 1)
    variance += (slope * rise.reference_spread) ** 2
    return normal(slope, variance, unit, rise.independent)


def onset(attempt: Trace, above: float) -> Measured:
    """Return when the level first stays at or above `above`, since the trace began."""
    hop = leaves(attempt, above)
    reason = _unplaced(attempt, hop, rising=True)
    if reason or hop is None:
        return unknown(SECONDS, reason)
    return _told(attempt, above, left(attempt, above, hop))


def offset(attempt: Trace, above: float, blinks: Blinks = ()) -> Measured:
    """Return after when the level stays below `above`, since the trace began, but in blinks."""
    hop, blinking = returns(attempt, above), _inside(attempt, blinks)
    reason = _unplaced(attempt, hop, rising=False, blinking=blinking)
    if reason or hop is None:
        return unknown(SECONDS, reason)
    found = _told(attempt, above, placed(attempt, hop, above, rising=False))
    return _or_in_blink(found, hop, blinking, attempt)


def release_time(
    trace: Trace, rest_threshold: float, cue_s: float = 0.0, blinks: Blinks = ()
) -> Measured:
    """Return how long after the cue the level stays below the rest threshold (T3, P12).

    `trace` begins `cue_s` before the cue to release: what is only just above the threshold is
    surely so in longer stretches, in the hold. A muscle that was below already took no time; one
    that is still above at the end has not released, and its time is not known. `trace` is unknown
    in `blinks`: they are passed over, for at rest one goes on blinking.
    """
    hop, blinking = returns(trace, rest_threshold), _inside(trace, blinks)
    lost = _lost(trace, blinking)
    if hop is None and not lost.any():
        return normal(0.0, 0.0, SECONDS, trace.independent)
    reason = _unplaced(trace, hop, rising=False, blinking=blinking)
    if reason or hop is None:
        return unknown(SECONDS, reason)
    regained = max(round(cue_s / trace.hop_s), hop - round(REGAINED_S / trace.hop_s), 0)
    if lost[regained:hop].any():
        return unknown(SECONDS, LOST_IN_CHANGE)
    found = _told(trace, rest_threshold, returned(trace, rest_threshold, hop))
    found = _or_in_blink(found, hop, blinking, trace)
    if found.reason:
        return found
    value, low, high = (max(at - cue_s, 0.0) for at in (found.value, found.low, found.high))
    return replace(found, value=value, low=low, high=high)


def remaining_tone(after_cue: Trace) -> Measured:
    """Return the mean activation over the second that follows 10 s of release (T3, P4, P12)."""
    if len(after_cue) * after_cue.hop_s < REMAINING_S[1]:
        return unknown(after_cue.unit, f"release was watched for less than {REMAINING_S[1]:.0f} s")
    return mean_level(after_cue.between(*REMAINING_S))


def synchrony(left: Measured, right: Measured) -> Measured:
    """Return left minus right of two onsets or offsets (T3, P17); positive: left came later."""
    if left.reason or right.reason:
        return unknown(SECONDS, left.reason or right.reason)
    half = sqrt(left.half_width**2 + right.half_width**2)
    value = left.value - right.value
    return Measured(
        value=value, low=value - half, high=value + half, unit=SECONDS, n=min(left.n, right.n)
    )


def _rise(attempt: Trace, plateau: float) -> tuple[Crossing, Crossing] | str:
    """Return where the level passes 10 and 90 % on its way through one half."""
    middle = first_above(attempt, 0.5 * plateau)
    level = smoothed(attempt)
    if middle is None:
        return "the level never stayed above half of the hold"
    below = np.flatnonzero(level[:middle] < 0.1 * plateau)
    top = first_above(attempt, 0.9 * plateau, middle)
    if not len(below) or top is None:
        return "the trace does not hold the whole rise"
    low = placed(attempt, int(below[-1]) + 1, 0.1 * plateau, rising=True)
    high = placed(attempt, top, 0.9 * plateau, rising=True)
    if isinstance(low, str) or isinstance(high, str):
        return low if isinstance(low, str) else str(high)
    return (low, high) if high.time_s > low.time_s else "the rise is too quick to be placed"


def _told(trace: Trace, level: float, found: Crossing | str) -> Measured:
    """Return a crossing with all that its moment is unsure by."""
    if isinstance(found, str):
        return unknown(SECONDS, found)
    shared = (level * trace.reference_spread) ** 2 + trace.shared**2
    variance = found.variance + shared / found.slope**2
    return normal(found.time_s, variance, SECONDS, trace.independent)


def _inside(trace: Trace, blinks: Blinks) -> NDArray[np.bool_]:
    """Return which hops a blink touches, `(n_hops,)`."""
    inside = np.zeros(len(trace), dtype=np.bool_)
    for start_s, stop_s in blinks:
        first, stop = start_s / trace.hop_s + 1e-6, stop_s / trace.hop_s - 1e-6
        inside[max(floor(first), 0) : max(ceil(stop), 0)] = True
    return inside


def _lost(trace: Trace, blinking: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    """Return where too little is known to tell a level, but in blinks, `(n_hops,)`."""
    lost: NDArray[np.bool_] = ~np.isfinite(smoothed(trace))
    return lost if blinking is None else lost & ~blinking


def _or_in_blink(found: Measured, hop: int, blinking: NDArray[np.bool_], trace: Trace) -> Measured:
    """Return a fall; one that a blink hides may have been at any moment of it."""
    if hop >= len(blinking) or not blinking[hop]:
        return found
    before, after = (np.flatnonzero(~one) for one in (blinking[:hop], blinking[hop:]))
    first = int(before[-1]) + 1 if len(before) else 0
    stop = hop + int(after[0]) if len(after) else len(blinking)
    start_s, stop_s = first * trace.hop_s, stop * trace.hop_s
    if found.reason:
        middle_s, n = (start_s + stop_s) / 2.0, trace.independent
        return bounded(middle_s, (start_s, stop_s), SECONDS, n)
    return replace(found, low=min(found.low, start_s), high=max(found.high, stop_s))


def _unplaced(
    trace: Trace,
    hop: int | None,
    *,
    rising: bool,
    blinking: NDArray[np.bool_] | None = None,
) -> str:
    """Return why a crossing found roughly is none; empty where it is one."""
    if reason := gap(trace):
        return reason
    lost = _lost(trace, blinking)
    if hop is None and lost.any():
        return LOST_IN_CHANGE
    if hop is None:
        return NEVER_REACHED
    if rising:
        return "the level was above the threshold from the start" if hop == 0 else ""
    if hop >= len(trace):
        return "the level was still above the threshold at the end"
    return "the signal was lost after the level fell" if lost[hop:].any() else ""
