"""The board's converter: bandwidth, folding and delay."""

import numpy as np
import pytest

from host.acquisition.simulated.converter import (
    BANDWIDTH_PER_RATE,
    Converter,
    design_sinc3,
    oversampling,
)


def response(hz: float, *, ratio: int, rate_hz: float) -> float:
    taps = design_sinc3(ratio)
    turns = hz / (ratio * rate_hz) * np.arange(len(taps))
    return float(abs(np.sum(taps * np.exp(-2j * np.pi * turns))))


@pytest.mark.parametrize("rate_hz", [125.0, 200.0, 250.0, 500.0, 1000.0, 2148.148])
def test_the_bandwidth_is_that_of_an_ads1299(rate_hz: float) -> None:
    ratio = oversampling(rate_hz)
    assert ratio * rate_hz >= 2000.0
    at_edge = response(BANDWIDTH_PER_RATE * rate_hz, ratio=ratio, rate_hz=rate_hz)
    assert 20.0 * np.log10(at_edge) == pytest.approx(-3.0, abs=0.1)


def test_a_cyton_keeps_65_hz_and_nothing_at_its_own_rate() -> None:
    assert 20.0 * np.log10(response(65.5, ratio=8, rate_hz=250.0)) == pytest.approx(-3.0, abs=0.1)
    assert response(250.0, ratio=8, rate_hz=250.0) < 1e-12


def test_what_lies_above_half_the_rate_is_folded_down() -> None:
    times_s = np.arange(8 * 1000) / 2000.0
    sine = np.sin(2.0 * np.pi * 160.0 * times_s)[:, None]
    folded = np.abs(np.fft.rfft(Converter(8, 1).push(sine)[:, 0])) / 500.0
    assert np.argmax(folded) / 4.0 == pytest.approx(90.0)
    assert folded.max() == pytest.approx(response(160.0, ratio=8, rate_hz=250.0), rel=0.02)


def test_blocks_that_follow_each_other_are_one_stream() -> None:
    skin = np.random.default_rng(1).standard_normal((160, 3))
    whole, pieces = Converter(8, 3), Converter(8, 3)
    parts = [pieces.push(part) for part in np.split(skin, [16, 16, 80])]
    np.testing.assert_allclose(np.concatenate(parts), whole.push(skin), atol=1e-15)


def test_an_output_is_centred_where_it_says() -> None:
    converter = Converter(8, 1)
    ramp = np.arange(160.0)[:, None]
    output = converter.push(ramp)[:, 0]
    np.testing.assert_allclose(output[4:], 8.0 * np.arange(4, 20) + converter.lead)


def test_parts_of_a_group_are_refused() -> None:
    with pytest.raises(ValueError, match="groups of 8"):
        Converter(8, 1).push(np.zeros((9, 1)))
    with pytest.raises(ValueError, match="at least one"):
        design_sinc3(0)
