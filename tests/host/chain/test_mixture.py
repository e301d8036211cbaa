"""Mixtures of columns and lags against what `einsum` makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.lags import Lags
from host.chain.compiled.library import place
from host.chain.mixture import Mixture
from host.chain.stream import FloatArray

SHAPES = st.tuples(st.integers(1, 20), st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
"""Channels, columns, step and reach."""


def looked_at(rows: FloatArray, lags: Lags, count: int) -> FloatArray:
    """Return what each of so many rows looks at, `(n_lags, count, n_channels)`."""
    return np.stack([rows[k * lags.step : k * lags.step + count] for k in range(lags.count)])


def drawn(
    shape: tuple[int, int, int, int], seed: int, count: int
) -> tuple[Mixture, FloatArray, FloatArray, FloatArray]:
    """Return a mixture, rows, and what it should make of them: sums, and mean powers of pairs."""
    channels, wanted, step, reach = shape
    rng, lags = np.random.default_rng(seed), Lags(step=step, reach=reach)
    columns = rng.permutation(channels)[:wanted]
    weights = rng.normal(size=(lags.count, len(columns), channels))
    doubts = rng.random((len(columns), channels))
    rows = rng.normal(0.0, 50.0, (count + 2 * lags.samples, channels))
    seen = looked_at(rows, lags, count)[:, :, columns]
    sums = np.einsum("kjc,ktj->tc", weights, seen)
    powers = (seen**2).sum(axis=0).reshape(-1, 2, len(columns)).mean(axis=1) @ doubts
    return Mixture(lags, columns, weights, doubts), rows, sums, powers


@given(SHAPES, st.integers(0, 2**32 - 1))
def test_a_mixture_is_the_weighted_sum_over_columns_and_lags(
    shape: tuple[int, int, int, int], seed: int
) -> None:
    mixture, rows, sums, _ = drawn(shape, seed, 12)
    out = np.full(sums.shape, np.nan)
    mixture.write(place(rows), place(out), 12)
    np.testing.assert_allclose(out, sums, rtol=1e-12, atol=1e-9)
    left = np.full(sums.shape, 7.0)
    mixture.subtract(place(rows), place(left), 12)
    np.testing.assert_array_equal(left, 7.0 - out)


@given(SHAPES, st.integers(0, 2**32 - 1))
def test_what_is_doubted_is_a_share_of_each_hops_mean_power(
    shape: tuple[int, int, int, int], seed: int
) -> None:
    mixture, rows, _, powers = drawn(shape, seed, 12)
    out = np.full(powers.shape, np.nan)
    mixture.write_doubts(place(rows), place(out), 6, 2)
    np.testing.assert_allclose(out, powers, rtol=1e-12)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.integers(0, 2**32 - 1))
def test_a_mixture_does_not_depend_on_the_cut(counts: list[int], seed: int) -> None:
    total = 2 * sum(counts)
    mixture, rows, sums, powers = drawn((17, 3, 2, 1), seed, total)
    whole, parts, doubts = np.empty_like(sums), np.empty_like(sums), np.empty_like(powers)
    once = np.empty_like(powers)
    mixture.write(place(rows), place(whole), total)
    mixture.write_doubts(place(rows), place(once), total // 2, 2)
    begin = 0
    for count in counts:
        mixture.write(place(rows[begin:]), place(parts[begin:]), 2 * count)
        mixture.write_doubts(place(rows[begin:]), place(doubts[begin // 2 :]), count, 2)
        begin += 2 * count
    np.testing.assert_array_equal(parts, whole)
    np.testing.assert_array_equal(doubts, once)


@pytest.mark.parametrize("channels", [1, 17])
def test_nothing_is_written_beyond_the_rows_that_were_asked_for(channels: int) -> None:
    mixture, rows, sums, _ = drawn((channels, 1, 1, 1), 3, 8)
    out = np.full(sums.shape, 5.0)
    mixture.write(place(rows), place(out), 7)
    np.testing.assert_array_equal(out[7], 5.0)
