"""Levels: freed of the noise where it is known, with how sure they are, and some of their rows."""

import numpy as np

from host.chain.amplitude import Crosstalk, Levels
from host.chain.stream import FloatArray

RMS_UV = np.array([[5.0, 2.0], [np.nan, 13.0], [1.0, 1.0]])
CODES = np.zeros((3, 2), dtype=np.uint8)
LOST = np.arange(6).reshape(3, 2)
NOISE_UV = np.array([3.0, 5.0])
COLUMNS = np.arange(6.0).reshape(3, 2)


def levels(noise_uv: FloatArray | None = None, freedom: FloatArray | None = None) -> Levels:
    beside = Crosstalk(COLUMNS, COLUMNS + 1.0, COLUMNS + 2.0, COLUMNS > 2.0)
    return Levels(7, 4, RMS_UV, CODES, LOST, freedom, noise_uv, RMS_UV**2, beside)


def test_noise_is_taken_off_as_power_and_leaves_nothing_below_zero() -> None:
    np.testing.assert_array_equal(
        levels(NOISE_UV).amplitude_uv, [[4.0, 0.0], [np.nan, 12.0], [0.0, 0.0]]
    )


def test_where_nobody_knows_the_noise_the_level_stands() -> None:
    np.testing.assert_array_equal(levels().amplitude_uv, RMS_UV)


def test_where_nobody_says_how_free_a_level_is_its_interval_is_unknown() -> None:
    for bound in levels(NOISE_UV).interval_uv():
        assert np.isnan(bound).all()


def test_an_interval_lies_about_the_amplitude_and_is_unknown_with_it() -> None:
    known = levels(NOISE_UV, np.full((3, 2), 50.0))
    low, high = known.interval_uv()
    sure = ~np.isnan(RMS_UV)
    assert (low[sure] <= known.amplitude_uv[sure]).all()
    assert (known.amplitude_uv[sure] <= high[sure]).all()
    assert np.isnan(low[~sure]).all()
    assert np.isnan(high[~sure]).all()


def test_some_rows_keep_their_place_on_the_grid_and_all_that_belongs_to_them() -> None:
    some = levels(NOISE_UV, COLUMNS).rows(1, 3)
    assert (some.first, some.hop, len(some)) == (8, 4, 2)
    assert some.freedom is not None
    assert some.hop_power_uv2 is not None
    assert some.beside is not None
    np.testing.assert_array_equal(some.lost, LOST[1:])
    np.testing.assert_array_equal(some.freedom, COLUMNS[1:])
    np.testing.assert_array_equal(some.hop_power_uv2, RMS_UV[1:] ** 2)
    np.testing.assert_array_equal(some.beside.doubt, COLUMNS[1:] + 2.0)
