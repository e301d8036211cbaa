"""Lags, whitening, and mixtures turned around."""

import numpy as np
import pytest

from calibration.lags import Lags, autocovariance, design_whitening, filtered, lagged, unmixing

RNG = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("rate_hz", "step", "count"),
    [(200, 1, 3), (250, 1, 3), (500, 1, 3), (1000, 1, 5), (4000, 4, 5)],
)
def test_lags_are_about_a_millisecond_apart_at_every_rate(
    rate_hz: int, step: int, count: int
) -> None:
    lags = Lags.at(rate_hz)
    assert (lags.step, lags.count) == (step, count)


def test_a_row_stands_between_its_earlier_and_its_later_neighbours() -> None:
    rows = lagged(np.arange(10.0)[:, np.newaxis], Lags(step=2, reach=1))
    np.testing.assert_array_equal(rows[0], [0.0, 2.0, 4.0])
    assert len(rows) == 6


def test_a_filter_weighs_the_samples_before() -> None:
    data = np.arange(8.0)[:, np.newaxis]
    np.testing.assert_array_equal(filtered(data, np.array([1.0, -1.0]), 3)[:, 0], [3.0] * 5)


def test_whitening_leaves_nothing_to_predict() -> None:
    white = RNG.normal(size=20_002)
    coloured = white[2:] + 0.9 * white[1:-1] + 0.4 * white[:-2]
    taps = design_whitening(autocovariance(coloured, 9, 1))
    after = autocovariance(filtered(coloured[:, np.newaxis], taps, 1)[:, 0], 5, 1)
    assert np.abs(after[1:] / after[0]).max() < 0.03


def test_unmixing_undoes_a_mixture_with_lags() -> None:
    sources = RNG.normal(size=(400, 2))
    taps = np.zeros((2, 2, 3))
    taps[0, 1], taps[1, 0] = [0.05, 0.25, 0.1], [0.0, 0.3, -0.05]
    near = lagged(sources, Lags(step=1, reach=1))
    mixture = sources[1:-1] + near @ taps.transpose(2, 1, 0).reshape(-1, 2)
    far = lagged(mixture, Lags(step=1, reach=6))
    undone = far @ unmixing(taps, 6).transpose(2, 1, 0).reshape(-1, 2)
    np.testing.assert_allclose(undone, sources[7:-7], atol=1e-3)


@pytest.mark.parametrize("bad", [{"step": 0, "reach": 1}, {"step": 1, "reach": 0}])
def test_lags_that_do_not_spread_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Lags(**bad)
