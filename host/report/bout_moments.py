"""What may be said of moments and tone: nothing finer than is measured, or matters (P11, P17).

What is too small to matter is clinical judgement and lies in `calibration/data/practice.toml`.
"""

import enum
from dataclasses import replace
from math import floor, isfinite, log10

from calibration.freedom import shown_step
from calibration.measured import Measured
from host.clinic.first_plan import usual


class Order(enum.Enum):
    """How two moments lie to each other."""

    TOGETHER = "together"
    """Nobody could tell them apart, or nothing hangs on it."""
    LATER = "later"
    EARLIER = "earlier"


class Tone(enum.Enum):
    """What is left of a muscle after it let go (P4, P12)."""

    AT_REST = "at rest"
    NEAR_REST = "near rest"
    """It cannot be told from rest, nor surely called it."""
    LEFT = "left"


LEAST_SURE = 0.5
"""An interval over more than this share of what a time can be says nothing of when it was."""


def lasting(found: Measured) -> Measured:
    """Return a length of time, which is never below 0, nor does its interval begin there."""
    if not found.known:
        return found
    value, low, high = (max(end, 0.0) for end in (found.value, found.low, found.high))
    return replace(found, value=value, low=low, high=high)


def tells(found: Measured, longest_s: float) -> bool:
    """Tell whether a time says anything, where all above `longest_s` is alike (P11).

    Not where it may be nearly anything, nor where what is said of it would be “0 s” for roughness.
    """
    if not found.known:
        return False
    low, high = (min(max(end, 0.0), longest_s) for end in (found.low, found.high))
    step = shown_step(found.low, found.high)
    rough = isfinite(step) and step > 1.0 and abs(found.value) < step / 2.0
    return high - low <= LEAST_SURE * longest_s and not rough


def order_of(difference: Measured) -> Order:
    """Return how two moments lie, from their difference in seconds, which must be known.

    They are apart only where the interval says so and the difference is long enough to matter.
    """
    surely = difference.low > 0.0 or difference.high < 0.0
    if not surely or abs(difference.value) < usual().together_s:
        return Order.TOGETHER
    return Order.LATER if difference.value > 0.0 else Order.EARLIER


def tone_of(remaining: Measured) -> Tone:
    """Return what a remaining tone, share of the gentle reference, is to be called."""
    if remaining.high < usual().at_rest:
        return Tone.AT_REST
    return Tone.LEFT if remaining.low > 0.0 else Tone.NEAR_REST


def seconds_words(found: Measured) -> str:
    """Say a time without its sign, as finely as it is known, and never finer than it matters."""
    return f"{_rounded(abs(found.value), found)} s"


def apart_words(found: Measured) -> str:
    """Say a difference in time without its sign, with its interval, which has no 0 in it."""
    low, high = sorted((abs(found.low), abs(found.high)))
    said = seconds_words(found)
    ends = [_rounded(end, found) for end in (low, high)]
    return said if ends[0] == ends[1] else f"{said} ({' to '.join(ends)})"


def share_words(found: Measured) -> str:
    """Say a share of gentle effort in percent, as finely as it is known."""
    step = shown_step(100.0 * found.low, 100.0 * found.high)
    step = max(step, 1.0) if isfinite(step) else 1.0
    return f"{max(round(100.0 * found.value / step) * step, 0.0):.0f} %"


def _rounded(seconds: float, found: Measured) -> str:
    least, step = usual().together_s, shown_step(found.low, found.high)
    step = max(step, least) if isfinite(step) else least
    digits = max(0, -floor(log10(step) + 1e-9))
    return f"{round(seconds / step) * step:.{digits}f}" if isfinite(seconds) else "?"
