"""An electrode that is off is never a relaxed muscle (the first hazard under Safety)."""

import numpy as np
import pytest
from hypothesis import given

from host.chain.hum import HumLimits, HumWatch, apart
from host.chain.stream import FloatArray, Stream, channel_names
from tests.cuts import chunks, cuts

STREAM = Stream(rate_hz=100.0, channels=channel_names(2))
EVERYWHERE = np.ones((800, 2), dtype=np.bool_)


def hum(sizes_uv: list[float]) -> FloatArray:
    """Return mains of so many microvolts in each second, on channel 1; 50 uV on channel 2."""
    wave = np.sin(2 * np.pi * 0.21 * np.arange(100 * len(sizes_uv)))
    return np.stack([np.repeat(sizes_uv, 100) * wave, 50.0 * wave], axis=1)


def marked_seconds(sizes_uv: list[float], limits: HumLimits | None = None) -> list[int]:
    """Return the seconds in which channel 1 is mostly marked."""
    data = hum(sizes_uv)
    watch = HumWatch(limits or HumLimits(), STREAM)
    marks = watch.push(0, data, EVERYWHERE[: len(data)])
    assert not marks[:, 1].any()
    return [int(s) for s in np.flatnonzero(marks[:, 0].reshape(-1, 100).mean(axis=1) > 0.5)]


def test_ten_times_the_mains_is_an_electrode_that_came_off() -> None:
    # The second after it is held too: the band-stops still ring.
    assert marked_seconds([100, 100, 1100, 1100, 100, 100]) == [2, 3, 4]


def test_mains_that_doubles_and_halves_is_ordinary() -> None:
    assert marked_seconds([100, 200, 100, 50, 100, 200]) == []


def test_little_mains_is_never_too_much() -> None:
    assert marked_seconds([5, 5, 300, 5]) == []


def test_very_much_mains_is_too_much_from_the_start() -> None:
    assert marked_seconds([20_000, 20_000, 20_000]) == [0, 1, 2]


def test_a_quieter_room_makes_the_watch_keener() -> None:
    assert marked_seconds([1000, 1000, 100, 1100, 1100]) == [3, 4]


def test_a_second_in_which_something_else_was_wrong_teaches_nothing() -> None:
    data = hum([100, 10, 900, 900])
    sound = EVERYWHERE[:400].copy()
    sound[150, 0] = False
    marks = HumWatch(HumLimits(floor_uv=50.0), STREAM).push(0, data, sound)
    # Eight times 10 uV would have been passed by 100; eight times 100 is passed by 900.
    assert marks[250:, 0].all()
    assert not marks[:200, 0].any()


@given(cuts(800))
def test_marks_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    data = hum([100, 120, 1300, 90, 90, 2000, 100, 60])
    whole = HumWatch(HumLimits(), STREAM).push(37, data, EVERYWHERE)
    cut = HumWatch(HumLimits(), STREAM)
    pieces = [
        cut.push(37 + part.start, part.data, EVERYWHERE[: len(part)])
        for part in chunks(data, cut_points)
    ]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def test_a_channel_that_hums_far_more_than_the_others_stands_apart() -> None:
    levels = np.array([[20.0, 30.0, 25.0, 900.0, 20.0]])
    every = np.ones((1, 5), dtype=np.bool_)
    assert apart(levels, every, HumLimits()).tolist() == [[False, False, False, True, False]]
    assert not apart(levels / 10, every, HumLimits()).any()


def test_among_three_channels_nobody_can_say_which_is_odd() -> None:
    levels = np.array([[20.0, 30.0, 25.0, 900.0]])
    usable = np.array([[True, True, False, True]])
    assert not apart(levels, usable, HumLimits()).any()


@pytest.mark.parametrize("bad", [{"rise": 1.5}, {"apart": 1.0}, {"floor_uv": 0.0}, {"hold_s": 0.0}])
def test_limits_that_ordinary_changes_would_pass_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"mains changes|need 0"):
        HumLimits(**bad)
