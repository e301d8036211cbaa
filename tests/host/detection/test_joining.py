"""Levels that follow on each other as one."""

import numpy as np

from host.chain.amplitude import Crosstalk, Levels
from host.chain.stream import FloatArray
from host.detection.joining import joined


def piece(first: int, values: list[float], *, beside: bool = True) -> Levels:
    column: FloatArray = np.array([values]).T
    codes = column.astype(np.uint8)
    apart = Crosstalk(column, column + 1.0, column + 2.0, column > 2.0)
    return Levels(
        first,
        4,
        column,
        codes,
        codes.astype(np.int64),
        10.0 * column,
        np.array([0.5]),
        column**2,
        apart if beside else None,
    )


def test_pieces_between_gaps_become_one() -> None:
    first, second = joined([piece(5, [1.0, 2.0]), piece(7, [3.0]), piece(9, [4.0])])
    expected = piece(5, [1.0, 2.0, 3.0])
    assert (first.first, second.first, len(second)) == (5, 9, 1)
    for name in ("rms_uv", "quality", "lost", "freedom", "hop_power_uv2", "noise_uv"):
        np.testing.assert_array_equal(getattr(first, name), getattr(expected, name))
    assert first.beside is not None
    assert first.beside.doubt[:, 0].tolist() == [3.0, 4.0, 5.0]
    assert first.beside.suspected[:, 0].tolist() == [False, False, True]


def test_one_piece_stays_what_it_is_and_none_gives_none() -> None:
    only = piece(5, [1.0])
    assert next(joined([only])) is only
    assert list(joined([])) == []


def test_what_one_piece_does_not_say_is_not_said() -> None:
    (both,) = joined([piece(5, [1.0]), piece(6, [2.0], beside=False)])
    assert both.beside is None
