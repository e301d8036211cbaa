"""Losses that a number modulo 256 cannot tell, told by that of 32 bits; and a new start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.assembly import Assembly
from host.acquisition.catalog import Counting
from host.acquisition.numbering import numbering_of
from host.chain.stream import Chunk, FloatArray, IntArray, Stream, channel_names

RATE_HZ = 500.0
STREAM = Stream(rate_hz=RATE_HZ, channels=channel_names(1))


def chunks(numbers: IntArray, arrivals_s: FloatArray, counting: Counting) -> list[Chunk]:
    """Push rows in batches of ten; return what came out. Each row carries its number, plus one."""
    made = Assembly(STREAM, counting, 0.0)
    made.connect()
    modulus = 256 if counting is Counting.MODULO_256 else 2**32
    for start in range(0, len(numbers), 10):
        part = slice(start, start + 10)
        made.push(
            (numbers[part] % modulus).astype(float),
            arrivals_s[part],
            numbers[part, None].astype(np.float64) + 1.0,
            after_silence=False,
        )
    return [*iter(made.next_chunk, None)]


@given(lost=st.integers(1, 5000), late_s=st.floats(0.0, 3.0))
def test_a_gap_is_counted_exactly_however_late_what_follows_it_comes(
    lost: int, late_s: float
) -> None:
    numbers = np.concatenate([np.arange(500), np.arange(500 + lost, 600 + lost)])
    arrivals_s = numbers / RATE_HZ + np.where(numbers < 500, 0.0, late_s)
    out = chunks(numbers, arrivals_s, Counting.COUNTER_32)
    placed = np.concatenate([np.arange(chunk.start, chunk.stop) for chunk in out])
    np.testing.assert_array_equal(placed, numbers)


def test_a_gap_is_counted_exactly_though_the_rows_before_it_came_late() -> None:
    numbers = np.concatenate([np.arange(100), np.arange(400, 500)])
    arrivals_s = numbers / RATE_HZ + np.where(numbers < 100, 0.4, 0.0)
    out = chunks(numbers, arrivals_s, Counting.COUNTER_32)
    placed = np.concatenate([np.arange(chunk.start, chunk.stop) for chunk in out])
    np.testing.assert_array_equal(placed, numbers)


def test_the_same_gap_is_ambiguous_modulo_256() -> None:
    numbers = np.concatenate([np.arange(500), np.arange(1000, 1100)])
    arrivals_s = numbers / RATE_HZ + np.where(numbers < 500, 0.0, 1.6)
    out = chunks(numbers, arrivals_s, Counting.MODULO_256)
    assert out[-1].start != 1000


def test_the_counter_wraps_around() -> None:
    first = 2**32 - 250
    numbers = np.arange(first, first + 500)
    out = chunks(numbers, np.arange(500) / RATE_HZ, Counting.COUNTER_32)
    assert [(out[0].start, out[-1].stop)] == [(0, 500)]
    assert sum(len(chunk) for chunk in out) == 500


def test_a_counter_that_starts_again_goes_on_by_the_time_that_has_passed() -> None:
    numbers = np.concatenate([np.arange(500), np.arange(500)])
    arrivals_s = np.concatenate([np.arange(500), np.arange(500) + 1500]) / RATE_HZ
    out = chunks(numbers, arrivals_s, Counting.COUNTER_32)
    assert out[-1].stop == pytest.approx(2000, abs=2)


def test_numbers_beyond_the_modulus_or_unknown_are_no_samples() -> None:
    numbering = numbering_of(Counting.COUNTER_32)
    positions = numbering.positions(np.array([0.0, 2.0**32 - 1, 2.0**32, np.nan, -1.0]))
    assert positions.tolist() == [0, 2**32 - 1, -1, -1, -1]
