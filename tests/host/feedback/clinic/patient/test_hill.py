"""The slow shape on the screen: only the strip that the ball has crossed is painted."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from host.feedback.clinic.patient.hill import Hill
from host.feedback.clinic.patient.loop import Leg, LoopState
from host.feedback.theme import LIGHT
from tests.host.feedback.pixels import PaintCounter, near, on_screen, painted


@pytest.fixture
def hill(qtbot: QtBot) -> Hill:
    made = Hill(LIGHT)
    qtbot.addWidget(made)
    made.resize(600, 160)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_p10_on_its_whole_way_the_ball_leaves_nothing_behind(qtbot: QtBot, hill: Hill) -> None:
    counter = PaintCounter(hill)
    for leg in (Leg.RISE, Leg.HOLD, Leg.RELEASE, Leg.REST):
        for share in np.linspace(0.02, 1.0, 9):
            counter.count = 0
            hill.state = LoopState(leg=leg, share=float(share))
            qtbot.waitUntil(lambda: counter.count > 0)
        np.testing.assert_array_equal(on_screen(hill), painted(hill))


def test_the_line_is_drawn_as_far_as_the_ball_has_come(hill: Hill) -> None:
    hill.state = LoopState(leg=Leg.HOLD, share=0.5)
    drawn = np.flatnonzero(near(painted(hill), LIGHT.target).any(axis=0))
    ball = hill.place(hill.state.place).x() + hill.radius
    assert len(drawn) > 0.75 * ball
    assert drawn.max() < ball + 3


def test_in_another_size_it_is_measured_anew(hill: Hill) -> None:
    hill.state = LoopState(leg=Leg.HOLD, share=1.0)
    before = np.flatnonzero(near(painted(hill), LIGHT.target).any(axis=0)).max()
    hill.resize(300, 160)
    after = np.flatnonzero(near(painted(hill), LIGHT.target).any(axis=0)).max()
    assert after < 0.6 * before
