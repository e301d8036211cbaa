"""The strip of all channels: names that are read, in as few rows as can be."""

import pytest
from PyQt6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from host.feedback.clinic.practising.strip import LEGIBLE, Strip
from host.feedback.clinic.practising.strip_state import CellState, StripState
from host.feedback.lettering import sized
from host.feedback.theme import LIGHT
from tests.host.feedback.pixels import painted as pixels

CODES = ("OOC", "ZYG", "OOR", "PLA")
EIGHT = tuple(
    CellState(code=code, side=side, said="good", good=True) for side in "LR" for code in CODES
)
PX = 14


def shown(qtbot: QtBot, cells: tuple[CellState, ...], wide: int) -> Strip:
    strip = Strip(StripState(cells=cells), LIGHT)
    qtbot.addWidget(strip)
    strip.setFont(sized(strip.font(), PX))
    strip.resize(wide, 10)
    strip.resize(wide, strip.wanted_height())
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


def test_channels_have_the_names_that_they_have_everywhere(
    qtbot: QtBot, painted: list[str]
) -> None:
    pixels(shown(qtbot, EIGHT, 1000))
    assert painted[::2] == [
        f"{name}, {side}" for side in ("left", "right") for name in ("Eye", "Cheek", "Lips", "Neck")
    ]


@pytest.mark.parametrize(("wide", "rows"), [(1000, 1), (500, 2), (240, 4)])
def test_no_name_is_smaller_than_it_can_be_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, wide: int, rows: int
) -> None:
    sizes = set[int]()
    draw = QPainter.drawText

    def drawn(painter: QPainter, *given: object) -> object:
        sizes.add(painter.font().pixelSize())
        return draw(painter, *given)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", drawn)
    strip = shown(qtbot, EIGHT, wide)
    pixels(strip)
    assert strip.rows == rows
    assert min(sizes) >= int(LEGIBLE * PX)


def test_a_plain_channel_has_its_number_and_no_channels_have_no_height_to_fill(
    qtbot: QtBot, painted: list[str]
) -> None:
    pixels(shown(qtbot, (CellState(code="3", side="", said="loose", good=False),), 300))
    assert painted == ["3", "loose"]
    assert shown(qtbot, (), 300).rows == 1


def test_a_screen_reader_hears_the_same_names(qtbot: QtBot) -> None:
    loose = CellState(code="PLA", side="R", said="loose", good=False)
    assert shown(qtbot, (*EIGHT[:7], loose), 600).spoken() == "Neck, right: loose"
