"""Rows come and go, and lie where the compiled loops are told."""

import ctypes

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from host.chain.rolling import Rolling


def number_at(place: int) -> float:
    return float(ctypes.c_double.from_address(place).value)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=20))
def test_it_keeps_what_was_added_and_not_dropped(turns: list[tuple[int, int]]) -> None:
    rolling, plain = Rolling(2, np.float64), np.empty((0, 2))
    number = 0
    for add, drop in turns:
        fresh = np.arange(number, number + 2.0 * add).reshape(add, 2)
        number += 2 * add
        rolling.append(fresh)
        plain = np.concatenate([plain, fresh])[min(drop, len(plain) + add) :]
        rolling.drop(min(drop, len(rolling)))
        assert len(rolling) == len(plain)
        np.testing.assert_array_equal(rolling.rows, plain)
        for row in {0, len(plain) // 2, len(plain) - 1} if len(plain) else ():
            assert number_at(rolling.at(row)) == plain[row, 0]


def test_what_is_written_into_new_rows_stays_there() -> None:
    rolling = Rolling(3, np.uint8)
    rolling.append(np.ones((4, 3)))
    rolling.extend(2)[...] = 9
    assert rolling.rows.dtype == np.dtype(np.uint8)
    assert rolling.rows[:, 0].tolist() == [1, 1, 1, 1, 9, 9]


def test_a_cleared_one_begins_anew() -> None:
    rolling = Rolling(1, np.float64)
    rolling.append(np.ones((700, 1)))
    rolling.clear()
    assert len(rolling) == 0
    rolling.append(np.full((900, 1), 2.0))
    np.testing.assert_array_equal(rolling.rows, 2.0)


def test_however_much_comes_it_takes_no_more_room_than_what_is_kept_needs() -> None:
    rolling = Rolling(1, np.float64)
    for _ in range(500):
        rolling.append(np.ones((100, 1)))
        rolling.drop(max(0, len(rolling) - 300))
    assert rolling.rows.base is not None
    assert len(rolling.rows.base) == 1024
