"""Intervals of ratios, shares and differences."""

from math import inf

import numpy as np
import pytest

from calibration.intervals import fieller, mover, wilson


def test_fieller_of_a_certain_denominator_is_the_plain_interval() -> None:
    bounds = fieller(2.0, 4.0, 0.16, 0.0)
    assert bounds == pytest.approx((0.5 - 1.96 * 0.1, 0.5 + 1.96 * 0.1), abs=1e-4)


def test_fieller_has_no_interval_where_the_denominator_may_be_zero() -> None:
    assert fieller(1.0, 1.9, 0.01, 1.0) is None
    assert fieller(1.0, 2.1, 0.01, 1.0) is not None


def test_fieller_covers_a_ratio_with_correlated_parts() -> None:
    random = np.random.default_rng(1)
    drawn = random.multivariate_normal([1.0, 3.0], [[0.04, 0.03], [0.03, 0.25]], 4000)
    bounds = [fieller(x, y, 0.04, 0.25, 0.03) for x, y in drawn]
    covered = [low <= 1.0 / 3.0 <= high for low, high in filter(None, bounds)]
    assert len(covered) == 4000
    assert 0.94 < np.mean(covered) < 0.96


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5])
def test_wilson_covers_a_share(share: float) -> None:
    counts = np.random.default_rng(2).binomial(60, share, 4000)
    covered = [low <= share <= high for low, high in (wilson(count / 60, 60) for count in counts)]
    assert 0.93 < np.mean(covered) < 0.97


def test_wilson_stays_within_0_and_1_and_refuses_no_values() -> None:
    assert wilson(0.0, 10)[0] == 0.0
    assert wilson(1.0, 10)[1] == pytest.approx(1.0)
    with pytest.raises(ValueError, match="n > 0"):
        wilson(0.5, 0)


def test_a_difference_keeps_lopsided_bounds_apart() -> None:
    value, low, high = mover((2.0, 1.0, 5.0), (1.0, 1.0, 1.0))
    assert (value, low, high) == (1.0, 0.0, 4.0)
    assert mover((2.0, -inf, 5.0), (1.0, 0.0, 2.0))[1] == -inf
