"""The resting level while nobody has calibrated."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from host.chain.amplitude import Levels
from host.chain.stream import FloatArray
from host.detection.resting import FirstRest, RestFinder
from tests.cuts import cuts

PER_S = 10
SECONDS = [9.0, 4.0, 8.0, 5.0, 7.0, 3.0, 6.0, 2.5, 9.0, 9.0, 1.0]
LEVEL = np.repeat(SECONDS, PER_S)[:, np.newaxis]


def rests(rms_uv: FloatArray, cut_points: list[int] | None = None) -> FloatArray:
    """Return the resting level at each hop."""
    finder = RestFinder(FirstRest(), PER_S, rms_uv.shape[1])
    codes = np.zeros(rms_uv.shape, dtype=np.uint8)
    bounds = [0, *(cut_points or []), len(rms_uv)]
    return np.concatenate(
        [
            finder.push(Levels(a, 2, rms_uv[a:b], codes[a:b], codes[a:b].astype(np.int64)))
            for a, b in pairwise(bounds)
        ]
    )


def test_rest_is_the_quietest_two_of_the_first_ten_seconds() -> None:
    found = rests(LEVEL)[:, 0]
    assert np.isnan(found[: 2 * PER_S - 1]).all()
    assert found[2 * PER_S - 1] == pytest.approx(6.5)
    assert found[-1] == pytest.approx((2.5 + 3.0) / 2)


def test_an_eleventh_second_is_not_looked_at_any_more() -> None:
    found = rests(LEVEL)[:, 0]
    assert (found[10 * PER_S :] == found[10 * PER_S - 1]).all()


def test_a_second_with_a_hole_does_not_count() -> None:
    holed = LEVEL.copy()
    holed[7 * PER_S + 3] = np.nan
    # Seven whole seconds more are needed: the eleventh, of 1 µV, is the tenth that counts.
    assert rests(holed)[-1, 0] == pytest.approx((1.0 + 3.0) / 2)


def test_a_channel_without_signal_has_no_rest_and_the_others_do() -> None:
    both = np.hstack([LEVEL, np.full_like(LEVEL, np.nan)])
    found = rests(both)
    assert np.isnan(found[:, 1]).all()
    assert not np.isnan(found[-1, 0])


@given(cuts(len(LEVEL)))
def test_rest_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    np.testing.assert_array_equal(rests(LEVEL, cut_points), rests(LEVEL))


def test_rest_is_the_same_hop_by_hop() -> None:
    holed = np.random.default_rng(4).uniform(1.0, 5.0, (130, 3))
    holed[37, 1] = holed[90:, 2] = np.nan
    np.testing.assert_array_equal(rests(holed, list(range(1, 130))), rests(holed))


def test_more_seconds_than_are_looked_at_are_refused() -> None:
    with pytest.raises(ValueError, match="quietest_s=11"):
        FirstRest(quietest_s=11)
