"""The ball on its hills, in pixels."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.pace import PaceState, pace_state
from host.feedback.calibrating.pacer import Pacer
from host.feedback.theme import DARK, LIGHT, Theme
from tests.host.feedback.calibrating.moments import CHEEK_BOTH, REST, STEPS, view
from tests.host.feedback.pixels import PaintCounter, near, on_screen, painted


def shown(qtbot: QtBot, state: PaceState, theme: Theme = LIGHT) -> Pacer:
    pacer = Pacer(theme)
    qtbot.addWidget(pacer)
    pacer.resize(800, 180)
    pacer.state = state
    with qtbot.waitExposed(pacer):
        pacer.show()
    return pacer


def at(share: float, number: int = CHEEK_BOTH) -> PaceState:
    return pace_state(replace(view(number), step_progress=share), STEPS[number])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ball_stands_where_the_time_is(qtbot: QtBot, theme: Theme) -> None:
    for share in (0.1, 0.5, 0.9):
        pacer = shown(qtbot, at(share), theme)
        columns = np.flatnonzero(near(painted(pacer), theme.target).sum(axis=0) > pacer.radius)
        assert columns.mean() == pytest.approx(pacer.place(pacer.state).x(), abs=4.0)


def test_the_ball_is_higher_in_a_hold_than_at_rest(qtbot: QtBot) -> None:
    pacer = shown(qtbot, at(0.0))
    down = pacer.place(at(0.0)).y()
    hold = (STEPS[CHEEK_BOTH].prepare_s + 2.0) / STEPS[CHEEK_BOTH].seconds
    assert pacer.place(at(hold)).y() < down - 0.3 * pacer.height()
    assert pacer.place(at(0.5, REST)).y() == pytest.approx(down)


def test_ball_and_hills_stay_inside(qtbot: QtBot) -> None:
    for share in (0.0, 0.3, 1.0):
        pacer = shown(qtbot, at(share))
        picture = painted(pacer)
        frame = np.ones(picture.shape[:2], dtype=np.bool_)
        frame[1:-1, 1:-1] = False
        frame[-8:, :] = False
        assert not near(picture, LIGHT.target)[frame].any()


def test_a_moving_ball_leaves_nothing_behind(qtbot: QtBot) -> None:
    pacer = shown(qtbot, at(0.2))
    for share in (0.25, 0.3, 0.33):
        pacer.state = at(share)
        qtbot.wait(20)
    np.testing.assert_array_equal(on_screen(pacer), painted(pacer))


def test_an_equal_state_paints_nothing(qtbot: QtBot) -> None:
    pacer = shown(qtbot, at(0.2))
    counter = PaintCounter(pacer)
    pacer.state = at(0.2)
    qtbot.wait(30)
    assert counter.count == 0


def test_without_a_step_there_is_neither_a_ball_nor_a_line_to_follow(qtbot: QtBot) -> None:
    assert near(painted(shown(qtbot, PaceState())), LIGHT.background).all()
