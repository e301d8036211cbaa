"""Motor-unit trains: recruitment, firing, level and spectrum."""

import numpy as np
import pytest
from scipy import signal

from host.acquisition.simulated.carrier import Spectrum, shwedyk
from host.acquisition.simulated.converter import design_sinc3
from host.acquisition.simulated.motor_units import MotorUnitCarrier, MotorUnits, design_potentials
from host.chain.stream import FloatArray

RATE_HZ = 2000.0


def carrier(muscles: int = 1, units: int = 40) -> MotorUnitCarrier:
    pool = MotorUnits(units=units)
    return MotorUnitCarrier(pool, Spectrum(), rate_hz=RATE_HZ, muscles=muscles, seed=1)


def run(level: float, *, seconds: int = 30, muscles: int = 1, units: int = 40) -> FloatArray:
    made = carrier(muscles, units)
    return np.concatenate([made.push(np.full((496, muscles), level)) for _ in range(4 * seconds)])


@pytest.mark.parametrize("level", [0.05, 0.2, 1.0, 2.0])
@pytest.mark.parametrize("units", [8, 60])
def test_the_rms_is_one_at_every_drive(level: float, units: int) -> None:
    assert run(level, units=units).std() == pytest.approx(1.0, rel=0.05)


def test_the_spectrum_resembles_shwedyks() -> None:
    curves = run(1.0, seconds=40, muscles=6)
    frequencies, density = signal.welch(curves, RATE_HZ, nperseg=400, axis=0)
    inside = (frequencies >= 30.0) & (frequencies <= 400.0)
    share = density.mean(axis=1)[inside] / density.mean(axis=1)[inside].sum()
    wanted = shwedyk(frequencies[inside], Spectrum())
    assert np.abs(10.0 * np.log10(share / (wanted / wanted.sum()))).max() < 2.0


def test_more_drive_recruits_more_units_which_fire_faster() -> None:
    rates = MotorUnits().rates_hz(np.linspace(0.0, 1.0, 50))
    assert (np.diff((rates > 0.0).sum(axis=1)) >= 0).all()
    assert (np.diff(rates, axis=0) >= 0.0).all()
    assert not rates[0].any()
    assert rates[-1].min() >= 8.0
    assert rates[-1].max() == 25.0


def test_units_fire_in_turn_with_the_jitter_asked_for() -> None:
    made = carrier(units=8)
    rates_hz = np.full((62, 1, 8), 10.0)
    samples: list[int] = []
    for block in range(400):
        unit, sample = made._firings(rates_hz, 8)
        samples += (block * 496 + sample[unit == 3]).tolist()
    intervals = np.diff(samples) / RATE_HZ
    assert intervals.mean() == pytest.approx(0.1, rel=0.02)
    assert intervals.std() / intervals.mean() == pytest.approx(0.18, abs=0.02)


def test_few_units_are_spiky_and_many_are_nearly_gaussian() -> None:
    def kurtosis(curve: FloatArray) -> float:
        return float(np.mean(curve**4) / np.mean(curve**2) ** 2)

    assert kurtosis(run(0.05)) > 6.0
    assert kurtosis(run(2.0)) < 4.0


def test_potentials_last_5_to_10_ms_and_have_two_or_three_phases() -> None:
    shapes = design_potentials(Spectrum(), RATE_HZ, (200,), np.random.default_rng(1))
    np.testing.assert_allclose(np.sum(shapes**2, axis=1), 1.0)
    energy = np.cumsum(shapes**2, axis=1)
    length_ms = (np.argmax(energy > 0.99, axis=1) - np.argmax(energy > 0.01, axis=1)) / 2.0
    assert 4.0 < np.median(length_ms) < 10.0
    strong = np.where(np.abs(shapes) > 0.1 * np.abs(shapes).max(axis=1, keepdims=True), shapes, 0)
    phases = [1 + int(np.sum(np.diff(np.sign(row[row != 0.0])) != 0)) for row in strong]
    assert set(phases) <= {2, 3, 4}
    assert np.mean([count in (2, 3) for count in phases]) > 0.9


def test_the_gain_says_what_a_converter_lets_through() -> None:
    taps = design_sinc3(8)
    curves = run(1.0, seconds=40)[:, 0]
    through = np.convolve(curves, taps, mode="valid")[::8]
    assert carrier().gain(taps) == pytest.approx(through.std() / curves.std(), rel=0.05)


@pytest.mark.parametrize(
    "wrong",
    [
        {"units": 7},
        {"units": 61},
        {"size_range": 0.5},
        {"slowest_hz": 30.0},
        {"interval_cv": 0.5},
    ],
)
def test_pools_that_no_muscle_has_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        MotorUnits(**wrong)  # type: ignore[arg-type]  # units is a whole number
