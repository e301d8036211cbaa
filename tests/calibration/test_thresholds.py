"""Proposed thresholds and their reasons (T4, P8, P11, P14)."""

import time
from dataclasses import replace

import numpy as np
import pytest

from calibration.attempts import AttemptLevels
from calibration.channel import REST_QUANTILES, ChannelNumbers
from calibration.proposals import lifted, proposals, with_thresholds
from calibration.thresholds import (
    Shaping,
    as_if,
    effort_threshold,
    quiet_threshold,
    rest_threshold,
    shaping,
    shaping_from_toml,
    threshold_for,
)
from calibration.traces import FloatArray

RULES = Shaping()


def reached(*levels: float) -> list[AttemptLevels]:
    """Return attempts with these critical levels."""
    return [AttemptLevels(critical=level) for level in levels]


def test_the_rules_that_ship_are_those_of_the_class() -> None:
    assert shaping() == RULES


def test_t4_the_rest_threshold_is_a_quantile_although_half_of_rest_is_zero() -> None:
    values = np.maximum(np.random.default_rng(1).standard_normal(10_000), 0.0) * 0.02
    found = rest_threshold(values, 0.01, RULES)
    assert np.mean(values < found.threshold) == pytest.approx(0.99, abs=0.001)
    assert "99% of the time at rest" in found.reason
    assert not found.floored


def test_p11_no_rest_threshold_is_finer_than_can_be_told() -> None:
    found = rest_threshold(np.zeros(1000), 0.01, RULES)
    assert (found.threshold, found.floored) == (0.01, True)
    with pytest.raises(ValueError, match="needs 100 values, got 3"):
        rest_threshold(np.array([0.1, 0.1, 0.1, np.nan]), 0.01, RULES)


def test_t4_70_to_80_percent_would_have_succeeded_and_the_step_after_is_5_to_10_lower() -> None:
    levels = np.random.default_rng(2).uniform(0.1, 0.5, 10)
    needed = threshold_for(reached(*levels), RULES.success)
    would = as_if(needed, reached(*levels)).count(True)
    assert 0.7 <= would / 10 <= 0.8
    found = quiet_threshold(reached(*levels), 0.02, RULES)
    assert found.threshold == needed
    assert found.reason.startswith("8 of the last 10 attempts stayed below")
    step = float(found.reason.split()[-1].rstrip("%.")) / 100.0
    assert 0.90 <= step / needed <= 0.95


@pytest.mark.parametrize("count", [4, 5, 8, 10])
def test_t4_later_attempts_succeed_as_often_as_the_rules_ask_however_few_there_are(
    count: int,
) -> None:
    random = np.random.default_rng(7)
    met = []
    for _ in range(2000):
        first = reached(*np.exp(0.3 * random.standard_normal(count)))
        later = np.exp(0.3 * random.standard_normal(10))
        met.append(np.mean(later < threshold_for(first, 0.75)))
    assert np.mean(met) == pytest.approx(0.75, abs=0.03)


def test_only_the_last_attempts_that_are_known_count() -> None:
    early, late = reached(*[0.9] * 20), reached(*[0.2] * 10)
    lost = [AttemptLevels(critical=0.0, known=False)] * 5
    assert quiet_threshold([*early, *late, *lost], 0.02, RULES).threshold == pytest.approx(0.2)


def test_the_quiet_threshold_is_never_below_what_the_noise_allows() -> None:
    found = quiet_threshold(reached(*[0.05] * 10), 0.08, RULES)
    assert (found.threshold, found.floored) == (0.08, True)
    assert "noise at rest allows no lower" in found.reason


def test_before_there_are_attempts_it_says_so() -> None:
    found = quiet_threshold(reached(0.1), 0.02, RULES)
    assert found.threshold == RULES.first_quiet
    assert "1 of the 4 attempts needed" in found.reason
    with pytest.raises(ValueError, match="no attempt is known"):
        threshold_for([], 0.75)


def test_p8_the_effort_ceiling_is_3_of_10_where_the_reference_was_2() -> None:
    assert effort_threshold(0.05, RULES).threshold == pytest.approx(1.5)
    wide = effort_threshold(0.4, RULES)
    assert wide.threshold == pytest.approx(1.8)
    assert wide.floored
    with pytest.raises(ValueError, match="reference_spread"):
        effort_threshold(float("nan"), RULES)


def test_as_if_tells_what_each_attempt_would_have_been() -> None:
    attempts = [*reached(0.1, 0.3), AttemptLevels(critical=0.1, known=False)]
    assert as_if(0.2, attempts) == [True, False, None]
    assert as_if(0.05, attempts) == [False, False, False]


def test_as_if_is_quick_enough_for_a_slider() -> None:
    attempts = reached(*np.linspace(0.0, 1.0, 50))
    begin = time.perf_counter()
    for _ in range(100):
        as_if(0.5, attempts)
    assert (time.perf_counter() - begin) / 100 < 0.005


