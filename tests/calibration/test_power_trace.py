"""Activation with its uncertainty from the powers of hops (T3)."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.channel import ChannelNumbers
from calibration.measured import Measured
from calibration.measures import mean_level
from calibration.power_trace import power_trace, relative_scatter
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
