"""Stale rows at the start of a connection."""

import numpy as np
import pytest

from host.acquisition.opening import Opening
from host.acquisition.rows import Rows


def rows(positions: list[int], *, value: float = 1.0) -> Rows:
    count = len(positions)
    return Rows(np.array(positions), np.arange(count) / 250.0, np.full((count, 2), value))


def opened(parts: list[Rows]) -> list[int]:
    """Return the positions let through when the parts come 0.1 s apart, after 0.2 s."""
    opening = Opening(cycle=256, hold_s=0.2)
    out: list[int] = []
    for number, part in enumerate(parts):
        out.extend(opening.push(part, 0.1 * number).positions.tolist())
    return out


def test_rows_wait_for_the_opening_and_then_all_come() -> None:
    assert opened([rows([0, 1]), rows([2])]) == []
    assert opened([rows([0, 1]), rows([2]), rows([3, 4]), rows([5])]) == [0, 1, 2, 3, 4, 5]


def test_stale_rows_before_the_new_beginning_are_dropped() -> None:
    assert opened([rows([110, 111, 112]), rows([113, 0]), rows([1, 2])]) == [0, 1, 2]


def test_the_end_of_a_cycle_is_no_beginning() -> None:
    assert opened([rows([254, 255]), rows([0]), rows([1])]) == [254, 255, 0, 1]


def test_a_first_row_of_zeros_is_dropped_and_only_that() -> None:
    assert opened([rows([0], value=0.0), rows([1]), rows([2])]) == [1, 2]
    assert opened([rows([0, 1], value=0.0), rows([2]), rows([3])]) == [1, 2, 3]


def test_a_negative_wait_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        Opening(cycle=256, hold_s=-1.0)
