"""The whitening filter as a stage: exact, whatever the cut."""

import numpy as np
import pytest

from host.chain.hops import HopCutter
from host.chain.quality import Flaw
from host.chain.stream import FloatArray, IntArray
from host.chain.whitening import POWER_STEP, Whitener, in_steps, strides

TAPS = ((1.0, -0.5, 0.25), (2.0,))
DATA = np.random.default_rng(3).normal(0.0, 20.0, (400, 2))


def powers_of(
    stride: int, cut_points: list[int], lost: list[int] | None = None
) -> tuple[FloatArray, IntArray]:
    """Return uV² of hops of 4 samples, and how many samples each has."""
    whitener, cutter = Whitener(TAPS, 4, stride), HopCutter(4, 1, 2)
    cutter.restart(0)
    flaws = np.zeros(DATA.shape, dtype=np.uint8)
    flaws[lost or []] = Flaw.LOST
    powers, weights = [], []
    for a, b in zip([0, *cut_points], [*cut_points, len(DATA)], strict=True):
        in_steps(DATA[a:b].T, cutter.extend(flaws[a:b])[0])
        hops = cutter.cut()
        power, weight = whitener.push(hops, hops.tracks[0])
        powers.append(power)
        weights.append(np.full(power.shape, 4 // stride) if weight is None else weight)
    power_uv2 = np.concatenate(powers).astype(np.float64) * POWER_STEP
    return power_uv2, np.concatenate(weights)


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_it_filters_and_squares(stride: int) -> None:
    powers, _ = powers_of(stride, [])
    for column, taps in enumerate(TAPS):
        filtered = np.convolve(DATA[:, column], taps)[: len(DATA)]
        expected = (filtered.reshape(-1, 4)[:, stride - 1 :: stride] ** 2).sum(axis=1)
        np.testing.assert_allclose(powers[:, column], expected, rtol=1e-3, atol=0.05)


@pytest.mark.parametrize("cut_points", [[1, 2, 3, 50], [7] * 3, list(range(400))])
def test_powers_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    for one, other in zip(powers_of(2, cut_points), powers_of(2, []), strict=True):
        np.testing.assert_array_equal(one, other)


def test_flawed_samples_are_left_out() -> None:
    powers, weights = powers_of(1, [], lost=[40, 41, 42, 43, 81])
    assert list(weights[10]) == [0, 0]
    assert list(weights[20]) == [3, 3]
    assert (powers[10] == 0.0).all()


@pytest.mark.parametrize(
    ("hop", "rate_hz", "expected"),
    [(16, 4000.0, 4), (8, 2000.0, 2), (4, 1000.0, 1), (9, 2148.1, 1)],
)
def test_samples_are_skipped_where_the_band_leaves_room(
    hop: int, rate_hz: float, expected: int
) -> None:
    assert strides(hop, rate_hz, 450.0) == expected
