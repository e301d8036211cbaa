"""Intervals of 95 %: of ratios, shares and differences, from the variances of what goes in."""

from math import inf, sqrt

Z95 = 1.959963984540054
"""Two-sided 95 % point of the standard normal distribution."""

Bounds = tuple[float, float]


def fieller(
    x: float, y: float, var_x: float, var_y: float, covariance: float = 0.0
) -> Bounds | None:
    """Return the bounds of `x / y` (Fieller 1954); None where `y` cannot be told from zero.

    They are the ratios `t` for which `x - t y` cannot be told from zero.
    """
    square = y * y - Z95**2 * var_y
    if square <= 0.0:
        return None
    middle = x * y - Z95**2 * covariance
    spread = sqrt(max(middle * middle - square * (x * x - Z95**2 * var_x), 0.0))
    return (middle - spread) / square, (middle + spread) / square


def wilson(share: float, n: float) -> Bounds:
    """Return the bounds of a share seen in `n` independent values (Wilson 1927)."""
    if not (0.0 <= share <= 1.0 and n > 0.0):
        raise ValueError(f"need a share from 0 to 1 of n > 0 values, got {share} of {n}")
    weight = 1.0 / (1.0 + Z95**2 / n)
    centre = weight * (share + Z95**2 / (2.0 * n))
    half = weight * Z95 * sqrt(share * (1.0 - share) / n + (Z95 / (2.0 * n)) ** 2)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def mover(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return `first - second` with bounds, each given as value, low, high.

    The method of variance estimates recovery (Zou & Donner 2008): keeps the lopsidedness of
    intervals that are not symmetric. A bound that is not known (infinite) makes one of the
    difference unknown.
    """
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    value = a - b
    down, up = (a - a_low, b_high - b), (a_high - a, b - b_low)
    low = value - _hypot(*down)
    high = value + _hypot(*up)
    return value, low, high


def _hypot(x: float, y: float) -> float:
    return inf if inf in (x, y) else sqrt(x * x + y * y)
