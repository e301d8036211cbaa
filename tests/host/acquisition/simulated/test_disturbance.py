"""Electrode offset, drift and mains."""

import numpy as np
import pytest

from host.acquisition.simulated.disturbance import Baseline, Electrodes, Hum, Mains

TIMES_S = np.arange(40_000) / 2000.0


def test_mains_has_its_level_and_its_frequency() -> None:
    mains = Mains(harmonics=(), unsteadiness=0.0, offset_hz=0.05)
    hum = Hum(mains, mains_hz=60.0, channels=80, seed=1).at(TIMES_S)
    assert hum.std(axis=0).mean() == pytest.approx(25.0, rel=0.1)
    peak = np.argmax(np.abs(np.fft.rfft(hum[:, 0])))
    assert peak / 20.0 == pytest.approx(60.05)


def test_harmonics_stand_where_they_are_asked_for() -> None:
    mains = Mains(harmonics=((3, 0.5),), unsteadiness=0.0, offset_hz=0.0)
    lines = np.abs(np.fft.rfft(Hum(mains, mains_hz=50.0, channels=50, seed=1).at(TIMES_S), axis=0))
    third = (lines[20 * 150] / lines[20 * 50]).mean()
    assert third == pytest.approx(0.5, rel=0.3)
    assert lines[20 * 100].max() < 1e-6 * lines.max()


def test_mains_is_the_same_whoever_asked_before() -> None:
    hum = Hum(Mains(), mains_hz=50.0, channels=2, seed=1)
    np.testing.assert_allclose(hum.at(TIMES_S)[300:400], hum.at(TIMES_S[300:400]), atol=1e-9)


def test_mains_is_still_a_sine_after_a_day() -> None:
    mains = Mains(harmonics=(), unsteadiness=0.0, offset_hz=0.0)
    hum = Hum(mains, mains_hz=50.0, channels=1, seed=1)
    np.testing.assert_allclose(hum.at(86_400.0 + TIMES_S), hum.at(TIMES_S), atol=1e-4)


def test_offsets_differ_between_channels_and_drift_slowly() -> None:
    electrodes = Electrodes(offset_uv=20_000.0, drift_uv=100.0)
    base = Baseline(electrodes, channels=50, seed=1).at(np.arange(2000.0))
    offsets = base.mean(axis=0)
    assert np.abs(offsets).max() < 20_200.0
    assert np.ptp(offsets) > 20_000.0
    np.testing.assert_allclose(base.std(axis=0), 100.0, rtol=0.2)
    fine = Baseline(electrodes, channels=50, seed=1).at(TIMES_S[:4000])
    assert np.abs(np.diff(fine, axis=0)).max() < 0.1


def test_impossible_electrodes_and_mains_are_refused() -> None:
    for wrong in ({"offset_uv": 1e6}, {"drift_uv": -1.0}, {"noise_uv": -0.1}):
        with pytest.raises(ValueError, match="uv"):
            Electrodes(**wrong)
    with pytest.raises(ValueError, match="level_uv"):
        Mains(level_uv=-1.0)
    with pytest.raises(ValueError, match="offset_hz"):
        Mains(offset_hz=5.0)
    with pytest.raises(ValueError, match="unsteadiness"):
        Mains(unsteadiness=2.0)
    with pytest.raises(ValueError, match="harmonic"):
        Mains(harmonics=((1, 0.5),))
