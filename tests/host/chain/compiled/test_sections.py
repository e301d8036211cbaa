"""Second-order sections run as `scipy.signal.sosfilt` runs them."""

import platform

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from host.chain.conditioning import Conditioner, Conditioning
from host.chain.filters import BandPass, MainsRemoval, design_band_pass, design_mains_removal
from host.chain.glitch import GlitchLimits
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from tests.host.chain.conditioned_plainly import PlainSections

SAME_BITS = platform.machine().lower() in {"x86_64", "amd64"}
"""Elsewhere SciPy may round a product and a sum at once; the compiled loop never does."""

NONE_GARBLED = GlitchLimits(floor_uv=1e9)


def offset(rows: int, channels: int, seed: int) -> FloatArray:
    """Return an electrode's offset and noise."""
    return 3000.0 + np.random.default_rng(seed).normal(0.0, 20.0, (rows, channels))


def started(sos: FloatArray, data: FloatArray, first: FloatArray) -> FloatArray:
    """Filter by SciPy, as if `first` had stood there for ever."""
    state = signal.sosfilt_zi(sos)[:, :, np.newaxis] * first
    filtered, _ = signal.sosfilt(sos, data, axis=0, zi=state)
    return filtered


@pytest.mark.parametrize("base_hz", [(), (50.0,), (50.0, 60.0)])
@given(st.integers(2, 150), st.integers(1, 5), st.sampled_from([250.0, 1000.0]), st.integers(0))
def test_both_filters_give_what_scipy_gives(
    base_hz: tuple[float, ...], rows: int, channels: int, rate_hz: float, seed: int
) -> None:
    settings = Conditioning(mains=MainsRemoval(base_hz=base_hz), glitch=NONE_GARBLED)
    stream = Stream(rate_hz=rate_hz, channels=channel_names(channels))
    raw = offset(rows, channels, seed)
    (piece,) = Conditioner(settings, stream).push(Chunk(0, raw))
    upper_hz = settings.band_pass.upper_hz(rate_hz)
    clean = started(design_mains_removal(settings.mains, rate_hz, upper_hz), raw[:-1], raw[0])
    data = started(design_band_pass(settings.band_pass, rate_hz), clean, raw[0])
    tolerance = 0.0 if SAME_BITS else 3e-9
    np.testing.assert_allclose(piece.hum, raw[:-1] - clean, rtol=0.0, atol=tolerance)
    np.testing.assert_allclose(piece.data, data, rtol=0.0, atol=tolerance)


def test_the_plain_sections_of_the_tests_do_too() -> None:
    sos = design_band_pass(BandPass(), 250.0)
    data = offset(300, 1, 7)
    plain = PlainSections(sos)
    plain.start(data[0, 0])
    found = [[plain.run(sample)] for sample in data[:, 0].tolist()]
    np.testing.assert_allclose(found, started(sos, data, data[0]), rtol=0.0, atol=1e-9)


def test_what_is_expected_makes_the_output_stay_where_it_was() -> None:
    plain = PlainSections(design_mains_removal(MainsRemoval(), 250.0, 112.5))
    data = offset(300, 1, 8)[:, 0].tolist()
    plain.start(data[0])
    last = [plain.run(sample) for sample in data][-1]
    assert plain.run(plain.expected(last)) == pytest.approx(last, rel=1e-12)
