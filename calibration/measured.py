"""A measured value with its 95 % interval; what several attempts say together (P11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, hypot, inf, log, nan, sqrt

import numpy as np

from calibration.intervals import Z95, mover

OF_REFERENCE = "of the reference"
"""Unit of an activation: share of the gentle reference."""

LEAST_WEIGHED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One value of a measure, with its 95 % interval; NaN and a reason where it is unknown.

    Values are not cut off where noise carried them past a bound (an activation just below
    zero): means over attempts would be wrong. Cut off what is *shown*.
    """

    value: float
    low: float
    high: float
    unit: str
    """In words, to be put behind the number; empty for a plain ratio."""
    n: float = 1.0
    """Effective number of independent values, or of attempts, that stand behind it."""
    reason: str = ""
    """Why it is unknown: one sentence without a full stop."""
    shared: tuple[float, float] = (0.0, 0.0)
    """How much of the distance to the lower and the higher end all attempts of a session share."""

    def __post_init__(self) -> None:
        """Refuse an interval without its value, and a gap without its reason."""
        if self.reason:
            return
        if not self.low <= self.value <= self.high:
            raise ValueError(f"need low <= value <= high, got {self}")

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not self.reason

    @property
    def half_width(self) -> float:
        """Half the width of the interval; infinite where nothing is known."""
        return (self.high - self.low) / 2.0 if self.known else inf

    @property
    def own_half_width(self) -> float:
        """The same without what all attempts of a session share: that hides no change in it."""
        if not self.known or self.shared == (0.0, 0.0):
            return self.half_width
        ends = (self.value - self.low, self.high - self.value)
        own = (end * end - part * part for end, part in zip(ends, self.shared, strict=True))
        return sqrt(max(*own, 0.0))


def unknown(unit: str, reason: str) -> Measured:
    """Return a measure of which nothing is known, and why."""
    return Measured(value=nan, low=nan, high=nan, unit=unit, n=0.0, reason=reason)


def normal(value: float, variance: float, unit: str, n: float = 1.0) -> Measured:
    """Return a value whose error is normal."""
    half = Z95 * sqrt(max(variance, 0.0))
    return Measured(value=value, low=value - half, high=value + half, unit=unit, n=n)


def bounded(
    value: float, bounds: tuple[float, float], unit: str, n: float, reason: str = ""
) -> Measured:
    """Return a value between bounds that may have been found another way; it lies inside."""
    low, high = min(bounds[0], value), max(bounds[1], value)
    return Measured(value=value, low=low, high=high, unit=unit, n=n, reason=reason)


def widened(found: Measured, *, below: float = 0.0, above: float = 0.0) -> Measured:
    """Return a value whose truth may lie lower or higher by up to so much for another reason.

    Both reasons are independent, so their distances add up as squares (Zou & Donner 2008).
    """
    if not found.known or below == above == 0.0:
        return found
    return replace(
        found,
        low=found.value - hypot(found.value - found.low, below),
        high=found.value + hypot(found.high - found.value, above),
        shared=(hypot(found.shared[0], below), hypot(found.shared[1], above)),
    )


def sharing(found: Measured, sd: float) -> Measured:
    """Return a value of whose error so much, a standard deviation, is alike in all attempts."""
    return replace(found, shared=(Z95 * sd, Z95 * sd)) if found.known else found


def difference(later: Measured, earlier: Measured) -> Measured:
    """Return `later - earlier` of two independent values (Zou & Donner 2008)."""
    gap = _gap(later, earlier)
    if gap:
        return unknown(later.unit, gap)
    value, low, high = mover(
        (later.value, later.low, later.high), (earlier.value, earlier.low, earlier.high)
    )
    n = min(later.n, earlier.n)
    return Measured(value=value, low=low, high=high, unit=later.unit, n=n)


def log_ratio(above: Measured, below: Measured) -> Measured:
    """Return `ln(above / below)`: how levels are compared between sides and sessions (T3).

    A bound is infinite where the interval of one of them reaches zero.
    """
    gap = _gap(above, below)
    if not gap and min(above.value, below.value) <= 0.0:
        gap = "one of the two cannot be told from zero, so their ratio has no logarithm"
    if gap:
        return unknown("ln", gap)
    value, low, high = mover(_logarithm(above), _logarithm(below))
    return Measured(value=value, low=low, high=high, unit="ln", n=min(above.n, below.n))


