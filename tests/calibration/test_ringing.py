"""How filters spread a power over time, and what is left of it when a muscle has let go."""

import numpy as np
import pytest

from calibration.ringing import Ringing
from calibration.traces import FloatArray

RATE_HZ, HOP = 1000.0, 4


def response() -> FloatArray:
    """Return a sharp beginning, and ringing of a twentieth of its energy that fades in 0.1 s."""
    shape = np.zeros(1000)
    shape[10] = 1.0
    ringing = np.exp(-np.arange(1000) / 100.0)
    ringing[:80] = 0.0
    whole: FloatArray = shape + ringing * np.sqrt(0.05 / np.sum(ringing**2))
    return whole


def spread(power: FloatArray) -> FloatArray:
    """Return what filters make of the power of every sample, in hops."""
    energy = response() ** 2 / np.sum(response() ** 2)
    padded = np.concatenate([np.full(1000, power[0]), power])
    seen: FloatArray = np.convolve(padded, energy)[1000 : 1000 + len(power)]
    hops: FloatArray = seen.reshape(-1, HOP).mean(axis=1)
    return hops


def test_what_comes_later_is_told_from_what_is_only_late() -> None:
    ringing = Ringing.of(response(), RATE_HZ, HOP, late_s=0.002)
    assert ringing.late_s == pytest.approx(0.002 + 0.010)
    assert ringing.share == pytest.approx(0.05 / 1.05, rel=0.01)
    assert not ringing.tail[: round(0.06 * RATE_HZ / HOP)].any()


def test_a_steady_power_is_left_as_it_is() -> None:
    ringing = Ringing.of(response(), RATE_HZ, HOP)
    np.testing.assert_allclose(ringing.heard(np.full(500, 3.0)), 0.0, atol=1e-9)


def test_p12_of_a_muscle_that_let_go_hardly_anything_is_left() -> None:
    power = np.where(np.arange(4000) < 2000, 100.0, 1.0)
    seen = spread(power)
    after = slice(530, 560)
    assert np.mean(seen[after]) > 1.7
    left = seen - Ringing.of(response(), RATE_HZ, HOP).heard(seen)
    assert np.mean(left[after]) == pytest.approx(1.0, abs=0.4)


def test_where_a_power_is_unknown_what_rang_before_goes_on() -> None:
    power = np.full(500, 3.0)
    power[200:220] = np.nan
    heard = Ringing.of(response(), RATE_HZ, HOP).heard(power)
    np.testing.assert_allclose(heard, 0.0, atol=1e-9)
    assert not Ringing.of(response(), RATE_HZ, HOP).heard(np.full(9, np.nan)).any()


def test_a_tail_that_is_none_is_refused() -> None:
    for tail in (np.array([0.1]), np.array([0.0, 0.6]), np.array([0.0, -0.1]), np.zeros((2, 2))):
        with pytest.raises(ValueError, match="tail"):
            Ringing(tail=tail)
    assert not Ringing.none().heard(np.arange(9.0)).any()
