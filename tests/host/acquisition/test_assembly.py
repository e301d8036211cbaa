"""Rows become chunks on one index, grid and clock."""

import math

import numpy as np
import pytest

from host.acquisition.assembly import Assembly
from host.acquisition.catalog import Counting
from host.chain.stream import Chunk, FloatArray, Stream, channel_names
from host.errors import RateError

STREAM = Stream(rate_hz=250.0, channels=channel_names(2))


def assembly(counting: Counting = Counting.MODULO_256) -> Assembly:
    made = Assembly(STREAM, counting, 0.0)
    made.connect()
    return made


def push(
    made: Assembly, numbers: list[int], *, from_s: float = 0.0, after_silence: bool = False
) -> list[Chunk]:
    """Push rows that are 4 ms apart; return the chunks that came out."""
    count = len(numbers)
    data: FloatArray = np.arange(2.0 * count).reshape(count, 2) + 1.0
    data[np.array(numbers) < 0] = np.nan
    times_s = from_s + np.arange(count) / STREAM.rate_hz
    made.push(np.abs(np.array(numbers, dtype=float)), times_s, data, after_silence=after_silence)
    return chunks(made)


def chunks(made: Assembly) -> list[Chunk]:
    return [*iter(made.next_chunk, None)]


def test_a_gap_within_one_batch_makes_two_chunks() -> None:
    made = assembly()
    out = push(made, [0, 1, 2, 5, 6, 7])
    assert [(chunk.start, len(chunk)) for chunk in out] == [(0, 3), (5, 3)]
    assert (made.lost, made.gaps) == (2, 1)


def test_samples_are_put_on_the_recorders_grid() -> None:
    (chunk,) = push(assembly(), [0, 1, 2])
    np.testing.assert_array_equal(chunk.data, STREAM.on_grid(chunk.data))


def test_a_row_with_a_hole_in_it_is_lost() -> None:
    made = assembly()
    out = push(made, [0, 1, -2, 3, 4])
    assert [(chunk.start, len(chunk)) for chunk in out] == [(0, 2), (3, 2)]
    assert made.lost == 1


def test_after_a_reconnection_the_index_goes_on_by_the_time_that_has_passed() -> None:
    made = assembly()
    push(made, [*range(200)])
    made.connect()
    (chunk,) = push(made, [0, 1, 2], from_s=4.0)
    assert chunk.start == 1000
    assert (made.lost, made.gaps) == (800, 1)
    assert made.time_of(1000) == pytest.approx(4.0)
    assert made.time_of(100) == pytest.approx(0.4)


def test_a_board_without_numbers_shows_its_losses_by_its_silences() -> None:
    made = assembly(Counting.ROWS)
    push(made, [0] * 200)
    (chunk,) = push(made, [0, 0], from_s=2.0, after_silence=True)
    assert chunk.start == 500


def test_no_time_is_known_before_the_first_row() -> None:
    assert math.isnan(assembly().time_of(0))
    assert assembly().rate_hz is None


def test_a_wrong_rate_is_refused() -> None:
    made = assembly()
    with pytest.raises(RateError, match="claims 250"):
        feed_fast(made)


def feed_fast(made: Assembly) -> None:
    """Push four seconds of a board that sends 500 rows a second."""
    for start in range(0, 2000, 50):
        indices = np.arange(start, start + 50, dtype=np.float64)
        made.push(indices % 256.0, indices / 500.0, np.ones((50, 2)), after_silence=False)
