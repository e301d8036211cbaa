"""Spectrum, white floor and degrees of freedom."""

import numpy as np
import pytest
from scipy import signal

from calibration.spectrum import degrees_of_freedom, spectrum, welch_size, white_floor_uv

RATE_HZ = 1000.0


def white(seconds: float, sd: float = 1.0, seed: int = 1) -> np.ndarray:
    """Return white noise, `(n_samples, 1)`."""
    return sd * np.random.default_rng(seed).standard_normal((round(seconds * RATE_HZ), 1))


def test_the_density_of_white_noise_is_its_variance_over_the_bandwidth() -> None:
    density = spectrum([white(10.0, 3.0), white(1.0, 3.0)], RATE_HZ)
    assert density.shape == (welch_size(RATE_HZ) // 2 + 1, 1)
    assert density[2:-2].mean() == pytest.approx(9.0 / 500.0, rel=0.05)


def test_the_floor_of_white_noise_in_a_band_is_its_rms_there() -> None:
    sos = signal.butter(4, (20.0, 400.0), "bandpass", fs=RATE_HZ, output="sos")
    noise = signal.sosfilt(sos, white(20.0, 2.0), axis=0)
    found = white_floor_uv(spectrum([noise], RATE_HZ)[:, 0], RATE_HZ, (20.0, 400.0))
    assert found == pytest.approx(noise.std(), rel=0.1)


def test_white_noise_has_one_degree_of_freedom_a_sample() -> None:
    for block_ms in (4.0, 8.0, 16.0, 32.0):
        found = degrees_of_freedom([white(30.0)], RATE_HZ, block_ms)[0]
        assert found == pytest.approx(block_ms, rel=0.12)


def test_a_slow_change_is_no_scatter_but_lone_motor_units_are() -> None:
    samples = white(30.0)
    slow = samples * (1.0 + 0.5 * np.sin(np.arange(30_000) / 3000.0))[:, np.newaxis]
    assert degrees_of_freedom([slow], RATE_HZ, 16.0)[0] == pytest.approx(16.0, rel=0.15)
    spikes = np.zeros_like(samples)
    spikes[np.random.default_rng(2).integers(0, 30_000, 300)] = 10.0
    assert degrees_of_freedom([spikes], RATE_HZ, 16.0)[0] < 1.0


def test_too_little_tells_nothing() -> None:
    assert np.isnan(spectrum([white(0.05)], RATE_HZ)).all()
    assert np.isnan(degrees_of_freedom([white(0.2)], RATE_HZ, 16.0)).all()
    assert np.isnan(white_floor_uv(np.full(65, np.nan), RATE_HZ, (20.0, 400.0)))
