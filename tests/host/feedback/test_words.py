"""Texts in their boxes, and the notice at the window's foot."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.lettering import fitted, sized
from host.feedback.patient_window import PatientWindow
from host.feedback.theme import LIGHT
from host.feedback.words import Words
from tests.host.feedback.pixels import near, painted
from tests.host.feedback.screens import SMILE

LONG = (
    "Not calibrated: the resting level is the quietest two of the first ten seconds. "
    "About 65 Hz of bandwidth is left at 250 Hz."
)


def test_a_text_that_wraps_asks_for_more_lines(qtbot: QtBot) -> None:
    words = Words(LIGHT)
    qtbot.addWidget(words)
    words.setFont(sized(words.font(), 20))
    words.state = LONG
    assert words.height_for(300) > 2 * words.height_for(3000) > 0


@pytest.mark.parametrize("size", [(900, 600), (1280, 800), (1920, 1080)], ids=str)
def test_a_long_notice_wraps_and_keeps_the_size_of_its_letters(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.resize(*size)
    window.state = replace(SMILE, notice=LONG)
    window.show()
    (notice,) = [part for part in window.findChildren(Words) if part.state == LONG]
    room = notice.rect().toRectF().size()
    assert fitted(notice.font(), LONG, room).pixelSize() == notice.font().pixelSize()
    assert near(painted(notice), LIGHT.faint, 40).any()
    lowest = max(bar.geometry().bottom() for bar in window.row.bars)
    assert window.row.y() + lowest < notice.y()


def test_a_mark_of_the_other_side_is_explained_p3(qtbot: QtBot) -> None:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.show()
    window.state = replace(SMILE, bars=(replace(SMILE.bars[0], other=0.2),))
    shown = [part.state for part in window.findChildren(Words) if part.isVisible()]
    assert any("other side" in text for text in shown)
    window.state = SMILE
    shown = [part.state for part in window.findChildren(Words) if part.isVisible()]
    assert not any("other side" in text for text in shown)


@pytest.mark.parametrize("size", [(900, 600), (1000, 640), (1280, 800), (1920, 1080)], ids=str)
def test_the_explanation_of_the_mark_stays_in_one_line(qtbot: QtBot, size: tuple[int, int]) -> None:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.resize(*size)
    window.state = replace(SMILE, bars=(replace(SMILE.bars[0], other=0.2),))
    window.show()
    (legend,) = [part for part in window.findChildren(Words) if "other side" in part.state]
    assert legend.height_for(legend.width()) == legend.height_for(10_000)