def percent_change(log_ratio: Measured) -> Measured:
    """Return a log ratio as a change in percent, for people."""
    if not log_ratio.known:
        return unknown("%", log_ratio.reason)
    bounds = [log_ratio.value, log_ratio.low, log_ratio.high]
    value, low, high = (100.0 * (exp(min(bound, 700.0)) - 1.0) for bound in bounds)
    return Measured(value=value, low=low, high=high, unit="%", n=log_ratio.n)


def pooled(attempts: Sequence[Measured]) -> Measured:
    """Return the mean over attempts that are known, with what they differ among themselves.

    Random effects: DerSimonian & Laird (1986) weights with the variance and t distribution of
    Hartung & Knapp (2001), which is exact where all attempts weigh the same. What they share does
    not differ among them, so it counts beside. `n` is the number of attempts. One attempt is
    returned as it is.
    """
    if not attempts:
        return unknown("", "there is no attempt")
    known = [one for one in attempts if one.known and one.half_width < inf]
    if not known:
        first = next((one.reason for one in attempts if one.reason), "no attempt has an interval")
        return unknown(attempts[0].unit, f"none of {len(attempts)} attempts is known: {first}")
    if len({one.unit for one in known}) > 1:
        raise ValueError(f"attempts of one unit can be pooled, got {[one.unit for one in known]}")
    if len(known) == 1:
        return known[0]
    from scipy.special import stdtrit

    values = np.array([one.value for one in known])
    weights = _weights(values, np.array([one.own_half_width / Z95 for one in known]) ** 2)
    mean = float(weights @ values)
    variance = float(weights @ (values - mean) ** 2) / (len(known) - 1)
    half = float(stdtrit(len(known) - 1, 0.975)) * sqrt(variance)
    found = Measured(
        value=mean, low=mean - half, high=mean + half, unit=known[0].unit, n=len(known)
    )
    below, above = np.mean([one.shared for one in known], axis=0)
    return widened(found, below=float(below), above=float(above))


def can_tell(measured: Measured, step: float = 0.01) -> bool:
    """Tell whether a change of `step`, 1 % of the reference, can be told within a session (P11)."""
    if not step > 0.0:
        raise ValueError(f"step must be positive, got {step}")
    return measured.own_half_width <= step


def attempts_needed(attempts: Sequence[Measured], step: float = 0.01) -> int | None:
    """Return how many such attempts tell `step` (P11); None where fewer than two are known."""
    values = [one.value for one in attempts if one.known and one.half_width < inf]
    if len(values) < 2:
        return None
    from scipy.special import stdtrit

    spread = float(np.std(values, ddof=1))
    count = 2
    while float(stdtrit(count - 1, 0.975)) * spread / sqrt(count) > step and count < 10_000:
        count += 1
    return count


def _weights(values: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """Return weights that sum to 1: inverse variances within plus between attempts.

    Equal ones for fewer than `LEAST_WEIGHED` attempts, which cannot tell how they differ.
    """
    if len(values) < LEAST_WEIGHED:
        return np.full(len(values), 1.0 / len(values))
    least = 1e-12 + 1e-9 * float(np.max(np.abs(values))) ** 2
    inverse = 1.0 / np.maximum(variances, least)
    mean = inverse @ values / inverse.sum()
    excess = float(inverse @ (values - mean) ** 2) - (len(values) - 1)
    scale = float(inverse.sum() - (inverse @ inverse) / inverse.sum())
    between = max(excess / scale, 0.0)
    weights = 1.0 / (np.maximum(variances, least) + between)
    normalised: np.ndarray = weights / weights.sum()
    return normalised


def _logarithm(one: Measured) -> tuple[float, float, float]:
    low = log(one.low) if one.low > 0.0 else -inf
    return log(one.value), low, log(one.high) if one.high < inf else inf


def _gap(first: Measured, second: Measured) -> str:
    """Return why two values cannot be compared; empty where they can."""
    if first.known and second.known and first.unit != second.unit:
        raise ValueError(f"cannot compare {first.unit!r} with {second.unit!r}")
    return first.reason or second.reason
