"""Random numbers that depend on their place alone."""

import numpy as np
import pytest

from host.acquisition.simulated.seeding import Purpose, Wander, generator


def test_each_seed_purpose_and_index_has_its_own_numbers() -> None:
    places = [(1, Purpose.NOISE, 0), (2, Purpose.NOISE, 0), (1, Purpose.BLINK, 0)]
    places.append((1, Purpose.NOISE, 1))
    drawn = [generator(*place).random() for place in places]
    assert len(set(drawn)) == 4
    assert drawn == [generator(*place).random() for place in places]


def test_a_wander_has_unit_rms_and_keeps_to_its_band() -> None:
    wander = Wander(np.random.default_rng(1), 5, low_hz=0.5, high_hz=2.0)
    curves = wander.at(np.arange(50_000) / 50.0)
    np.testing.assert_allclose(curves.std(axis=0), 1.0, rtol=0.05)
    power = np.abs(np.fft.rfft(curves, axis=0)) ** 2
    hz = np.fft.rfftfreq(50_000, 1 / 50.0)
    assert power[(hz < 0.45) | (hz > 2.1)].sum() < 0.01 * power.sum()


def test_a_wander_does_not_depend_on_what_was_asked_before() -> None:
    wander = Wander(np.random.default_rng(1), 2, low_hz=0.1, high_hz=1.0)
    times_s = np.arange(100.0)
    np.testing.assert_array_equal(wander.at(times_s)[40:60], wander.at(times_s[40:60]))


def test_a_band_without_width_is_refused() -> None:
    with pytest.raises(ValueError, match="low_hz < high_hz"):
        Wander(np.random.default_rng(1), 1, low_hz=1.0, high_hz=1.0)
