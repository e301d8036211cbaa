"""The target's corridor: a lane, a ceiling, and one word (P8)."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from host.feedback.bar_state import TargetState
from host.feedback.corridor import Corridor
from host.feedback.lettering import sized
from host.feedback.theme import LIGHT
from tests.host.feedback.pixels import PaintCounter, near, on_screen, painted
from tests.host.feedback.screens import target


def shown(qtbot: QtBot, state: TargetState) -> Corridor:
    widget = Corridor(state, LIGHT)
    qtbot.addWidget(widget)
    widget.setFont(sized(widget.font(), 24))
    widget.resize(140, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize("fill", [0.0, 0.35, 0.8])
def test_the_ball_stands_at_its_level(qtbot: QtBot, fill: float) -> None:
    widget = shown(qtbot, target(fill))
    top = int(near(painted(widget), LIGHT.target).any(axis=1).argmax())
    assert top == pytest.approx(widget.track().y(fill), abs=2)


def test_the_ceiling_is_drawn_over_whatever_passes_it_p8(qtbot: QtBot) -> None:
    widget = shown(qtbot, target(0.9, softer=True))
    ceiling = near(painted(widget), LIGHT.ink)[round(widget.track().y(0.5))]
    assert ceiling.sum() > widget.track().rect.width()


def test_above_the_ceiling_stands_one_word_and_no_alarm_p8(qtbot: QtBot) -> None:
    gentle, strong = shown(qtbot, target(0.9)), shown(qtbot, target(0.9, softer=True))
    rows = np.flatnonzero((painted(gentle) != painted(strong)).any(axis=(1, 2)))
    assert rows.max() < strong.track().rect.top()
    assert not near(painted(strong), LIGHT.over, 30).any()
    assert strong.accessibleName() == "Cheek: softer"


def test_without_a_signal_there_is_no_ball_and_no_lane(qtbot: QtBot) -> None:
    widget = shown(qtbot, target(None))
    assert not near(painted(widget), LIGHT.target, 24).any()
    assert widget.accessibleName() == "Cheek: no signal"


def test_painting_only_what_changed_leaves_nothing_behind(qtbot: QtBot) -> None:
    widget = shown(qtbot, target(0.2))
    counter = PaintCounter(widget)
    for number, fill in enumerate(np.random.default_rng(6).uniform(0.0, 1.0, 24)):
        counter.count = 0
        widget.state = target(None if number % 7 == 3 else float(fill), softer=fill > 0.8)
        qtbot.waitUntil(lambda: counter.count > 0)
    np.testing.assert_array_equal(on_screen(widget), painted(widget))
