"""Surges: what rises suddenly above what was just before, and falls back."""

import numpy as np
import pytest
from hypothesis import given

from host.chain.stream import FloatArray
from host.detection.eye_turns import EyeTurn
from host.detection.surges import Surge, SurgeWatch
from tests.cuts import cuts
from tests.host.detection.rest import parts, rest

HOP_S = 0.004
LONGEST = 150


def turns(powers: FloatArray, cut_points: list[int] | None = None) -> list[EyeTurn]:
    """Return the surges of two eyes on columns 4 and 7, with rows as numbers of hops."""
    watch = SurgeWatch(Surge(), [4, 7], HOP_S, LONGEST)
    return [
        EyeTurn(row=begin + one.row, channel=one.channel, begins=one.begins, moment=one.moment)
        for begin, end in parts(len(powers), cut_points or [])
        for one in watch.push(begin, powers[begin:end], np.ones(2))
    ]


def surging(*stretches: tuple[int, int, int], hops: int = 400) -> FloatArray:
    """Return powers of eyes that work a little, and much more from one hop to another."""
    powers = 6.0 * rest(hops, 2)
    for eye, begin, end in stretches:
        powers[begin:end, eye] *= 30.0
    return powers


def test_a_surge_is_dated_from_where_it_rose_to_where_it_fell() -> None:
    begins, ends = turns(surging((0, 200, 250)))
    assert (begins.channel, begins.begins, begins.moment) == (4, True, 200)
    assert (ends.channel, ends.begins) == (4, False)
    assert ends.moment == pytest.approx(250, abs=2)
    # Known within the lag of its end.
    assert ends.row <= 250 + round(Surge().lag_s / HOP_S) + 2


def test_what_has_begun_so_is_not_over_before_it_falls() -> None:
    (begins,) = turns(surging((0, 200, 400)))
    assert begins.begins


def test_one_eye_rises_by_less_together_with_the_other_and_not_alone() -> None:
    powers = surging((0, 200, 250))
    powers[200:250, 1] *= 3.0
    assert {turn.channel for turn in turns(powers)} == {4, 7}
    powers[:, 0] = 6.0
    assert turns(powers) == []


def test_what_was_before_a_hole_says_nothing_about_what_comes_after_it() -> None:
    powers = surging((0, 200, 250))
    watch = SurgeWatch(Surge(), [4, 7], HOP_S, LONGEST)
    watch.push(0, powers[:190], np.ones(2))
    assert watch.push(191, powers[191:], np.ones(2)) == []


def test_a_surge_that_is_lost_is_cut() -> None:
    powers = surging((0, 200, 250))
    powers[220] = np.nan
    begins, ends = turns(powers)[:2]
    assert (begins.moment, ends.row, ends.moment) == (200, 220, None)


def test_where_rest_is_not_known_nothing_is() -> None:
    watch = SurgeWatch(Surge(), [0], HOP_S, LONGEST)
    assert watch.push(0, surging((0, 200, 250))[:, :1], np.full(1, np.nan)) == []


def test_nothing_rises_above_nothing() -> None:
    watch = SurgeWatch(Surge(), [0], HOP_S, LONGEST)
    assert watch.push(0, np.zeros((200, 1)), np.zeros(1)) == []


BUSY = surging((0, 90, 120), (1, 92, 121), (0, 180, 300), (1, 200, 230), hops=300)
BUSY[140] = np.nan


@given(cuts(300))
def test_surges_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    whole = turns(BUSY)
    assert len(whole) >= 6
    assert turns(BUSY, cut_points) == whole


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"falls": 3.0}, "falls < joins"),
        ({"joins": 6.0}, "joins <= rises"),
        ({"fallen": 1.0}, "a share"),
        ({"window_s": 0.4}, "window_s <= before_s"),
        ({"off_s": 2.0}, "within a second"),
    ],
)
def test_surges_that_could_not_be_told_are_refused(bad: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Surge(**bad)
