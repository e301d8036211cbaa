"""The release gate (P12): at rest for some time, and never by not knowing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.stream import BoolArray, FloatArray
from host.detection.release import Release, ReleaseGate, may_go_on
from tests.host.detection.rest import parts

RATE_HZ, HOP = 100.0, 1
RELEASE = Release(line=0.1, dwell_s=0.05)


def run(activation: FloatArray, cut_points: list[int] | None = None) -> BoolArray:
    """Return where channels are released, with a dwell of five hops and a line of 0.1."""
    gate = ReleaseGate(RELEASE, np.full(activation.shape[1], 0.1), HOP, RATE_HZ)
    pieces = parts(len(activation), cut_points or [])
    return np.concatenate([gate.push(begin, activation[begin:end]) for begin, end in pieces])


def test_p12_released_is_below_the_line_for_the_dwell() -> None:
    levels = np.array([[0.3] * 3 + [0.05] * 8 + [0.3] + [0.05] * 4]).T
    assert np.flatnonzero(run(levels)[:, 0]).tolist() == [7, 8, 9, 10]


def test_what_is_unknown_is_never_released() -> None:
    levels = np.array([[0.05] * 6 + [np.nan] + [0.05] * 6]).T
    assert np.flatnonzero(run(levels)[:, 0]).tolist() == [4, 5, 11, 12]


def test_a_gap_is_unknown_too() -> None:
    gate = ReleaseGate(RELEASE, np.array([0.1]), HOP, RATE_HZ)
    assert gate.push(0, np.zeros((9, 1)))[-1, 0]
    assert gate.push(20, np.zeros((9, 1)))[:, 0].tolist() == [False] * 4 + [True] * 5


def test_p12_the_next_attempt_waits_for_every_muscle_that_counts() -> None:
    released = np.array([[True, False, True], [True, True, True], [True, True, False]])
    assert may_go_on(released, np.array([True, True, False])).tolist() == [False, True, True]
    assert may_go_on(released, np.zeros(3, dtype=np.bool_)).tolist() == [False] * 3


def test_a_calibrated_rest_threshold_goes_before_the_usual_one() -> None:
    assert Release(line=0.1).lines(np.array([0.0, 0.03])).tolist() == [0.1, 0.03]


VALUES = st.sampled_from([0.05, 0.3, np.nan])


@given(
    st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=40),
    st.lists(st.integers(0, 40), max_size=6),
)
def test_it_does_not_depend_on_the_cut(
    rows: list[tuple[float, float]], cut_points: list[int]
) -> None:
    levels = np.array(rows)
    np.testing.assert_array_equal(run(levels, cut_points), run(levels))


@pytest.mark.parametrize("bad", [{"line": 0.0}, {"dwell_s": -1.0}, {"dwell_s": 11.0}])
def test_a_rest_that_no_muscle_could_reach_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="need line > 0"):
        Release(**bad)
