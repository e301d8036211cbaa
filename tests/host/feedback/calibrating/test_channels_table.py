"""The table of channels, in pixels."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.channels_state import ChannelsState, channels_state
from host.feedback.calibrating.channels_table import ChannelsTable
from host.feedback.lettering import sized
from host.feedback.theme import DARK, LIGHT, Theme
from tests.host.feedback.calibrating.moments import SILENT, flawed, moment, view
from tests.host.feedback.pixels import PaintCounter, near, painted

GOOD = channels_state(moment(), ChannelsState())
LOOSE = channels_state(moment(replace(view(), channels=flawed(3))), ChannelsState())


def shown(qtbot: QtBot, state: ChannelsState, theme: Theme = LIGHT) -> ChannelsTable:
    table = ChannelsTable(theme)
    qtbot.addWidget(table)
    table.setFont(sized(table.font(), 17))
    table.state = state
    table.resize(410, table.wanted_height())
    with qtbot.waitExposed(table):
        table.show()
    return table


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_channel_that_is_not_good_stands_out_and_alone(qtbot: QtBot, theme: Theme) -> None:
    assert not near(painted(shown(qtbot, GOOD, theme)), theme.over).any()
    marked = near(painted(shown(qtbot, LOOSE, theme)), theme.over)
    rows, columns = np.nonzero(marked)
    assert columns.min() > 205
    assert rows.min() > 2 * marked.shape[0] / 3
    assert marked.mean() < 0.01


def test_it_is_said_to_those_who_do_not_see_it(qtbot: QtBot) -> None:
    table = shown(qtbot, GOOD)
    assert table.accessibleName() == "Channels: all good"
    table.state = LOOSE
    assert table.accessibleName() == "Channels: Cheek, right: loose electrode"


def test_a_silent_board_shows_no_bar(qtbot: QtBot) -> None:
    silent = channels_state(replace(moment(), link=SILENT), ChannelsState())
    assert near(painted(shown(qtbot, GOOD)), LIGHT.quiet).any()
    assert not near(painted(shown(qtbot, silent)), LIGHT.quiet).any()


def test_levels_that_stay_paint_nothing(qtbot: QtBot) -> None:
    table = shown(qtbot, GOOD)
    counter = PaintCounter(table)
    table.state = channels_state(moment(), GOOD)
    qtbot.wait(30)
    assert counter.count == 0


def test_there_is_room_for_all_rows(qtbot: QtBot) -> None:
    table = shown(qtbot, LOOSE)
    assert table.wanted_height() >= 3 * table.fontMetrics().height()
    table.state = ChannelsState()
    assert table.wanted_height() == 0


def test_without_samples_the_words_are_as_large_as_all_others(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: dict[str, int] = {}
    draw = QPainter.drawText

    def drawn(painter: QPainter, *given: object) -> object:
        sizes.update((one, painter.font().pixelSize()) for one in given if isinstance(one, str))
        return draw(painter, *given)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", drawn)
    painted(shown(qtbot, channels_state(replace(moment(), link=SILENT), ChannelsState())))
    assert sizes["no samples"] == sizes["Eye"]
