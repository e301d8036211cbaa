"""What comes along with a blink is marked; what the pattern brings along is not."""

from dataclasses import replace

import pytest

from host.detection.blinks import Blink
from host.detection.cocontraction import Episode
from host.detection.with_blink import BlinkCompany, WithBlink

RATE_HZ = 250.0
BLINK = Blink(onset=1000, offset=1060, channels=(0, 2))
MOUTH = Episode(channel=1, start=1030, stop=1100, peak=0.5, pattern="pucker")


def marked(*episodes: Episode, told: int = 3, known: int = 5, asked: bool = True) -> list[bool]:
    """Return which of these are marked that end in a row, with the blink told in another."""
    company = BlinkCompany(WithBlink(), RATE_HZ)
    found = company.push(tuple((known, one) for one in episodes), ((told, BLINK),), marked=asked)
    assert [replace(one, with_blink=False) for _, one in found] == list(episodes)
    return [one.with_blink for _, one in found]


def test_what_begins_with_a_blink_and_is_as_short_came_along_with_it() -> None:
    assert marked(MOUTH) == [True]


@pytest.mark.parametrize(
    "other",
    [
        replace(MOUTH, start=990),
        replace(MOUTH, start=1070),
        replace(MOUTH, stop=1190),
        replace(MOUTH, cut=True),
    ],
    ids=["before it", "too late", "too long", "may have gone on"],
)
def test_p14_what_the_pattern_brings_along_is_not_excused_by_a_blink(other: Episode) -> None:
    assert marked(other) == [False]


def test_a_blink_that_is_told_later_excuses_nothing_that_was_known_before() -> None:
    assert marked(MOUTH, told=6) == [False]


def test_a_blink_told_in_hops_before_is_remembered() -> None:
    company = BlinkCompany(WithBlink(), RATE_HZ)
    assert company.push((), ((0, BLINK),), marked=True) == ()
    ((_, found),) = company.push(((0, MOUTH),), (), marked=True)
    assert found.with_blink


def test_t2_where_blinking_is_looked_at_its_synkinesis_is_what_counts() -> None:
    assert marked(MOUTH, asked=False) == [False]


@pytest.mark.parametrize("bad", [{"after_s": 0.0}, {"longest_s": 1.5}])
def test_what_would_hide_a_patterns_own_synkinesis_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="0 to 1 s"):
        WithBlink(**bad)
