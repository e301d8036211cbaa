"""Band-pass and mains removal: what they let through, and how they start and go on."""

import numpy as np
import pytest
from scipy import signal

from host.chain.conditioning import Conditioned, Conditioner, Conditioning
from host.chain.filters import (
    BandPass,
    MainsRemoval,
    Sections,
    design_band_pass,
    design_mains_removal,
)
from host.chain.quality import Flaw
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from tests.cuts import with_gaps

RATE_HZ = 250.0
STREAM = Stream(rate_hz=RATE_HZ, channels=channel_names(3))
RAW = np.random.default_rng(1).normal(0.0, 10.0, (300, 3)) + 4000.0


def filtered(
    raw: FloatArray,
    settings: Conditioning | None = None,
    gaps: tuple[tuple[int, int], ...] = (),
) -> list[Conditioned]:
    """Run both filters over a recording."""
    stage = Conditioner(settings or Conditioning(), STREAM)
    return [piece for chunk in with_gaps(raw, gaps, []) for piece in stage.push(chunk)]


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
    (piece,) = filtered(RAW, Conditioning(mains=MainsRemoval(base_hz=())))
    assert not piece.hum.any()


def test_a_started_filter_does_not_ring_from_the_electrode_offset() -> None:
    (piece,) = filtered(np.full((50, 3), 62_000.0))
    assert np.abs(piece.data).max() < 1e-6
    assert np.abs(piece.hum).max() < 1e-6


def test_only_the_channels_that_were_off_start_anew() -> None:
    raw = RAW.copy()
    raw[100:150, 0] = STREAM.range_uv
    (whole,), (off,) = filtered(RAW), filtered(raw)
    np.testing.assert_array_equal(off.data[:, 1:], whole.data[:, 1:])
    (fresh,) = filtered(raw[150:])
    np.testing.assert_array_equal(off.data[150:, 0], fresh.data[:, 0])


def test_a_long_gap_leaves_nothing_of_what_went_before() -> None:
    pieces = filtered(RAW, gaps=((100, 150),))
    (fresh,) = filtered(RAW[150:])
    assert [piece.start for piece in pieces] == [0, 99, 150]
    np.testing.assert_array_equal(pieces[-1].data, fresh.data)
    np.testing.assert_array_equal(pieces[-1].hum, fresh.hum)


def test_over_a_short_gap_the_mains_goes_on_in_step() -> None:
    time_s = np.arange(1010)[:, np.newaxis] / RATE_HZ
    hum = 500.0 * np.sin(2 * np.pi * 50.02 * time_s + np.arange(3.0))
    pieces = filtered(3000.0 + hum, gaps=((990, 1000),))
    (bridged,) = [piece for piece in pieces if piece.start == 990]
    assert (bridged.flaws == np.uint8(Flaw.LOST)).all()
    # 1 % of the hum, over ten samples.
    np.testing.assert_allclose(bridged.hum, hum[990:1000], atol=5.0)


@pytest.mark.parametrize("rate_hz", [250.0, 22_000.0])
def test_the_longest_gap_that_is_bridged_fits_at_every_rate(rate_hz: float) -> None:
    stream = Stream(rate_hz=rate_hz, channels=channel_names(3))
    lost = int(0.1 * rate_hz)
    stage = Conditioner(Conditioning(bridge_s=0.1), stream)
    stage.push(Chunk(0, RAW))
    pieces = stage.push(Chunk(len(RAW) + lost, RAW))
    assert [len(piece.data) for piece in pieces] == [1, lost, len(RAW) - 1]
    assert (pieces[1].flaws & np.uint8(Flaw.LOST)).all()


def test_a_spike_echoes_in_the_next_sample_by_the_response_to_an_impulse() -> None:
    assert Sections(np.array([[2.0, -0.5, 0.0, 1.0, 0.5, 0.0]])).echo == pytest.approx(-0.75)
    assert Sections(np.array([[1.0, 0, 0, 1.0, 0, 0]])).echo == 0.0


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
