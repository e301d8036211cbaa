"""Packets that look whole and cannot be true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.continuity import NUMBERS, Continuity

RATE_HZ, PER_PACKET = 1000.0, 4


def begun(count: int = 50) -> Continuity:
    """Return one that has seen so many packets in time."""
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    for packet in range(count):
        assert continuity.believes(4 * packet, 10.0 + 4 * packet / RATE_HZ)
    return continuity


def test_the_next_packet_is_believed_whenever_it_comes() -> None:
    assert begun().believes(200, 10.2)
    assert begun().believes(200, 17.0)
    # After a freeze of the host all come at once.
    assert begun().believes(200, 10.196)


@given(lost=st.integers(1, 100_000), late_s=st.floats(0.0, 100.0))
def test_a_loss_of_any_length_is_believed_once_its_time_has_passed(
    lost: int, late_s: float
) -> None:
    number = 200 + 4 * lost
    assert begun().believes(number, 10.0 + number / RATE_HZ + late_s)


@pytest.mark.parametrize("byte", [8, 16, 24])
@pytest.mark.parametrize("bit", [2, 7])
def test_a_damaged_counter_is_not_believed_and_the_next_true_packet_is(byte: int, bit: int) -> None:
    continuity = begun()
    assert not continuity.believes(200 ^ (1 << (byte + bit)), 10.2)
    assert continuity.believes(204, 10.204)


def test_a_packet_that_came_twice_or_lies_behind_is_not_believed() -> None:
    continuity = begun()
    assert not continuity.believes(196, 10.2)
    assert not continuity.believes(100, 10.2)


def test_a_start_from_zero_is_believed_though_its_first_packets_are_lost() -> None:
    for first in (0, 4, 28):
        continuity = begun()
        assert continuity.believes(first, 12.0)
        assert continuity.believes(first + 4, 12.004)


def test_a_false_first_packet_is_outvoted_by_two() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    assert continuity.believes(0x7F000000, 10.0)
    seen = [continuity.believes(4 * n + 400, 10.4 + 0.004 * n) for n in range(3)]
    assert seen == [False, True, True]


def test_packets_that_were_late_and_catch_up_in_a_gap_cost_one_packet() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    assert continuity.believes(0, 10.3)
    assert [continuity.believes(4 * n, 10.0 + 0.004 * n) for n in (100, 101, 102)] == [
        False,
        True,
        True,
    ]


def test_the_number_wraps_around_after_weeks() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    numbers = [(NUMBERS - 8 + 4 * n) % NUMBERS for n in range(5)]
    assert all(continuity.believes(number, 10.0 + 0.004 * n) for n, number in enumerate(numbers))


def test_a_board_that_is_one_percent_fast_is_believed_for_an_hour() -> None:
    continuity = Continuity(rate_hz=RATE_HZ, per_packet=PER_PACKET)
    for packet in range(0, 900_000, 30):
        assert continuity.believes(4 * packet, 4 * packet / (1.01 * RATE_HZ))


def test_settings_that_count_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="need a rate"):
        Continuity(rate_hz=0.0, per_packet=4)
