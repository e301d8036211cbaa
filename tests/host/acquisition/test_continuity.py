"""Packets that look whole and cannot be true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.continuity import NUMBERS, Continuity

RATE_HZ, PER_PACKET = 1000.0, 4


def begun(count: int = 50) -> Continuity:
    """Return one that has seen so many packets in time."""
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    numbers = range(0, 4 * count, 4)
    assert all(continuity.judge(numbers, [10.0 + number / RATE_HZ for number in numbers]))
    return continuity


def judged(continuity: Continuity, *packets: tuple[int, float]) -> list[bool]:
    """Judge packets that came together."""
    return continuity.judge([number for number, _ in packets], [at_s for _, at_s in packets])


@pytest.mark.parametrize("arrival_s", [10.2, 17.0, 10.196])
def test_the_next_packet_is_believed_whenever_it_comes(arrival_s: float) -> None:
    assert judged(begun(), (200, arrival_s)) == [True]


@given(lost=st.integers(1, 100_000), late_s=st.floats(0.0, 100.0))
def test_a_loss_of_any_length_is_believed_once_its_time_has_passed(
    lost: int, late_s: float
) -> None:
    number = 200 + 4 * lost
    assert judged(begun(), (number, 10.0 + number / RATE_HZ + late_s)) == [True]


@pytest.mark.parametrize("byte", [8, 16, 24])
@pytest.mark.parametrize("bit", [2, 7])
def test_a_damaged_counter_is_not_believed_and_the_next_true_packet_is(byte: int, bit: int) -> None:
    damaged = 200 ^ (1 << (byte + bit))
    assert judged(begun(), (damaged, 10.2), (204, 10.204)) == [False, True]


@pytest.mark.parametrize("behind", [196, 100, 192])
def test_a_packet_that_came_twice_or_lies_behind_is_not_believed(behind: int) -> None:
    assert judged(begun(), (behind, 10.2), (200, 10.2)) == [False, True]


def test_a_start_from_zero_is_believed_though_its_first_packets_are_lost() -> None:
    for first in (0, 4, 28):
        assert judged(begun(), (first, 12.0), (first + 4, 12.004)) == [True, True]


def test_a_false_first_packet_is_outvoted_by_two() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    true = [(4 * n + 400, 10.4 + 0.004 * n) for n in range(3)]
    assert judged(continuity, (0x7F000000, 10.0), *true) == [True, True, True, True]


def test_packets_that_were_late_and_catch_up_in_a_gap_cost_nothing() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    caught_up = [(4 * n, 10.0 + 0.004 * n) for n in (100, 101, 102)]
    assert judged(continuity, (0, 10.3), *caught_up) == [True, True, True, True]


@given(cut=st.integers(0, 8))
def test_a_doubtful_packet_at_the_end_is_judged_with_the_next_wherever_the_cut_is(cut: int) -> None:
    early, damaged = (400, 10.03), (0x00800000, 10.24)
    came = [(0, 10.3), early, (404, 10.31), damaged, (412, 10.32), (600, 10.1), (604, 10.1)]
    whole = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    first = judged(continuity, *came[:cut])
    assert [*first, *judged(continuity, *came[len(first) :])] == judged(whole, *came)
    assert judged(begun(), damaged) == []


def test_the_number_wraps_around_after_weeks() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    numbers = [(NUMBERS - 8 + 4 * n) % NUMBERS for n in range(5)]
    assert all(continuity.judge(numbers, [10.0 + 0.004 * n for n in range(5)]))


def test_a_board_that_is_one_percent_fast_is_believed_for_an_hour() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    numbers = range(0, 3_600_000, 120)
    assert all(continuity.judge(numbers, [number / (1.01 * RATE_HZ) for number in numbers]))


def test_settings_that_count_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="need a rate"):
        Continuity(rate_hz=0.0, per_packet=4)
