"""What the table of channels shows."""

from dataclasses import replace
from math import isnan

import pytest

from calibration.montage import montages
from host.feedback.calibrating.channels_state import ChannelsState, channels_state
from host.feedback.calibrating.moment import Moment
from tests.host.feedback.calibrating.moments import (
    SILENT,
    channels,
    flawed,
    moment,
    plain_moment,
    view,
)

NOTHING = ChannelsState()


def at_level(level_uv: float | None, last: ChannelsState = NOTHING) -> ChannelsState:
    """Return the table with the same level in all channels."""
    known = tuple(replace(one, level_uv=level_uv) for one in channels())
    return channels_state(moment(replace(view(), channels=known)), last)


def words(state: ChannelsState) -> str:
    """Return what stands in the first cell."""
    cell = state.rows[0][1][0]
    assert cell is not None
    return cell.words


def test_there_is_a_row_for_each_muscle_and_a_column_for_each_side() -> None:
    state = channels_state(moment(), NOTHING)
    assert state.sides == ("patient's left", "patient's right")
    assert [name for name, _ in state.rows] == ["Eye", "Cheek"]
    assert [cell and cell.name for _, cells in state.rows for cell in cells] == [
        "Eye, left",
        "Eye, right",
        "Cheek, left",
        "Cheek, right",
    ]


def test_sixteen_channels_take_eight_rows() -> None:
    montage = montages()["face-16"]
    shown = moment(replace(view(), channels=channels(montage)), montage)
    assert len(channels_state(shown, NOTHING).rows) == 8


def test_plain_channels_have_a_row_each_and_no_sides() -> None:
    state = channels_state(plain_moment(3), NOTHING)
    assert state.sides == ()
    assert [name for name, _ in state.rows] == ["Channel 1", "Channel 2", "Channel 3"]


def test_channels_left_over_by_a_montage_stand_below_its_muscles() -> None:
    montage = montages()["face-4"].padded(6)
    shown = moment(replace(view(), channels=channels(montage)), montage)
    assert [name for name, _ in channels_state(shown, NOTHING).rows][2:] == [
        "Channel 5",
        "Channel 6",
    ]


def test_a_channel_that_is_not_good_says_why_and_shows_no_level() -> None:
    state = channels_state(moment(replace(view(), channels=flawed(3))), NOTHING)
    (cell,) = state.flawed
    assert (cell.name, cell.words, cell.bar) == ("Cheek, right", "loose electrode", None)


def test_an_unknown_level_is_never_quiet() -> None:
    for unknown in (None, float("nan")):
        cell = at_level(unknown).rows[0][1][0]
        assert cell is not None
        assert cell.bar is None
        assert isnan(cell.level_uv)


def test_while_no_samples_come_no_level_is_shown_and_no_channel_is_to_blame() -> None:
    state = channels_state(replace(moment(), link=SILENT), NOTHING)
    cells = [cell for _, row in state.rows for cell in row if cell]
    assert {cell.words for cell in cells} == {"no samples"}
    assert {cell.bar for cell in cells} == {None}
    assert state.flawed == ()


@pytest.mark.parametrize("quality", ["settling", "left out"])
def test_a_signal_that_settles_or_is_left_out_is_unknown_and_no_channel_is_to_blame(
    quality: str,
) -> None:
    state = channels_state(moment(replace(view(), channels=flawed(3, quality))), NOTHING)
    cell = state.rows[1][1][1]
    assert cell is not None
    assert (cell.words, cell.bar) == (quality, None)
    assert state.flawed == ()


@pytest.mark.parametrize(
    ("level_uv", "said"),
    [(0.523, "0.5 µV"), (3.04, "3 µV"), (12.3, "12 µV"), (57.0, "60 µV"), (1730.0, "1500 µV")],
)
def test_a_level_has_no_more_digits_than_it_can_tell_p11(level_uv: float, said: str) -> None:
    assert words(at_level(level_uv)) == said


def test_a_level_does_not_flicker_between_two_neighbours() -> None:
    first = at_level(3.2)
    assert words(at_level(3.3, first)) == words(first)
    assert words(at_level(5.0, first)) != words(first)


def test_bars_grow_with_the_logarithm_and_stay_within_their_track() -> None:
    bars = []
    for level_uv in (0.0, 0.5, 2.0, 20.0, 200.0, 5000.0):
        cell = at_level(level_uv or 1e-9).rows[0][1][0]
        assert cell is not None
        assert cell.bar is not None
        bars.append(cell.bar)
    assert bars == sorted(bars)
    assert (bars[0], bars[-1]) == (0.0, 1.0)


def test_nothing_is_shown_before_the_source_is_connected() -> None:
    assert channels_state(Moment(), NOTHING) == NOTHING
