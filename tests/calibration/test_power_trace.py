"""Activation with its uncertainty from the powers of hops (T3)."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.channel import ChannelNumbers
from calibration.measured import Measured
from calibration.measures import mean_level
from calibration.power_trace import (
    power_trace,
    relative_scatter,
    shared_error,
    trace_about,
)
from calibration.traces import FloatArray
from tests.calibration.attempts_drawn import coverage

NUMBERS = ChannelNumbers(
    noise_uv=1.5,
    rest_uv=0.5,
    reference_uv=12.0,
    reference_low_uv=11.0,
    reference_high_uv=13.0,
    holds=3,
)
HOP_S = 0.02


def powers(activation: float, random: np.random.Generator | None = None) -> FloatArray:
    """Return five seconds of a steady activation."""
    power = np.full(250, (0.5 + 12.0 * activation) ** 2 + 1.5**2)
    return power if random is None else power * random.chisquare(6.0, 250) / 6.0


@pytest.mark.parametrize("activation", [0.0, 0.1, 1.0])
def test_t3_known_answers_without_scatter(activation: float) -> None:
    trace = power_trace(powers(activation), NUMBERS, HOP_S)
    assert len(trace) == 25
    assert trace.hop_s == pytest.approx(0.2)
    np.testing.assert_allclose(trace.activation, activation, atol=1e-9)
    np.testing.assert_allclose(trace.sd, 0.0, atol=1e-9)
    assert trace.reference_spread == NUMBERS.reference_spread


@pytest.mark.parametrize("activation", [0.1, 0.3, 1.0])
def test_t3_a_mean_level_covers_the_truth(activation: float) -> None:
    sure = replace(NUMBERS, reference_low_uv=12.0, reference_high_uv=12.0)

    def once(random: np.random.Generator) -> Measured:
        return mean_level(power_trace(powers(activation, random), sure, HOP_S))

    assert 0.93 <= coverage(once, activation) <= 0.97


def test_the_scatter_of_powers_is_told_apart_from_their_rise() -> None:
    random = np.random.default_rng(3)
    rise = np.linspace(1.0, 9.0, 3000) ** 2
    for freedom in (6.0, 50.0):
        scattered = rise * random.chisquare(freedom, 3000) / freedom
        expected = np.sqrt(2.0 / freedom)
        assert relative_scatter(scattered) == pytest.approx(expected, rel=0.05)
    assert relative_scatter(rise) < 1e-5
    assert relative_scatter(np.full(9, np.nan)) == 0.0


def test_a_piece_is_unknown_where_any_of_its_hops_is() -> None:
    lost = powers(0.3)
    lost[13] = np.nan
    trace = power_trace(lost, NUMBERS, HOP_S)
    assert np.flatnonzero(~trace.known).tolist() == [1]
    assert len(power_trace(lost[:5], NUMBERS, HOP_S)) == 0


def test_without_a_reference_there_is_no_activation() -> None:
    with pytest.raises(ValueError, match="needs noise, rest and reference"):
        power_trace(powers(0.3), ChannelNumbers(noise_uv=1.5, rest_uv=0.5), HOP_S)


@pytest.mark.parametrize("activation", [0.0, 0.01, 0.05])
def test_t3_near_rest_noise_neither_lifts_nor_lowers_a_mean(activation: float) -> None:
    random = np.random.default_rng(8)
    means = [
        float(np.nanmean(power_trace(powers(activation, random), NUMBERS, HOP_S).activation))
        for _ in range(300)
    ]
    error = float(np.std(means)) / np.sqrt(len(means))
    assert np.mean(means) == pytest.approx(activation, abs=0.003 + 3.0 * error)


def test_t3_about_a_level_the_line_is_where_it_is_without_noise() -> None:
    random = np.random.default_rng(8)
    exact = trace_about(powers(0.05), NUMBERS, HOP_S, 0.05)
    np.testing.assert_allclose(exact.activation, 0.05, atol=1e-12)
    means = [
        np.mean(trace_about(powers(0.05, random), NUMBERS, HOP_S, 0.05).activation)
        for _ in range(300)
    ]
    error = float(np.std(means)) / np.sqrt(len(means))
    assert np.mean(means) == pytest.approx(0.05, abs=3.0 * error)


def test_what_leaks_and_rings_is_taken_off() -> None:
    more = np.full(250, 2.0)
    leaked = power_trace(powers(0.1) + 2.0, NUMBERS, HOP_S, leaked_uv2=more)
    np.testing.assert_allclose(leaked.activation, 0.1, atol=1e-9)
    rung = trace_about(powers(0.1) + 4.0, NUMBERS, HOP_S, 0.1, ringing=more, leaked_uv2=more)
    np.testing.assert_allclose(rung.activation, 0.1, atol=1e-9)


def test_the_error_of_rest_and_of_crosstalk_is_shared() -> None:
    # 1 % of 2.5 uV² changes a root of 0.25 uV² by 0.025 uV.
    assert shared_error(NUMBERS, 0.01) == pytest.approx(0.025 / 12.0, rel=0.05)
    both = shared_error(NUMBERS, 0.01, 0.5, 27.25)
    assert both == pytest.approx(np.hypot(0.025, 0.05) / 12.0, rel=0.05)
    trace = power_trace(powers(0.1), NUMBERS, HOP_S, shared=0.03)
    assert mean_level(trace.between(1.0, 3.0)).half_width > 1.96 * 0.03
