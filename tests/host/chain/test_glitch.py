"""A garbled sample against muscle: which one is named, and that no quick look overlooks one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.glitch import GlitchDetector, GlitchLimits
from host.chain.stream import BoolArray, FloatArray

ECHO = -0.3
LIMITS = GlitchLimits()
ALL = np.ones(2, dtype=np.bool_)


def follower(history: FloatArray) -> GlitchDetector:
    """Return a detector that has followed some rows."""
    detector = GlitchDetector(LIMITS, ECHO, 2)
    detector.start(history[0], ALL)
    detector.follow(history)
    return detector


def rest(rows: int, seed: int = 3) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, 3.0, (rows, 2))


def found_in(data: FloatArray, ahead: int = 1) -> tuple[int, list[bool]] | None:
    """Look for a garbled sample behind 20 rows of history."""
    stop = len(data) - ahead
    flaws = np.zeros((stop - 20, 2), dtype=np.uint8)
    found = follower(data[:20]).first(data[20:stop], data[stop:], flaws)
    return None if found is None else (found[0], found[1].tolist())


def test_the_first_of_several_is_named_with_all_its_columns() -> None:
    data = rest(60)
    for row in (30, 45):
        data[row] += 500.0
        data[row + 1] += ECHO * 500.0
    assert found_in(data) == (10, [True, True])


def test_an_earlier_one_goes_first_though_its_column_is_the_last() -> None:
    data = rest(60)
    data[45:47, 0] += np.array([500.0, ECHO * 500.0])
    data[30:32, 1] += np.array([500.0, ECHO * 500.0])
    assert found_in(data) == (10, [False, True])


def test_before_a_gap_nobody_need_vouch_for_the_last_row() -> None:
    data = rest(60)
    data[59, 0] += 500.0
    assert found_in(data, ahead=0) == (39, [True, False])
    assert found_in(data[:59], ahead=0) is None


def test_a_flawed_sample_and_the_first_after_a_start_are_not_judged() -> None:
    data = rest(40)
    data[5, 0] += 500.0
    data[6, 0] += ECHO * 500.0
    detector = GlitchDetector(LIMITS, ECHO, 2)
    detector.start(data[0], ALL)
    flaws = np.zeros((39, 2), dtype=np.uint8)
    assert detector.first(data[:39], data[39:], flaws) is None
    detector.follow(rest(20))
    assert detector.first(data[:39], data[39:], flaws) is not None
    flaws[5] = 1
    assert detector.first(data[:39], data[39:], flaws) is None


def plainly(data: FloatArray) -> BoolArray:
    """Judge every sample as the module's text says, one by one; the last row waits."""
    garbled = np.zeros(data.shape, dtype=np.bool_)
    size = np.abs(data[1:-1] - 0.5 * (data[:-2] + data[2:]))  # of data[k + 1]
    for row in range(20, len(data) - 1):
        for column in range(data.shape[1]):
            x, sizes = data[:, column], size[:, column]
            peak = sizes[row - 1]
            level = np.sqrt(sum(sizes[row - 1 - back] ** 2 for back in range(2, 10)) / 8)
            near = max(LIMITS.near_share * peak, LIMITS.near_ratio * level)
            was, was_before = x[row - 3 : row].mean(), x[row - 4 : row - 1].mean()
            echo = ECHO * (x[row] - was)
            garbled[row, column] = (
                peak > max(LIMITS.floor_uv, LIMITS.level_ratio * level)
                and abs(x[row - 1] - was_before) <= near
                and abs(x[row + 1] - echo - was) <= near
            )
    return garbled


@pytest.mark.parametrize("loud", [1.0, 4.0])
@given(
    st.lists(st.tuples(st.integers(20, 58), st.integers(0, 1), st.floats(15, 400)), max_size=6),
    st.integers(0, 50),
)
def test_the_quick_looks_overlook_none(
    loud: float, spikes: list[tuple[int, int, float]], seed: int
) -> None:
    data = loud * rest(60, seed)
    for row, column, size in spikes:
        data[row : row + 2, column] += np.array([size, ECHO * size])[: 60 - row]
    expected = np.flatnonzero(plainly(data).any(axis=1))
    found = found_in(data)
    assert (None if found is None else found[0] + 20) == (expected[0] if len(expected) else None)
