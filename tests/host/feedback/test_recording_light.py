"""The recording light: full only while what came is on the disk."""

import numpy as np
import pytest
from PyQt6.QtGui import QFont
from pytestqt.qtbot import QtBot

from host.feedback.recording_light import LightState, RecordingLight
from host.feedback.theme import DARK, LIGHT, Theme
from tests.host.feedback.pixels import PaintCounter, near, painted

ON = LightState(words="Recording", on=True)
LATE = LightState(words="Recording lags: the disk is slow.", on=False, wrong=True)
SOON = LightState(words="The disk has room for 4 minutes.", on=True, wrong=True)


def light(qtbot: QtBot, state: LightState, theme: Theme = LIGHT) -> RecordingLight:
    made = RecordingLight(state, theme)
    qtbot.addWidget(made)
    font = QFont(made.font())
    font.setPixelSize(30)
    made.setFont(font)
    made.resize(max(made.wanted_width(), 40), 44)
    return made


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_light_that_is_on_is_a_full_dot(qtbot: QtBot, theme: Theme) -> None:
    dot = near(painted(light(qtbot, ON, theme)), theme.target)
    middle = dot[22, 17]
    assert middle
    # A disc of the letters' quarter as radius.
    assert 150 < dot.sum() < 350


def test_a_light_that_is_off_is_a_ring_in_another_colour(qtbot: QtBot) -> None:
    picture = painted(light(qtbot, LATE))
    assert not near(picture, LIGHT.target).any()
    ring = near(picture, LIGHT.over)
    assert ring.any()
    assert not ring[22, 17]


def test_a_warning_while_it_still_records_is_a_full_dot_that_warns(qtbot: QtBot) -> None:
    picture = painted(light(qtbot, SOON))
    assert near(picture, LIGHT.over)[22, 17]
    assert near(picture, LIGHT.ink).any()


def test_without_words_there_is_no_light(qtbot: QtBot) -> None:
    made = light(qtbot, LightState(on=True))
    assert made.wanted_width() == 0
    assert near(painted(made), LIGHT.background, 0).all()


def test_it_says_its_words_and_is_as_wide_as_they_are(qtbot: QtBot) -> None:
    made = light(qtbot, ON)
    assert made.accessibleName() == "Recording"
    ink = near(painted(made), LIGHT.faint, 40)
    columns = np.flatnonzero(ink.any(axis=0))
    assert made.width() - 14 < columns[-1] < made.width()
    made.state = LATE
    assert made.accessibleName() == LATE.words
    assert made.wanted_width() > made.width()


def test_nothing_flashes_and_an_equal_state_paints_nothing(qtbot: QtBot) -> None:
    made = light(qtbot, ON)
    with qtbot.waitExposed(made):
        made.show()
    counter = PaintCounter(made)
    made.state = LightState(words="Recording", on=True)
    qtbot.wait(30)
    assert counter.count == 0
    made.state = LATE
    qtbot.waitUntil(lambda: counter.count == 1)
