"""The whitening filter: exact, whatever the cut."""

from itertools import pairwise

import numpy as np
import pytest

from calibration.channel_model import ChannelModel
from calibration.freedom import Freedom
from host.chain.adaptive import AdaptiveEnvelope, AdaptiveWindow
from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits
from host.chain.metering import joined
from host.chain.quality import Flaw, QualityLimits
from host.chain.stream import FloatArray, Stream, channel_names
from host.chain.whitening import TAP_STEP, strides, whole_taps
from tests.host.chain.levels_plainly import whitened

TAPS = ((1.0, -0.5, 0.25), (2.0,))
DATA = np.random.default_rng(3).normal(0.0, 20.0, (400, 2))
RATE_HZ = 1000.0
WHITE = Freedom(short_hz=RATE_HZ, long_hz=RATE_HZ)
UPPER_HZ = {1: 450.0, 2: 225.0, 4: 110.0}
"""Of bands that need every sample, or fewer."""


def levels_of(
    stride: int,
    cut_points: list[int] | None = None,
    lost: list[int] | None = None,
    *,
    data: FloatArray = DATA,
    taps: tuple[tuple[float, ...], ...] = TAPS,
) -> Levels:
    """Measure hops of 4 samples, each judged by itself."""
    models = tuple(ChannelModel(taps=one, noise_uv=1.0, rest=WHITE, active=WHITE) for one in taps)
    window = AdaptiveWindow(channels=models, quality_s=0.004)
    stream = Stream(rate_hz=RATE_HZ, channels=channel_names(2))
    stage = AdaptiveEnvelope(window, QualityLimits(), HumLimits(), stream, UPPER_HZ[stride])
    flaws = np.zeros(DATA.shape, dtype=np.uint8)
    flaws[lost or []] = Flaw.LOST
    bounds = [0, *(cut_points or []), len(DATA)]
    return joined(
        [
            stage.push(Conditioned(a, data[a:b], flaws[a:b], np.zeros_like(data[a:b])))
            for a, b in pairwise(bounds)
        ]
    )


def powers_of(levels: Levels) -> FloatArray:
    assert levels.hop_power_uv2 is not None
    return levels.hop_power_uv2


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_it_filters_and_squares(stride: int) -> None:
    powers = powers_of(levels_of(stride))
    for column, taps in enumerate(TAPS):
        filtered = np.convolve(DATA[:, column], taps)[: len(DATA)]
        expected = (filtered.reshape(-1, 4)[:, stride - 1 :: stride] ** 2).mean(axis=1)
        np.testing.assert_allclose(powers[:, column], expected, rtol=1e-3, atol=0.05)


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_it_does_so_in_whole_numbers(stride: int) -> None:
    powers = powers_of(levels_of(stride, lost=[40, 81]))
    flaws = np.zeros(len(DATA), dtype=np.uint8)
    flaws[[40, 81]] = Flaw.LOST
    for column, taps in enumerate(TAPS):
        plain = whitened(DATA[:, column], flaws, taps, 4, stride)
        expected = np.array(plain.powers) / 65536.0 / np.array(plain.weights)
        np.testing.assert_array_equal(powers[:, column], expected)


def test_what_no_face_can_give_is_cut_to_what_can_be_counted() -> None:
    loud = 1e5 * np.sign(DATA)
    powers = powers_of(levels_of(1, data=loud, taps=((1.0,), (8.0,))))
    np.testing.assert_array_equal(powers[:, 0], (2.0**13) ** 2)
    np.testing.assert_array_equal(powers[:, 1], 2.0**30)


def test_no_sample_is_without_any_power() -> None:
    powers = powers_of(levels_of(1, data=np.zeros_like(DATA)))
    np.testing.assert_array_equal(powers, 2.0**-16)


@pytest.mark.parametrize("cut_points", [[1, 2, 3, 50], [7] * 3, list(range(400))])
def test_powers_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    np.testing.assert_array_equal(powers_of(levels_of(2, cut_points)), powers_of(levels_of(2)))


def test_flawed_samples_are_left_out() -> None:
    levels, sound = levels_of(1, lost=[40, 41, 42, 43, 81]), levels_of(1)
    assert levels.lost[[10, 20]].tolist() == [[4, 4], [1, 1]]
    powers = powers_of(levels)
    assert np.isnan(powers[10]).all()
    others = (DATA.reshape(-1, 4, 2)[20, [0, 2, 3], 1] * TAPS[1][0]) ** 2
    assert powers[20, 1] == pytest.approx(others.mean(), rel=1e-3)
    untouched = [row for row in range(100) if row not in (10, 20)]
    np.testing.assert_array_equal(powers[untouched], powers_of(sound)[untouched])


def test_taps_are_whole_numbers_the_newest_first_and_shorter_filters_end_in_zeros() -> None:
    np.testing.assert_array_equal(
        whole_taps([*TAPS, (0.3,)]) * TAP_STEP,
        [[1.0, -0.5, 0.25], [2.0, 0.0, 0.0], [round(0.3 * 65536) / 65536, 0.0, 0.0]],
    )


@pytest.mark.parametrize(
    ("hop", "rate_hz", "expected"),
    [(16, 4000.0, 4), (8, 2000.0, 2), (4, 1000.0, 1), (9, 2148.1, 1)],
)
def test_samples_are_skipped_where_the_band_leaves_room(
    hop: int, rate_hz: float, expected: int
) -> None:
    assert strides(hop, rate_hz, 450.0) == expected
