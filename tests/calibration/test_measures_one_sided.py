"""What may be too high or too low widens a measure to one side, as far as it bears on it (T3)."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.measured import (
    Measured,
    can_tell,
    normal,
    pooled,
    sharing,
    unknown,
    widened,
)
from calibration.measures import involvement_count, mean_level, synkinesis_ratio
from calibration.measures_overlap import falconer_winter, overlap, time_share
from calibration.measures_ramp import selectivity
from calibration.measures_symmetry import asymmetry
from calibration.traces import FloatArray, Trace

LEVELS = np.ones(200)


def trace(levels: FloatArray, *, too_high: float = 0.0, too_low: float = 0.0) -> Trace:
    sd = np.full(len(levels), 0.02)
    sure = Trace(activation=levels, sd=sd, hop_s=0.02)
    return replace(sure, too_high=too_high, too_low=too_low)


def moved(unsure: Measured, sure: Measured) -> tuple[float, float]:
    """Return how much further an interval reaches down and up; the value stays."""
    assert unsure.value == sure.value
    return sure.low - unsure.low, unsure.high - sure.high


def test_distances_to_an_end_add_up_as_squares() -> None:
    found = widened(normal(1.0, (3.0 / 1.959963984540054) ** 2, "s"), below=4.0)
    assert found.low == pytest.approx(-4.0)
    assert found.high == pytest.approx(4.0)
    assert not widened(unknown("s", "nobody looked"), below=1.0).known


def test_a_level_that_may_be_a_leak_reaches_further_down_alone() -> None:
    down, up = moved(
        mean_level(trace(0.1 * LEVELS, too_high=0.05)), mean_level(trace(0.1 * LEVELS))
    )
    assert down > 0.04
    assert up == 0.0


def test_rest_that_may_be_noise_lets_a_level_reach_further_up_alone() -> None:
    down, up = moved(mean_level(trace(0.1 * LEVELS, too_low=0.05)), mean_level(trace(0.1 * LEVELS)))
    assert up > 0.04
    assert down == 0.0


def test_p15_a_ratio_comes_down_by_its_quiet_muscle_s_leak_over_the_target() -> None:
    quiet, target = 0.2 * LEVELS, 2.0 * LEVELS
    sure = synkinesis_ratio(trace(quiet), trace(target))
    leaked = synkinesis_ratio(trace(quiet, too_high=0.1), trace(target))
    assert leaked.value - leaked.low == pytest.approx(0.05, rel=0.05)
    assert leaked.high == sure.high
    # A target that is too low makes the ratio too high.
    down, up = moved(synkinesis_ratio(trace(quiet), trace(target, too_low=0.4)), sure)
    assert down > 0.015
    assert up == 0.0


def test_a_muscle_that_may_be_a_leak_may_not_be_involved() -> None:
    sure = involvement_count([trace(0.3 * LEVELS)], [0.25])
    unsure = involvement_count([trace(0.3 * LEVELS, too_high=0.2)], [0.25])
    assert (sure.low, unsure.low) == (1.0, 0.0)
    below = involvement_count([trace(0.2 * LEVELS, too_high=0.2)], [0.25])
    assert below.high == 0.0


def test_overlap_and_its_shape_follow_the_smaller_muscle() -> None:
    small, large = 0.2 * LEVELS, LEVELS
    for measure in (overlap, falconer_winter):
        sure = measure(trace(small), trace(large))
        down, up = moved(measure(trace(small, too_high=0.1), trace(large)), sure)
        assert down > 0.05
        assert up < 1e-6
    down, up = moved(overlap(trace(small), trace(large, too_high=0.1)), overlap(*PAIR))
    assert max(down, up) < 1e-6


PAIR = (trace(0.2 * LEVELS), trace(LEVELS))


def test_time_in_common_is_sure_only_where_both_are_above_by_more() -> None:
    both = trace(0.3 * LEVELS), trace(LEVELS)
    sure = time_share(*both, 0.25, 0.25)
    unsure = time_share(trace(0.3 * LEVELS, too_high=0.1), both[1], 0.25, 0.25)
    assert sure.low > 0.95
    assert unsure.low < 0.05
    assert unsure.high == sure.high


def test_p17_asymmetry_reaches_towards_the_side_that_may_be_too_high() -> None:
    left, right = LEVELS, LEVELS
    sure = asymmetry(trace(left), trace(right))
    down, up = moved(asymmetry(trace(left, too_high=0.2), trace(right)), sure)
    assert down == pytest.approx(0.1, rel=0.1)
    assert up == 0.0


def test_p13_a_movement_may_be_more_selective_than_it_seems() -> None:
    ramp = np.linspace(0.0, 1.0, 200)
    sure = selectivity([trace(0.3 * ramp)], trace(ramp))
    down, up = moved(selectivity([trace(0.3 * ramp, too_high=0.05)], trace(ramp)), sure)
    assert up > 0.05
    assert down == 0.0


@pytest.mark.parametrize("off", [{"too_high": -0.1}, {"too_low": -0.1}])
def test_nothing_is_off_by_less_than_nothing(off: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        trace(LEVELS, **off)


def test_p11_what_attempts_share_is_not_averaged_away_and_hides_no_change() -> None:
    attempts = [
        widened(sharing(normal(value, 0.05**2 + 0.01**2, ""), 0.05), below=0.2)
        for value in (0.29, 0.30, 0.31) * 8
    ]
    own = pooled([normal(one.value, 0.01**2, "") for one in attempts])
    found = pooled(attempts)
    assert found.value == pytest.approx(own.value)
    assert found.high - found.value == pytest.approx(1.96 * 0.05, rel=0.05)
    assert found.value - found.low == pytest.approx(np.hypot(0.2, 1.96 * 0.05), rel=0.05)
    assert found.own_half_width == pytest.approx(own.half_width, rel=0.01)
    assert can_tell(found)
