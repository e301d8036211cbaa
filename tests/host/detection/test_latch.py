"""A mark that goes on until what it rests on has been missing for some time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import BoolArray
from host.detection.latch import Latch
from tests.host.detection.rest import parts

NEITHER, HOLDS, RISES, UNKNOWN = range(4)


def run(codes: list[int], cut_points: list[int] | None = None) -> BoolArray:
    """Return where a latch of three hops goes on, beside a channel of the same the other way."""
    marks = np.array([codes, codes[::-1]]).T
    latch = Latch(3, 2)
    found: list[BoolArray] = []
    for begin, end in parts(len(codes), cut_points or []):
        some = marks[begin:end]
        active, changed = latch.push(some == RISES, some == HOLDS, some != UNKNOWN)
        before = found[-1][-1] if found else np.zeros(2, dtype=np.bool_)
        assert changed == bool((active != before).any())
        found.append(active)
    return np.concatenate(found)


def test_it_goes_on_between_the_lines_and_ends_after_three_hops_without() -> None:
    codes = [NEITHER, HOLDS, RISES, HOLDS, NEITHER, NEITHER, HOLDS, *[NEITHER] * 4, HOLDS]
    assert run(codes)[:, 0].tolist() == [False] * 2 + [True] * 7 + [False] * 3


def test_what_is_unknown_ends_it_at_once() -> None:
    assert run([RISES, HOLDS, UNKNOWN, HOLDS])[:, 0].tolist() == [True, True, False, False]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=6)
)
def test_it_does_not_depend_on_the_cut(codes: list[int], cut_points: list[int]) -> None:
    np.testing.assert_array_equal(run(codes, cut_points), run(codes))
