"""Square waves and noise of known size."""

import numpy as np
import pytest

from host.session.board_measures import measure_noise, measure_square

RATE_HZ = 500.0
TIMES_S = np.arange(1500) / RATE_HZ


def square(
    amplitude_uv: float, period_s: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    wave = np.where(TIMES_S / period_s % 1.0 < 0.5, amplitude_uv, -amplitude_uv)
    return wave[:, None]


def test_a_squares_height_and_period_are_found_above_an_offset_and_noise() -> None:
    rng = np.random.default_rng(1)
    data_uv = np.hstack([square(1875.0, 0.512), square(900.0, 1.024) + 300.0])
    measured = measure_square(data_uv + rng.normal(0.0, 5.0, data_uv.shape), RATE_HZ)
    assert measured.amplitude_uv == pytest.approx([1875.0, 900.0], abs=1.0)
    assert measured.period_s == pytest.approx([0.512, 1.024], abs=0.003)


def test_a_dead_channel_has_no_period() -> None:
    measured = measure_square(np.zeros((500, 1)), RATE_HZ)
    assert np.isnan(measured.period_s[0])


def test_noise_and_mains_are_told_apart() -> None:
    rng = np.random.default_rng(2)
    hum = 7.0 * np.sqrt(2.0) * np.sin(2.0 * np.pi * 50.0 * TIMES_S)
    measured = measure_noise((rng.normal(0.0, 3.0, 1500) + hum)[:, None], RATE_HZ)
    # White noise of 3 µV over 250 Hz; of these 20 to 245 Hz, less 4 Hz at each mains tone.
    assert measured.band_uv[0] == pytest.approx(3.0 * np.sqrt((225.0 - 32.0) / 250.0), rel=0.05)
    assert measured.mains_uv[0] == pytest.approx(7.0, rel=0.1)


def test_what_is_below_the_band_of_facial_emg_is_no_noise() -> None:
    drift = 500.0 * np.sin(2.0 * np.pi * 2.0 * TIMES_S)
    assert measure_noise(drift[:, None], RATE_HZ).band_uv[0] < 0.5


def test_too_short_a_stretch_is_refused() -> None:
    with pytest.raises(ValueError, match="half a second"):
        measure_noise(np.zeros((100, 1)), RATE_HZ)
