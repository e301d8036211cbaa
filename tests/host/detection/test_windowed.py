"""Power in windows: exact, whatever the cut and the way of adding."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import FloatArray
from host.detection.windowed import STEPS, PowerWindows
from tests.host.detection.rest import parts, rest

WIDTHS = (2, 5, 12)
POWERS = rest(120, 2, seed=5)
HOLED = np.where(rest(120, 2, seed=6) > 2.5, np.nan, POWERS)


def sums(powers: FloatArray, cut_points: list[int] | None = None) -> FloatArray:
    windows = PowerWindows(WIDTHS, powers.shape[1])
    found = [windows.push(powers[a:b])[0] for a, b in parts(len(powers), cut_points or [])]
    return np.concatenate(found, axis=1)


def test_a_sum_is_that_of_the_last_hops() -> None:
    found = sums(POWERS)
    exact = np.rint(POWERS * STEPS) / STEPS
    for width, of_width in zip(WIDTHS, found, strict=True):
        expected = [exact[end - width + 1 : end + 1].sum(axis=0) for end in range(11, 120)]
        np.testing.assert_array_equal(of_width[11:], expected)


def test_what_is_missing_is_made_up_for_where_half_is_there() -> None:
    powers = np.ones((20, 1))
    powers[10:13] = np.nan
    found = sums(powers)
    assert found[1, 9, 0] == 5.0
    assert found[1, 11, 0] == pytest.approx(5.0)  # three of five are there
    assert np.isnan(found[1, 12, 0])
    assert np.isnan(found[2, 4, 0])  # five of the twelve before
    assert found[2, 5, 0] == pytest.approx(12.0)


@given(st.lists(st.integers(0, 120), max_size=12), st.sampled_from([POWERS, HOLED]))
def test_sums_do_not_depend_on_the_cut(cut_points: list[int], powers: FloatArray) -> None:
    np.testing.assert_array_equal(sums(powers, cut_points), sums(powers))


def test_few_hops_at_once_give_what_many_give() -> None:
    np.testing.assert_array_equal(sums(HOLED, list(range(1, 120))), sums(HOLED))


@pytest.mark.parametrize("widths", [(0, 4), (4, 3), (4, 200)])
def test_windows_that_could_not_be_added_exactly_are_refused(widths: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="longest last"):
        PowerWindows(widths, 1)
