"""Blinks: both eyes together and short; one eye, or long, is no blink (T2)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.freedom import Freedom
from calibration.montage import Montage, Site
from calibration.muscles import Side
from calibration.patterns import pattern
from host.chain.stream import BoolArray, FloatArray
from host.detection.blinks import Blink, BlinkLimits, BlinkWatch
from host.detection.cues import Phase
from host.detection.energy import Energy, EnergyDetector
from tests.host.detection.rest import HOP, RATE_HZ, levels, parts, rest

LEFT, MOUTH, RIGHT = range(3)
FACE = Montage(
    name="eyes",
    sites=(
        Site(muscle="OOC", side=Side.LEFT),
        Site(muscle="ZYG", side=Side.LEFT),
        Site(muscle="OOC", side=Side.RIGHT),
    ),
)
ONE_EYE = Montage(name="one", sites=FACE.sites[:2])


def face(*stretches: tuple[int, int, int], hops: int = 700) -> FloatArray:
    """Return powers in which a channel works from one hop to another."""
    powers = rest(hops, 3)
    for channel, begin, end in stretches:
        powers[begin:end, channel] *= 80.0
    return powers


def watched(
    powers: FloatArray,
    cut_points: list[int] | None = None,
    *,
    asked: str = "gentle closed smile",
    phase: Phase = Phase.HOLD,
    montage: Montage = FACE,
) -> tuple[list[tuple[int, Blink]], BoolArray, list[tuple[int, int]]]:
    """Return blinks with the hop in which they were told, what was doubted, and excused."""
    channels = len(montage.sites)
    freedom = Freedom(short_hz=1000.0, long_hz=1000.0)
    energy = EnergyDetector(Energy(), HOP, RATE_HZ, [freedom] * channels)
    watch = BlinkWatch(BlinkLimits(), montage, HOP, RATE_HZ, energy.lag_s)
    watch.ask(pattern(asked), phase)
    at_rest = np.ones(channels)
    blinks, excused, doubted = [], [], np.zeros((len(powers), channels), dtype=np.bool_)
    for begin, end in parts(len(powers), cut_points or []):
        part = powers[begin:end, :channels]
        found = watch.push(energy.push(levels(part, begin), at_rest), part, at_rest)
        if found is not None:
            doubted[begin:end] = found.where
            blinks += [(begin + row, blink) for row, blink in found.blinks]
            excused += [(begin + row, channel) for row, channel in found.excused]
    return blinks, doubted, excused


def test_both_eyes_for_a_short_time_are_a_blink_with_its_moments() -> None:
    blinks, doubted, excused = watched(face((LEFT, 300, 345), (RIGHT, 303, 343)))
    ((told, blink),) = blinks
    assert blink.onset == pytest.approx(300 * HOP, abs=2 * HOP)
    assert blink.offset == pytest.approx(345 * HOP, abs=2 * HOP)
    assert (blink.channels, blink.sure) == ((LEFT, RIGHT), True)
    # It is found both ways: as new, and as above what was before; told once, and excused twice.
    assert sorted({channel for _, channel in excused}) == [LEFT, RIGHT]
    assert min(row for row, _ in excused) == told
    assert doubted[310:told, LEFT].all()
    assert not doubted[max(row for row, _ in excused) :].any()
    assert not doubted[:, MOUTH].any()


def test_what_lasts_longer_than_a_blink_is_none_and_no_longer_doubted() -> None:
    blinks, doubted, excused = watched(face((LEFT, 300, 600), (RIGHT, 300, 600)))
    assert (blinks, excused) == ([], [])
    last = np.flatnonzero(doubted[:, LEFT])[-1]
    # A blink of 0.4 s would be known to be over within another 0.25 s.
    assert last * 0.004 == pytest.approx(1.2 + 0.4 + 0.13 + 0.12, abs=0.02)


def test_one_eye_alone_is_no_blink_and_hardly_doubted() -> None:
    blinks, doubted, _ = watched(face((RIGHT, 300, 345)))
    assert blinks == []
    assert np.count_nonzero(doubted) <= 16


def test_an_eye_that_begins_later_is_no_part_of_a_blink() -> None:
    assert watched(face((LEFT, 300, 345), (RIGHT, 330, 375)))[0] == []


@pytest.mark.parametrize("unseen", ["no electrode", "electrode off"])
def test_with_one_eye_to_be_seen_a_short_one_may_be_a_blink_but_not_surely(unseen: str) -> None:
    powers = face((LEFT, 300, 345))
    powers[:, RIGHT] = np.nan
    montage = ONE_EYE if unseen == "no electrode" else FACE
    ((_, blink),), _, excused = watched(powers, montage=montage)
    assert (blink.channels, blink.sure) == ((LEFT,), False)
    assert {channel for _, channel in excused} == {LEFT}


def test_t2_where_closing_the_eyes_is_asked_for_nothing_is_held_back() -> None:
    powers = face((LEFT, 300, 345), (RIGHT, 303, 343))
    blinks, doubted, _ = watched(powers, asked="gentle eye closure")
    assert blinks == []
    assert not doubted.any()
    assert len(watched(powers, asked="spontaneous blink")[0]) == 1


def test_p12_in_the_rest_behind_a_closure_blinks_are_told_again() -> None:
    powers = face((LEFT, 300, 345), (RIGHT, 303, 343))
    told = [
        len(watched(powers, asked="gentle eye closure", phase=phase)[0])
        for phase in (Phase.RISE, Phase.HOLD, Phase.RELEASE, Phase.REST)
    ]
    assert told == [0, 0, 0, 1]


def test_a_cue_that_changes_nothing_forgets_no_blink_that_has_begun() -> None:
    powers = face((LEFT, 300, 345), (RIGHT, 303, 343))
    freedom = Freedom(short_hz=1000.0, long_hz=1000.0)
    energy = EnergyDetector(Energy(), HOP, RATE_HZ, [freedom] * 3)
    watch = BlinkWatch(BlinkLimits(), FACE, HOP, RATE_HZ, energy.lag_s)
    smile, told = pattern("gentle closed smile"), []
    for begin, end, phase in ((0, 330, Phase.HOLD), (330, 700, Phase.RELEASE)):
        watch.ask(smile, phase)
        part = powers[begin:end]
        found = watch.push(energy.push(levels(part, begin), np.ones(3)), part, np.ones(3))
        told += [] if found is None else list(found.blinks)
    assert len(told) == 1


def test_an_eye_that_is_lost_meanwhile_leaves_it_open() -> None:
    powers = face((LEFT, 300, 345), (RIGHT, 303, 343))
    powers[320:400, RIGHT] = np.nan
    blinks, doubted, excused = watched(powers)
    assert (blinks, excused) == ([], [])
    assert not doubted[320:].any()


SLIGHT, MORE = 8.0, 20.0
"""Powers over that at rest: of an eye that works a little in a smile, and of one that does more."""


def at_work(left: float = SLIGHT, right: float = SLIGHT, *, hops: int = 700) -> FloatArray:
    """Return powers of eyes that work a little from hop 60 on, for as long as there are hops."""
    powers = rest(hops, 3)
    powers[60:, LEFT] *= left
    powers[60:, RIGHT] *= right
    return powers


def blinking(powers: FloatArray, onset: int = 300, offset: int = 345) -> FloatArray:
    """Add a blink of both eyes to what goes on."""
    powers[onset:offset, LEFT] += 200.0
    powers[onset + 3 : offset - 2, RIGHT] += 200.0
    return powers


@pytest.mark.parametrize("right", [1.0, SLIGHT, MORE])
def test_t2_a_blink_on_top_of_slight_activity_is_told_with_its_moments(right: float) -> None:
    blinks, doubted, excused = watched(blinking(at_work(right=right)))
    ((told, blink),) = [one for one in blinks if one[1].onset > 200 * HOP]
    assert blink.onset == pytest.approx(300 * HOP, abs=2 * HOP)
    assert blink.offset == pytest.approx(345 * HOP, abs=4 * HOP)
    assert (blink.channels, blink.sure) == ((LEFT, RIGHT), True)
    assert {(told, LEFT), (told, RIGHT)} <= set(excused)
    assert doubted[310:told, [LEFT, RIGHT]].all()
    assert not doubted[:, MOUTH].any()


def test_both_eyes_that_work_more_and_more_do_not_blink() -> None:
    powers = at_work()
    slowly = np.linspace(1.0, 8.0, 250)
    powers[300:550, [LEFT, RIGHT]] *= slowly[:, np.newaxis] ** 2
    powers[550:, [LEFT, RIGHT]] *= 64.0
    blinks, doubted, _ = watched(powers)
    assert blinks == []
    assert not doubted[550:].any()


def test_both_eyes_that_suddenly_do_more_and_stay_so_do_not_blink() -> None:
    powers = at_work()
    powers[300:, [LEFT, RIGHT]] *= 25.0
    blinks, doubted, _ = watched(powers)
    assert blinks == []
    assert not doubted[300 + 100 + 60 :].any()


def test_an_eye_that_narrows_alone_on_top_of_slight_activity_is_hardly_doubted() -> None:
    powers = at_work()
    powers[300:345, RIGHT] += 200.0
    blinks, doubted, _ = watched(powers)
    assert blinks == []
    assert np.count_nonzero(doubted[250:]) <= 16


def test_with_one_eye_a_short_rise_on_top_may_be_a_blink_but_not_surely() -> None:
    blinks, _, _ = watched(blinking(at_work()), montage=ONE_EYE)
    ((_, blink),) = [one for one in blinks if one[1].onset > 200 * HOP]
    assert (blink.channels, blink.sure) == ((LEFT,), False)


def test_t2_on_top_of_a_closure_that_is_asked_for_nothing_is_held_back() -> None:
    blinks, doubted, _ = watched(blinking(at_work()), asked="gentle eye closure")
    assert blinks == []
    assert not doubted.any()


def test_a_movement_that_has_just_begun_in_one_eye_hides_no_blink() -> None:
    powers = at_work(left=1.0, right=1.0)
    powers[250:, RIGHT] *= SLIGHT
    ((_, blink),) = watched(blinking(powers))[0]
    assert blink.onset == pytest.approx(300 * HOP, abs=3 * HOP)


BUSY = face((LEFT, 60, 90), (RIGHT, 64, 95), (LEFT, 230, 370), (RIGHT, 232, 370), hops=420)
BUSY[180:185] = np.nan


@given(st.lists(st.integers(0, 420), max_size=10))
def test_blinks_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    blinks, doubted, excused = watched(BUSY, cut_points)
    whole = watched(BUSY)
    assert len(whole[0]) == 1
    assert (blinks, excused) == (whole[0], whole[2])
    np.testing.assert_array_equal(doubted, whole[1])


BUSY_ON_TOP = blinking(blinking(at_work(right=MORE, hops=420), 170, 215), 330, 372)
BUSY_ON_TOP[280:283] = np.nan


@given(st.lists(st.integers(0, 420), max_size=10))
def test_blinks_on_top_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    blinks, doubted, excused = watched(BUSY_ON_TOP, cut_points)
    whole = watched(BUSY_ON_TOP)
    assert [round(blink.onset / HOP, -1) for _, blink in whole[0]] == [170, 330]
    assert (blinks, excused) == (whole[0], whole[2])
    np.testing.assert_array_equal(doubted, whole[1])


@pytest.mark.parametrize(("apart_s", "longest_s"), [(0.06, 0.05), (0.0, 0.4), (0.06, 3.0)])
def test_blinks_that_end_before_they_can_be_told_are_refused(
    apart_s: float, longest_s: float
) -> None:
    with pytest.raises(ValueError, match="apart_s < longest_s"):
        BlinkLimits(apart_s=apart_s, longest_s=longest_s)
    with pytest.raises(ValueError, match="ring_s must be 0 to 1"):
        BlinkLimits(ring_s=2.0)