def test_a_calibration_alone_proposes_thresholds() -> None:
    numbers = ChannelNumbers(
        noise_uv=2.0,
        rest_uv=0.5,
        rest_quantiles_uv=(1.9, 2.0, 2.06, 2.1, 2.2, 2.3, 2.9),
        reference_uv=10.0,
        reference_low_uv=9.0,
        reference_high_uv=11.0,
        holds=3,
    )
    found = proposals(numbers, RULES)
    assert found is not None
    assert found.rest.threshold == pytest.approx((2.1 - 0.5) / 10.0, abs=1e-3)
    assert found.rest.reason == "The level stayed below 16.0% in 99% of the time at rest."
    assert not found.rest.floored
    assert with_thresholds(numbers, RULES).quiet_threshold == found.quiet.threshold == 0.25
    assert proposals(ChannelNumbers(), RULES) is None
    assert with_thresholds(ChannelNumbers(), RULES) == ChannelNumbers()


def at_rest(level: FloatArray, noise_uv: float, rest_uv: float = 0.0) -> ChannelNumbers:
    """Return a channel with these displayed levels at rest and a reference of 10 uV."""
    return ChannelNumbers(
        noise_uv=noise_uv,
        rest_uv=rest_uv,
        rest_quantiles_uv=tuple(np.quantile(level, REST_QUANTILES).tolist()),
        reference_uv=10.0,
        reference_low_uv=9.5,
        reference_high_uv=10.5,
        holds=3,
    )


@pytest.mark.parametrize(("noise_uv", "rest_uv"), [(2.0, 0.0), (2.0, 1.0), (0.5, 2.0)])
@pytest.mark.parametrize("freedom", [20.0, 200.0])
def test_t4_the_displayed_activation_at_rest_stays_below_the_threshold_for_99_percent(
    noise_uv: float, rest_uv: float, freedom: float
) -> None:
    random, level_uv = np.random.default_rng(8), np.hypot(noise_uv, rest_uv)
    shown = level_uv * np.sqrt(random.chisquare(freedom, 20_000) / freedom)
    found = proposals(at_rest(shown, noise_uv, rest_uv), RULES)
    assert found is not None
    amplitude = np.sqrt(np.maximum(shown**2 - noise_uv**2, 0.0))
    activation = np.maximum(amplitude - rest_uv, 0.0) / 10.0
    assert np.mean(activation < found.rest.threshold) == pytest.approx(0.99, abs=0.005)


def test_t4_the_rest_threshold_is_never_below_what_the_noise_allows() -> None:
    steady = np.sqrt(np.random.default_rng(8).chisquare(50.0, 20_000) / 50.0)
    # At the calibration the level happened to be lower than noise and tone together.
    found = proposals(at_rest(1.7 * steady, 2.0), RULES)
    assert found is not None
    spread = float(np.quantile(steady, 0.99) / np.median(steady))
    assert found.rest.threshold == pytest.approx(0.2 * np.sqrt(spread**2 - 1.0), rel=0.02)
    assert found.rest.floored
    assert "finest level that this channel can tell" in found.rest.reason
    still = proposals(at_rest(np.full(200, 0.5), 0.5), RULES)
    assert still is not None
    assert (still.rest.threshold, still.rest.floored) == (RULES.finest, True)
    assert "Nothing finer than 1%" in still.rest.reason


def test_t4_the_quantile_that_the_rules_ask_for_is_taken_from_between_the_stored_ones() -> None:
    levels = np.linspace(1.0, 3.0, 2001)
    rules = Shaping(rest_quantile=0.925)
    found = proposals(at_rest(levels, 0.0, 2.0), rules)
    assert found is not None
    assert found.rest.threshold == pytest.approx((1.0 + 2.0 * 0.925 - 2.0) / 10.0, rel=1e-3)


def test_thresholds_of_other_electrodes_are_lifted_to_what_today_s_noise_allows() -> None:
    steady = np.sqrt(np.random.default_rng(8).chisquare(50.0, 20_000) / 50.0)
    loud = replace(
        at_rest(3.0 * steady, 3.0), rest_threshold=0.05, quiet_threshold=0.1, effort_threshold=1.5
    )
    now = lifted(loud, RULES)
    assert now.rest_threshold == now.quiet_threshold == pytest.approx(0.22, abs=0.02)
    assert now.effort_threshold == 1.5
    unsure = replace(loud, reference_low_uv=5.0, reference_high_uv=20.0)
    ceiling = lifted(unsure, RULES).effort_threshold
    assert ceiling == pytest.approx(1.0 + 2.0 * unsure.reference_spread)
    quiet = replace(at_rest(0.1 * steady, 0.1), rest_threshold=0.05, quiet_threshold=0.1)
    assert lifted(quiet, RULES) == quiet
    assert lifted(ChannelNumbers(quiet_threshold=0.1), RULES).quiet_threshold == 0.1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stpe = 0.1", "own.toml has an unknown entry 'stpe'"),
        ("step = '0.1'", "'step' must be a number in own.toml"),
        ("last_attempts = 4.5", "a whole number"),
        ("step = 0.5", "from 0 to 0.2"),
        ("success = 1.0", "success < 1"),
        ("finest = 0.5", "finest <= first_quiet"),
        ("ceiling_effort = 1.0", "reference_effort < ceiling_effort"),
        ("least_attempts = 20", "least_attempts <= last_attempts"),
    ],
)
def test_wrong_rules_are_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        shaping_from_toml(text, "own.toml")
