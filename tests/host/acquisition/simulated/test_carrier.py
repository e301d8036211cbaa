"""The Gaussian carrier: its spectrum, its level, and what a converter leaves of it."""

import numpy as np
import pytest
from scipy import signal

from host.acquisition.simulated.carrier import GaussianCarrier, Spectrum, design_shaping, shwedyk
from host.acquisition.simulated.converter import design_sinc3
from host.chain.stream import FloatArray

RATE_HZ = 2000.0


def carriers(seconds: int, seed: int = 1) -> FloatArray:
    carrier = GaussianCarrier(Spectrum(), rate_hz=RATE_HZ, muscles=2, seed=seed)
    return np.concatenate([carrier.push(np.ones((500, 2))) for _ in range(4 * seconds)])


def test_the_spectrum_is_shwedyks_within_the_band() -> None:
    frequencies, density = signal.welch(carriers(120)[:, 0], RATE_HZ, nperseg=500)
    wanted = shwedyk(frequencies, Spectrum())
    inside = (frequencies >= 30.0) & (frequencies <= 430.0)
    share = density[inside] / density[inside].sum()
    ratio_db = 10.0 * np.log10(share / (wanted[inside] / wanted[inside].sum()))
    assert np.abs(ratio_db).max() < 1.0


def test_hardly_anything_is_left_outside_the_band() -> None:
    frequencies, density = signal.welch(carriers(60)[:, 0], RATE_HZ, nperseg=1000)
    outside = (frequencies < 10.0) | (frequencies > 470.0)
    assert density[outside].sum() < 1e-3 * density.sum()


def test_a_carrier_has_unit_rms_and_muscles_are_independent() -> None:
    curves = carriers(60)
    np.testing.assert_allclose(curves.std(axis=0), 1.0, rtol=0.02)
    assert abs(np.mean(curves[:, 0] * curves[:, 1])) < 0.02


def test_the_seed_decides_the_carrier() -> None:
    np.testing.assert_array_equal(carriers(1), carriers(1))
    assert not np.array_equal(carriers(1), carriers(1, seed=2))


def test_the_gain_says_what_a_converter_lets_through() -> None:
    taps = design_sinc3(8)
    carrier = GaussianCarrier(Spectrum(), rate_hz=RATE_HZ, muscles=1, seed=3)
    through = np.convolve(carriers(60)[:, 0], taps, mode="valid")[::8]
    assert carrier.gain(taps) == pytest.approx(through.std(), rel=0.02)


def test_shaping_keeps_its_spectrum_at_another_rate() -> None:
    for rate_hz in (2000.0, 8000.0):
        response = np.abs(np.fft.rfft(design_shaping(Spectrum(), rate_hz), round(rate_hz))) ** 2
        wanted = shwedyk(np.array([100.0, 300.0]), Spectrum())
        assert response[100] / response[300] == pytest.approx(wanted[0] / wanted[1], rel=0.05)


@pytest.mark.parametrize(
    "corners", [{"rise_hz": 200.0}, {"fall_hz": 500.0}, {"low_hz": 0.0}, {"low_hz": 80.0}]
)
def test_corners_that_cross_are_refused(corners: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="need 0 <"):
        Spectrum(**corners)
