"""Measured values, and what several attempts say together (P11)."""

from math import inf, isnan, log

import numpy as np
import pytest

from calibration.measured import (
    Measured,
    attempts_needed,
    can_tell,
    difference,
    log_ratio,
    normal,
    percent_change,
    pooled,
    unknown,
)
from tests.calibration.attempts_drawn import coverage


def attempts(random: np.random.Generator, count: int, between: float) -> list[Measured]:
    """Return attempts about 0.3 that differ by `between`, each known to about 0.01."""
    sds = 0.01 * np.exp(0.5 * random.standard_normal(count))
    return [normal(random.normal(random.normal(0.3, between), sd), sd * sd, "") for sd in sds]


@pytest.mark.parametrize("count", [2, 3, 10, 30])
@pytest.mark.parametrize("between", [0.0, 0.02, 0.1])
def test_p11_the_interval_of_pooled_attempts_covers_their_mean(count: int, between: float) -> None:
    covered = coverage(lambda random: pooled(attempts(random, count, between)), 0.3)
    assert 0.93 <= covered <= 0.97


def test_p11_attempts_are_pooled_until_1_percent_can_be_told() -> None:
    few = attempts(np.random.default_rng(5), 4, 0.02)
    assert not can_tell(pooled(few))
    needed = attempts_needed(few)
    assert needed is not None
    many = attempts(np.random.default_rng(5), 2 * needed, 0.02)
    assert can_tell(pooled(many))
    assert pooled(many).n == len(many)


def test_unknown_attempts_are_left_out_and_named_where_nothing_is_left() -> None:
    lost = unknown("", "the signal is lost")
    one = normal(0.2, 0.01, "")
    assert pooled([lost, one]) == one
    assert pooled([lost, lost]).reason == "none of 2 attempts is known: the signal is lost"
    assert not pooled([]).known
    assert attempts_needed([lost, one]) is None
    assert not can_tell(lost)


def test_attempts_of_two_units_are_not_pooled() -> None:
    with pytest.raises(ValueError, match="one unit"):
        pooled([normal(1.0, 0.1, "s"), normal(1.0, 0.1, "")])
    with pytest.raises(ValueError, match="cannot compare"):
        difference(normal(1.0, 0.1, "s"), normal(1.0, 0.1, ""))


def test_a_change_has_the_interval_of_both() -> None:
    change = difference(normal(0.5, 0.03**2, ""), normal(0.3, 0.04**2, ""))
    assert change.value == pytest.approx(0.2)
    assert change.half_width == pytest.approx(1.96 * 0.05, rel=1e-3)


def test_t3_a_log_ratio_covers_the_truth_and_reads_as_percent() -> None:
    def ratio(random: np.random.Generator) -> Measured:
        one, two = random.normal(0.6, 0.05), random.normal(0.4, 0.03)
        return log_ratio(normal(one, 0.05**2, ""), normal(two, 0.03**2, ""))

    assert 0.93 <= coverage(ratio, log(1.5)) <= 0.97
    known = log_ratio(normal(0.6, 0.0, ""), normal(0.4, 0.0, ""))
    assert percent_change(known).value == pytest.approx(50.0)


def test_a_log_ratio_near_zero_has_no_lower_bound_and_at_zero_no_value() -> None:
    small, whole = normal(0.01, 0.01**2, ""), normal(1.0, 0.01, "")
    assert log_ratio(small, whole).low == -inf
    none = log_ratio(normal(0.0, 0.01, ""), whole)
    assert isnan(none.value)
    assert "no logarithm" in none.reason
    assert percent_change(none).reason == none.reason


def test_an_interval_without_its_value_is_refused() -> None:
    with pytest.raises(ValueError, match="low <= value <= high"):
        Measured(value=1.0, low=2.0, high=3.0, unit="")
    with pytest.raises(ValueError, match="step must be positive"):
        can_tell(normal(1.0, 1.0, ""), 0.0)
