"""Who saw what the machine took from everybody."""

import pytest

from benchmarks.witness import AFTER_S, Witness, touched

LATE_S = [(1.0, 1.2), (5.0, 5.01)]


@pytest.mark.parametrize(
    "span_s", [(0.9, 1.1), (1.1, 1.15), (0.5, 4.0), (1.2 + AFTER_S / 2, 2.0), (5.005, 9.0)]
)
def test_what_lies_in_a_wait_or_just_behind_one_was_seen(span_s: tuple[float, float]) -> None:
    assert touched(LATE_S, *span_s)


@pytest.mark.parametrize("span_s", [(0.0, 0.9), (1.2 + AFTER_S * 2, 4.9), (6.0, 9.0)])
def test_what_lies_between_two_waits_was_not(span_s: tuple[float, float]) -> None:
    assert not touched(LATE_S, *span_s)


def test_nothing_was_seen_where_nobody_waited() -> None:
    assert not touched([], 0.0, 1.0)


def test_it_ends_with_its_block_and_tells_its_longest_wait() -> None:
    with Witness() as witness:
        pass
    assert witness.figure().value >= 0.0
    assert not witness.saw(-2.0, -1.0)
