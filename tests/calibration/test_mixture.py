"""Leaks make electrodes' samples dependent, and are found where they can be at all."""

import numpy as np
import pytest

from calibration.lags import FloatArray, Lags
from calibration.leakage import BoolArray
from calibration.mixture import UNDONE, fit_mixture

LAGS = Lags(step=1, reach=1)
LEAK = 0.2
APART = ~np.eye(4, dtype=np.bool_)


def blocks(leak: float) -> FloatArray:
    """Return four muscles that work in turn, the first heard by the second, `(40, 260, 4)`."""
    random = np.random.default_rng(4)
    power: FloatArray = 0.1 + 3.0 * (np.arange(40)[:, np.newaxis] % 4 == np.arange(4))
    heard: FloatArray = power[:, np.newaxis, :] * random.standard_normal(
        (40, 250 + 2 * (1 + UNDONE), 4)
    )
    heard[:, :, 1] += leak * heard[:, :, 0]
    return heard


def pairs() -> BoolArray:
    """Return that the first two may leak into each other, and the last two."""
    may = np.zeros((4, 4), dtype=np.bool_)
    may[:2, :2] = may[2:, 2:] = True
    return may & APART


def test_the_leak_is_found_at_its_lag_and_no_other_beside_it() -> None:
    taps, covariance = fit_mixture(blocks(LEAK), APART, LAGS, rounds=12)
    assert taps[1, 0, 1] == pytest.approx(LEAK, abs=0.01)
    taps[1, 0, 1] = 0.0
    assert np.abs(taps).max() < 0.04
    errors = np.sqrt(np.diagonal(covariance, axis1=2, axis2=3))
    assert (errors[APART] > 0.0).all()


def test_what_cannot_leak_is_left_alone_and_fitted_apart() -> None:
    taps, covariance = fit_mixture(blocks(LEAK), pairs(), LAGS, rounds=12)
    assert taps[1, 0, 1] == pytest.approx(LEAK, abs=0.01)
    assert not taps[~pairs()].any()
    assert not covariance[~pairs()].any()


def test_without_a_leak_nothing_is_found() -> None:
    taps, _ = fit_mixture(blocks(0.0), pairs(), LAGS, rounds=12)
    assert np.abs(taps).max() < 0.04
