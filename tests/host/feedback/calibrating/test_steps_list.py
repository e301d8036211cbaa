"""The list of steps."""

from dataclasses import replace

from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.guide_state import guide_state
from host.feedback.calibrating.steps_list import StepsList
from host.feedback.theme import LIGHT
from tests.host.feedback.calibrating.moments import CHEEK_BOTH, moment, view
from tests.host.feedback.calibrating.windows import click

ROWS = guide_state(moment()).steps


def shown(qtbot: QtBot, height: int = 400) -> StepsList:
    steps = StepsList(LIGHT)
    qtbot.addWidget(steps)
    steps.resize(400, height)
    steps.show_rows(ROWS)
    with qtbot.waitExposed(steps):
        steps.show()
    return steps


def test_rows_say_what_they_are_also_to_a_screen_reader(qtbot: QtBot) -> None:
    steps = shown(qtbot)
    item = steps.item(0)
    assert item is not None
    assert item.text() == "Contact"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Contact: good"
    assert steps.accessibleName() == "Steps"


def test_a_click_chooses_a_step_and_a_second_one_none(qtbot: QtBot) -> None:
    steps = shown(qtbot)
    chosen: list[object] = []
    steps.chose.connect(chosen.append)
    click(steps, 2)
    click(steps, 2)
    assert chosen == [2, None]
    assert not steps.selectedItems()


def test_arrows_go_from_the_current_step_and_stay_in_the_list(qtbot: QtBot) -> None:
    steps = shown(qtbot)
    steps.step_by(-1)
    assert steps.chosen == CHEEK_BOTH
    steps.step_by(-1)
    assert steps.chosen == CHEEK_BOTH - 1
    for _ in range(20):
        steps.step_by(1)
    assert steps.chosen == len(ROWS) - 1


def test_the_current_step_is_in_sight_in_a_low_list_too(qtbot: QtBot) -> None:
    steps = shown(qtbot, height=70)
    item, port = steps.item(CHEEK_BOTH), steps.viewport()
    assert item is not None
    assert port is not None
    assert port.rect().contains(steps.visualItemRect(item))
    steps.show_rows(guide_state(moment(view(0))).steps)
    first = steps.item(0)
    assert first is not None
    assert port.rect().contains(steps.visualItemRect(first))


def test_another_protocol_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    steps = shown(qtbot)
    steps.show_rows(ROWS[:3])
    assert steps.count() == 3
    steps.show_rows((*ROWS[:2], replace(ROWS[2], title="Another")))
    item = steps.item(2)
    assert item is not None
    assert item.text() == "Another"


def test_a_list_without_rows_chooses_nothing(qtbot: QtBot) -> None:
    steps = StepsList(LIGHT)
    qtbot.addWidget(steps)
    steps.step_by(1)
    assert steps.chosen is None
