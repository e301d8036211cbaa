"""The row of bars: on one ground, none in another's way."""

from dataclasses import replace
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.bar_row import BarRow
from host.feedback.bar_state import ScreenState
from host.feedback.corridor import Corridor
from host.feedback.lettering import sized
from host.feedback.theme import LIGHT
from tests.host.feedback.pixels import PaintCounter
from tests.host.feedback.screens import SMILE, SMILE_WITH_ALL, bar, plain_bars


def shown(qtbot: QtBot, screen: ScreenState) -> BarRow:
    widget = BarRow(LIGHT)
    qtbot.addWidget(widget)
    widget.setFont(sized(widget.font(), 24))
    widget.resize(900, 450)
    widget.show_state(screen)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_there_is_a_bar_for_each_muscle_and_a_corridor_for_the_target(qtbot: QtBot) -> None:
    row = shown(qtbot, SMILE)
    assert [column.state.name for column in row.bars] == ["Eye", "Lips", "Neck"]
    assert row.corridor is not None
    assert row.corridor.geometry().left() > row.bars[-1].geometry().right()


@pytest.mark.parametrize("screen", [SMILE, SMILE_WITH_ALL], ids=["three", "eight"])
def test_all_tracks_stand_on_one_ground_and_reach_one_height(
    qtbot: QtBot, screen: ScreenState
) -> None:
    row = shown(qtbot, screen)
    assert row.corridor is not None
    tracks = [row.corridor.track().rect, *(column.track().rect for column in row.bars)]
    assert len({(rect.top(), rect.bottom()) for rect in tracks}) == 1


@pytest.mark.parametrize("count", [1, 2, 8, 16])
def test_from_1_to_16_columns_stand_side_by_side_inside_the_row(qtbot: QtBot, count: int) -> None:
    row = shown(qtbot, ScreenState(bars=plain_bars(count)))
    places = [column.geometry() for column in row.bars]
    assert all(row.rect().contains(place) for place in places)
    assert all(a.right() < b.left() for a, b in pairwise(places))


def test_bars_come_and_go_with_the_screen(qtbot: QtBot) -> None:
    row = shown(qtbot, SMILE)
    kept = row.bars[0]
    row.show_state(replace(SMILE, bars=(bar("MEN"),), target=None))
    assert row.bars == (kept,)
    assert kept.label == "Chin"
    assert not row.findChildren(Corridor)
    row.show_state(SMILE)
    assert [column.isVisible() for column in row.bars] == [True] * 3


def test_only_the_bar_that_changed_is_painted(qtbot: QtBot) -> None:
    row = shown(qtbot, SMILE)
    counters = [PaintCounter(column) for column in row.bars]
    row.show_state(replace(SMILE, bars=(bar("OOC", 0.5), *SMILE.bars[1:])))
    qtbot.waitUntil(lambda: counters[0].count == 1)
    qtbot.wait(30)
    assert [counter.count for counter in counters] == [1, 0, 0]
