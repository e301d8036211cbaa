"""Rows find their samples: by the board's count, and by the clock where the count is blind."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import FloatArray, IntArray
from host.recording.foreign.counting import Placement, place

ROWS = 2000
RATE_HZ = 250.0


def placed(counter: IntArray, time_s: FloatArray | None = None) -> Placement:
    data = np.arange(len(counter), dtype=np.float64)[:, np.newaxis]
    return place(counter.astype(np.float64), time_s, data, RATE_HZ)


def stuttering(index: IntArray) -> FloatArray:
    """Return arrival times as a radio dongle gives them: in bursts of 16 ms, now and then late."""
    time_s = 1.6e9 + np.ceil(index / 4) * 4 / RATE_HZ
    late = (index % 1000) > 920
    return np.where(late, time_s + (1000 - index % 1000) / RATE_HZ, time_s)


@pytest.mark.parametrize(("length", "step"), [(256, 1), (256, 2), (201, 1), (200, 1)])
@given(st.sets(st.integers(1, ROWS - 2), max_size=40))
def test_lost_rows_are_counted_exactly(length: int, step: int, lost: set[int]) -> None:
    index = np.array([k for k in range(ROWS) if k not in lost])
    np.testing.assert_array_equal(placed(index * step % length).index, index)


@pytest.mark.parametrize("lost", [255, 256, 300, 511, 512, 5000])
def test_the_clock_tells_whole_turns_of_the_count(lost: int) -> None:
    index = np.arange(ROWS)
    index[900:] += lost
    found = placed(index % 256, stuttering(index))
    np.testing.assert_array_equal(found.index, index)
    assert not found.remarks


def test_late_rows_are_no_gap() -> None:
    index = np.arange(ROWS)
    found = placed(index % 256, stuttering(index))
    np.testing.assert_array_equal(found.index, index)
    assert not found.remarks


def test_a_restart_is_a_gap_by_the_clock() -> None:
    counter = np.concatenate([np.arange(900) % 256, np.arange(1100) % 256])
    index = np.arange(ROWS)
    index[900:] += 7513
    found = placed(counter, index / RATE_HZ + 1e9)
    assert found.index[900] == pytest.approx(8413, abs=2)
    assert "At row 901 the recording was interrupted" in found.remarks[0]


def test_a_restart_without_a_pause_is_still_a_gap() -> None:
    counter = np.concatenate([np.arange(900) % 256, np.arange(1100) % 256])
    found = placed(counter, np.arange(ROWS) / RATE_HZ + 1e9)
    assert found.index[900] == 901


def test_a_restart_without_a_clock_is_a_gap_of_unknown_length() -> None:
    counter = np.concatenate([np.arange(900), np.arange(1100)])
    found = placed(counter)
    assert found.index[900] == 901
    assert "unknown" in found.remarks[0]


def test_files_joined_in_the_wrong_order_keep_a_gap() -> None:
    counter = np.concatenate([np.arange(900) % 256, np.arange(1100) % 256])
    time_s = np.arange(ROWS) / RATE_HZ
    time_s[900:] -= 3600
    found = placed(counter, time_s)
    assert found.index[900] == 901
    assert "goes back" in found.remarks[0]


def test_a_clock_set_back_loses_nothing() -> None:
    index = np.arange(ROWS)
    time_s = index / RATE_HZ - np.where(index > 700, 5.0, 0.0)
    found = placed(index % 256, time_s)
    np.testing.assert_array_equal(found.index, index)
    assert "set back by 5.0 s" in found.remarks[0]


def test_a_row_with_a_garbled_index_is_a_gap_of_one() -> None:
    counter = np.arange(ROWS) % 256
    counter[500] = 77
    found = placed(counter)
    np.testing.assert_array_equal(found.index, np.delete(np.arange(ROWS), 500))
    assert found.remarks == ("1 row with an index out of line left out.",)


def test_a_row_written_twice_is_left_out() -> None:
    counter = np.insert(np.arange(ROWS) % 256, 500, 500 % 256).astype(np.float64)
    data = np.insert(np.arange(ROWS), 500, 500).astype(np.float64)[:, np.newaxis]
    found = place(counter, None, data, RATE_HZ)
    np.testing.assert_array_equal(found.index, np.arange(ROWS))
    assert found.remarks == ("1 row written twice left out.",)


@pytest.mark.parametrize("lost", [[], [400, 401], [401, 402, 403, 404]])
@pytest.mark.parametrize("first", [0, 100])
def test_the_ganglion_s_two_samples_per_packet_are_told_apart(first: int, lost: list[int]) -> None:
    # Whole packets are lost: firmware 3 has pairs at even samples, firmware 2 at odd ones
    # of its 201, where sample 0 stands alone.
    k = np.arange(ROWS)
    three = first + k // 2 % 100
    two = np.where(k % 201 == 0, 0, first + (k % 201 + 1) // 2)
    for counter, gone in ((three, [2 * (row // 2) for row in lost]), (two, lost)):
        packet = sorted({p for row in gone for p in range(ROWS) if _same_packet(counter, row, p)})
        kept = np.delete(k, packet)
        np.testing.assert_array_equal(placed(counter[kept]).index, kept)


def _same_packet(counter: IntArray, row: int, other: int) -> bool:
    return abs(row - other) < 2 and bool(counter[row] == counter[other])


def test_a_column_that_does_not_count_is_not_believed() -> None:
    found = placed(np.random.default_rng(1).integers(0, 1000, ROWS))
    np.testing.assert_array_equal(found.index, np.arange(ROWS))
    assert "does not count" in found.remarks[0]


def test_without_a_count_even_times_tell_gaps_to_the_sample() -> None:
    index = np.arange(ROWS)
    index[900:] += 3
    found = place(None, index / RATE_HZ, np.zeros((ROWS, 1)), RATE_HZ)
    np.testing.assert_array_equal(found.index, index)


def test_one_wild_time_stamp_moves_nothing() -> None:
    index = np.arange(ROWS)
    for wild in (0.0, 1e12):
        time_s = 1.6e9 + index / RATE_HZ
        time_s[700] = wild
        np.testing.assert_array_equal(placed(index % 256, time_s).index, index)
