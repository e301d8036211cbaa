"""Railed and flat samples, and marks that last."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chain.quality import Flaw, Hold, Quality, QualityLimits, Screen, run_lengths
from host.chain.stream import Stream, channel_names
from tests.cuts import chunks, cuts

STREAM = Stream(rate_hz=250.0, channels=channel_names(4))
RNG = np.random.default_rng(2)


def raw() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return a live, a railed, a partly flat and a clipping channel."""
    data = RNG.normal(0.0, 10.0, (300, 4))
    data[:, 1] = -187_500.0
    data[100:140, 2] = 7.0
    data[200:203, 3] = 187_499.0
    return STREAM.on_grid(data)


RAW = raw()


def test_railed_samples_are_found_one_by_one() -> None:
    flaws = Screen(QualityLimits(), STREAM).push(RAW)
    assert (flaws[:, 1] & Flaw.RAILED != 0).all()
    assert list(np.flatnonzero(flaws[:, 3] & Flaw.RAILED)) == [200, 201, 202]
    assert not flaws[:, 0].any()


def test_a_value_that_stands_still_is_flat_after_ten_samples() -> None:
    flat = Screen(QualityLimits(), STREAM).push(RAW)[:, 2] & Flaw.FLAT
    assert list(np.flatnonzero(flat)) == list(range(110, 140))


def test_a_coarse_converter_may_stand_still_for_a_while() -> None:
    coarse = Stream(rate_hz=500.0, channels=("ch1",), range_uv=12_500.0, resolution_uv=6.1)
    data = np.repeat([[6.1], [0.0]], [10, 700], axis=0)
    flat = Screen(QualityLimits(), coarse).push(data)[:, 0] & Flaw.FLAT
    # Half a second within one step is rest; a whole one is a dead input.
    assert np.flatnonzero(flat)[0] == 510


@given(cuts(len(RAW)))
def test_flaws_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    cut, whole = Screen(QualityLimits(), STREAM), Screen(QualityLimits(), STREAM)
    pieces = [cut.push(chunk.data) for chunk in chunks(RAW, cut_points)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole.push(RAW))


@given(st.integers(0, 2**32 - 1), cuts(300))
def test_equal_neighbours_by_chance_hide_no_flat_stretch(seed: int, cut_points: list[int]) -> None:
    rng = np.random.default_rng(seed)
    data = STREAM.on_grid(rng.integers(0, 3, (300, 4)).astype(np.float64) * STREAM.step_uv)
    for column, length in enumerate((9, 10, 11, 40)):
        begin = rng.integers(0, 300 - length)
        data[begin : begin + length + 1, column] = data.max()
    screen = Screen(QualityLimits(), STREAM)
    flaws = np.concatenate([screen.push(chunk.data) for chunk in chunks(data, cut_points)])
    same = np.vstack([np.zeros((1, 4), dtype=np.bool_), data[1:] == data[:-1]])
    expected = run_lengths(same, np.zeros(4, dtype=np.int64)) >= 10
    np.testing.assert_array_equal(flaws != 0, expected)


def test_a_run_goes_on_from_before_and_begins_anew_after_a_break() -> None:
    marks = np.array([[True, True], [True, False], [True, True]])
    assert run_lengths(marks, np.array([4, 7])).tolist() == [[5, 8], [6, 0], [7, 1]]


def test_a_mark_lasts_so_many_samples() -> None:
    marks = np.zeros((20, 1), dtype=np.bool_)
    marks[3] = marks[5] = True
    assert list(np.flatnonzero(Hold(4, 1).push(marks))) == [3, 4, 5, 6, 7, 8]


@given(cuts(300))
def test_a_held_mark_does_not_depend_on_the_cut(cut_points: list[int]) -> None:
    marks = np.random.default_rng(3).random((300, 4)) < 0.02
    cut, whole = Hold(30, 4), Hold(30, 4)
    pieces = [cut.push(chunk.data > 0) for chunk in chunks(marks.astype(np.float64), cut_points)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole.push(marks))


def test_only_good_and_humming_channels_are_usable() -> None:
    assert [code for code in Quality if code.usable] == [Quality.GOOD, Quality.MAINS]


@pytest.mark.parametrize("name", ["rail_share", "settle_s", "flat_s", "artefact_uv", "valid_share"])
def test_limits_that_pass_everything_or_nothing_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"-1"):
        QualityLimits(**{name: -1.0})
