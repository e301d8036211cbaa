"""The buttons of a calibration."""

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.commands import Commands
from host.feedback.calibrating.guide_state import guide_state
from host.feedback.calibrating.keys import Act
from tests.host.feedback.calibrating.moments import SWAPPED, WEAK, judged, moment, view


@pytest.fixture
def commands(qtbot: QtBot) -> Commands:
    made = Commands()
    qtbot.addWidget(made)
    made.offers = guide_state(moment(judged(WEAK))).offers
    return made


@pytest.fixture
def asked(commands: Commands) -> list[Act]:
    acts: list[Act] = []
    commands.asked.connect(acts.append)
    return acts


def test_each_button_names_its_key(commands: Commands) -> None:
    labels = [button.text() for button in commands.buttons.values()]
    assert labels == [
        "Go on all the same · Space",
        "Repeat · R",
        "Skip · S",
        "Pause · P",
        "Begin again · B",
    ]
    assert commands.buttons[Act.REPEAT].accessibleName() == "Repeat, key R"


def test_a_click_asks_for_the_act(commands: Commands, asked: list[Act]) -> None:
    commands.buttons[Act.REPEAT].click()
    commands.buttons[Act.GO_ON].click()
    assert asked == [Act.REPEAT, Act.GO_ON]


def test_what_is_not_possible_cannot_be_asked_for(commands: Commands, asked: list[Act]) -> None:
    commands.offers = guide_state(moment(view())).offers
    commands.ask(Act.GO_ON)
    assert asked == []
    assert not commands.buttons[Act.GO_ON].isEnabled()


def test_all_is_forgotten_only_when_it_is_asked_for_twice(
    commands: Commands, asked: list[Act]
) -> None:
    commands.ask(Act.BEGIN_AGAIN)
    assert asked == []
    assert "Forget all?" in commands.buttons[Act.BEGIN_AGAIN].text()
    commands.ask(Act.BEGIN_AGAIN)
    assert asked == [Act.BEGIN_AGAIN]
    assert commands.buttons[Act.BEGIN_AGAIN].text() == "Begin again · B"


def test_after_a_while_or_another_act_it_has_to_be_asked_for_anew(
    qtbot: QtBot, commands: Commands, asked: list[Act]
) -> None:
    commands._sure.setInterval(10)
    commands.ask(Act.BEGIN_AGAIN)
    qtbot.waitUntil(lambda: "Forget all?" not in commands.buttons[Act.BEGIN_AGAIN].text())
    commands._sure.setInterval(10_000)
    commands.ask(Act.BEGIN_AGAIN)
    commands.ask(Act.REPEAT)
    commands.ask(Act.BEGIN_AGAIN)
    assert asked == [Act.REPEAT]


def test_only_what_is_advised_is_outlined(commands: Commands) -> None:
    def advised() -> list[Act]:
        return [act for act, one in commands.buttons.items() if one.property("advised")]

    assert advised() == [Act.REPEAT]
    commands.offers = guide_state(moment(judged(SWAPPED))).offers
    assert advised() == [Act.BEGIN_AGAIN]
