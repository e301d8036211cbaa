"""Band-pass, mains removal and the filter that carries its state."""

import numpy as np
import pytest
from hypothesis import given
from scipy import signal

from host.chain.filters import (
    BandPass,
    MainsRemoval,
    RewindableFilter,
    SosFilter,
    design_band_pass,
    design_mains_removal,
)
from host.chain.stream import FloatArray
from tests.cuts import chunks, cuts

RATE_HZ = 250.0
RAW = np.random.default_rng(1).normal(0.0, 10.0, (300, 3)) + 4000.0
EVERYWHERE = np.ones(3, dtype=np.bool_)


def gain(sos: FloatArray, frequency_hz: float, rate_hz: float = RATE_HZ) -> float:
    """Return the magnitude response at one frequency."""
    _, response = signal.sosfreqz(sos, [frequency_hz], fs=rate_hz)
    return float(np.abs(response[0]))


@pytest.mark.parametrize(
    ("rate_hz", "upper_hz"), [(200, 90), (250, 112.5), (500, 225), (2000, 450)]
)
def test_the_band_follows_the_rate(rate_hz: float, upper_hz: float) -> None:
    sos = design_band_pass(BandPass(), rate_hz)
    assert BandPass().upper_hz(rate_hz) == upper_hz
    for edge in (20.0, upper_hz):
        assert gain(sos, edge, rate_hz) == pytest.approx(np.sqrt(0.5), abs=0.01)
    assert gain(sos, np.sqrt(20.0 * upper_hz), rate_hz) == pytest.approx(1.0, abs=0.01)
    assert gain(sos, 5.0, rate_hz) < 0.005


def test_mains_and_every_harmonic_in_the_band_are_removed() -> None:
    sos = design_mains_removal(MainsRemoval(base_hz=(50.0,)), 1000.0, 450.0)
    for harmonic in range(1, 10):
        assert gain(sos, 50.0 * harmonic, 1000.0) < 1e-6
        assert gain(sos, 50.0 * harmonic + 25.0, 1000.0) == pytest.approx(1.0, abs=0.05)
    assert gain(sos, 0.0, 1000.0) == pytest.approx(1.0)


def test_mains_that_is_a_twentieth_of_a_hertz_off_is_60_db_down() -> None:
    sos = design_mains_removal(MainsRemoval(base_hz=(60.0,)), RATE_HZ, 112.5)
    assert gain(sos, 60.05) < 1e-3


def test_without_mains_frequencies_nothing_is_removed() -> None:
    sos = design_mains_removal(MainsRemoval(base_hz=()), RATE_HZ, 112.5)
    np.testing.assert_array_equal(SosFilter(sos, 3).push(RAW), RAW)


def test_a_started_filter_does_not_ring_from_the_electrode_offset() -> None:
    stage = SosFilter(design_band_pass(BandPass(), RATE_HZ), 3)
    constant = np.full((50, 3), 62_000.0)
    stage.start(constant[0], EVERYWHERE)
    assert np.abs(stage.push(constant)).max() < 1e-6


def test_only_the_named_columns_start_anew() -> None:
    stage = SosFilter(design_band_pass(BandPass(), RATE_HZ), 3)
    before = stage.state
    stage.start(RAW[0], np.array([True, False, False]))
    np.testing.assert_array_equal(stage.state[:, :, 1:], before[:, :, 1:])
    assert (stage.state[:, :, 0] != before[:, :, 0]).any()


def test_what_is_expected_keeps_the_output_where_it_was() -> None:
    stage = SosFilter(design_mains_removal(MainsRemoval(), RATE_HZ, 112.5), 3)
    stage.start(RAW[0], EVERYWHERE)
    last = stage.push(RAW)[-1]
    np.testing.assert_allclose(stage.push(stage.expected(last)[np.newaxis])[0], last)


def test_the_expected_row_goes_on_with_the_mains() -> None:
    time_s = np.arange(1000) / RATE_HZ
    hum = 3000.0 + 500.0 * np.sin(2 * np.pi * 50.02 * time_s)[:, np.newaxis]
    stage = SosFilter(design_mains_removal(MainsRemoval(), RATE_HZ, 112.5), 1)
    stage.start(hum[0], np.array([True]))
    last = stage.push(hum[:990])[-1]
    for row in hum[990:]:
        expected = stage.expected(last)
        assert expected == pytest.approx(row, abs=5.0)  # 1 % of the hum, over ten samples
        stage.push(expected[np.newaxis])


@given(cuts(len(RAW)))
def test_output_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    sos = design_band_pass(BandPass(), RATE_HZ)
    whole, cut = SosFilter(sos, 3), SosFilter(sos, 3)
    pieces = [cut.push(chunk.data) for chunk in chunks(RAW, cut_points)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole.push(RAW))


@given(cuts(len(RAW)))
def test_a_rewound_filter_goes_on_as_if_nothing_had_been_pushed(cut_points: list[int]) -> None:
    sos = design_mains_removal(MainsRemoval(), RATE_HZ, 112.5)
    straight, rewound = SosFilter(sos, 3), RewindableFilter(sos, 3)
    for chunk in chunks(RAW, cut_points):
        expected = straight.push(chunk.data)
        rewound.push(chunk.data)
        rewound.rewind(len(chunk))
        np.testing.assert_array_equal(rewound.push(chunk.data), expected)


@pytest.mark.parametrize(
    "bad", [{"low_hz": 0}, {"low_hz": 500}, {"high_share": 0.5}, {"order": 0}, {"order": 9}]
)
def test_a_band_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(bad.values())))):
        BandPass(**bad)  # type: ignore[arg-type]  # order is an int in each case


def test_a_rate_too_low_for_the_band_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is left above 20 Hz"):
        BandPass().upper_hz(40.0)


@pytest.mark.parametrize("bad", [MainsRemoval, lambda **_: MainsRemoval(half_width_hz=0.0)])
def test_frequencies_that_are_no_mains_are_refused(bad: type[MainsRemoval]) -> None:
    with pytest.raises(ValueError, match=r"16\.7|half_width_hz"):
        bad(base_hz=(16.7,))
