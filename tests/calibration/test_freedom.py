"""Degrees of freedom, intervals, and how fine a level is shown."""

import numpy as np
import pytest

from calibration.freedom import (
    Freedom,
    amplitude_interval,
    fit_freedom,
    plain_freedom,
    relative_spread,
    shown,
    shown_step,
)


def test_white_noise_has_one_degree_of_freedom_per_sample() -> None:
    noise = np.random.default_rng(2).normal(0.0, 3.0, 60_000)
    fitted = fit_freedom([noise[:20_000], noise[20_000:]], 1000.0)
    assert fitted is not None
    assert fitted.short_hz == pytest.approx(1000.0, rel=0.1)
    assert fitted.long_hz == pytest.approx(1000.0, rel=0.1)


def test_a_slow_drift_of_the_level_is_no_scatter() -> None:
    noise = np.random.default_rng(3).normal(0.0, 3.0, 60_000)
    drifting = noise * np.linspace(1.0, 2.0, len(noise))
    fitted, steady = fit_freedom([drifting], 1000.0), fit_freedom([noise], 1000.0)
    assert fitted is not None
    assert steady is not None
    # Louder parts weigh more, so a little is lost; taken for scatter, 90 % would be.
    assert fitted.long_hz > 0.8 * steady.long_hz


def test_too_short_runs_give_none() -> None:
    assert fit_freedom([np.ones(50)], 1000.0) is None


def test_freedom_goes_from_short_to_long_windows() -> None:
    freedom = Freedom(short_hz=100.0, long_hz=300.0)
    found = freedom.at_hz(np.array([0.004, 0.016, 0.032, 0.064, 1.0]))
    np.testing.assert_allclose(found, [100.0, 100.0, 200.0, 300.0, 300.0])
    with pytest.raises(ValueError, match="must be positive"):
        Freedom(short_hz=0.0, long_hz=1.0)
    assert plain_freedom(250.0).long_hz == 150.0


def test_an_interval_holds_the_truth_as_often_as_it_says() -> None:
    freedom = 12.0
    power = 25.0 * np.random.default_rng(4).chisquare(freedom, 4000) / freedom
    low, high = amplitude_interval(np.sqrt(power), np.array(3.0), np.array(freedom), 0.9)
    inside = np.mean((low <= 4.0) & (high >= 4.0))
    assert 0.88 < inside < 0.92


def test_unknown_levels_have_unknown_intervals_and_no_freedom_tells_nothing() -> None:
    low, high = amplitude_interval(np.array([np.nan, 5.0]), np.array(1.0), np.array([9.0, 0.0]))
    assert np.isnan([low[0], high[0]]).all()
    assert (low[1], high[1]) == (0.0, np.inf)
    assert relative_spread(np.array([50.0, 0.0])) == pytest.approx([0.1, np.inf])
    with pytest.raises(ValueError, match="confidence"):
        amplitude_interval(low, high, low, 1.0)


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [(9.0, 11.0, 0.5), (0.0, 0.4, 0.1), (10.0, 13.0, 1.0), (0.0, 28.0, 10.0)],
)
def test_p11_a_step_is_not_finer_than_the_interval_allows(
    low: float, high: float, step: float
) -> None:
    assert shown_step(low, high) == pytest.approx(step)


def test_p11_a_shown_level_stays_until_it_is_a_step_away() -> None:
    assert shown(10.3, 9.3, 11.3) == 10.5
    assert shown(10.3, 9.3, 11.3, before=10.0) == 10.0
    assert shown(10.6, 9.6, 11.6, before=10.0) == 10.5
    assert np.isnan(shown(10.3, np.nan, np.nan))
    assert np.isnan(shown(10.3, 0.0, np.inf))
