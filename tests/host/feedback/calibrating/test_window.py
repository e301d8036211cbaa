"""The calibration window: keys, clicks and what they ask for."""

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.calibrating.window import CalibrationWindow
from host.feedback.theme import LIGHT
from tests.host.feedback.calibrating.moments import (
    CHEEK_BOTH,
    REST,
    SILENT,
    WEAK,
    done,
    flawed,
    judged,
    moment,
    view,
)
from tests.host.feedback.calibrating.profiles import profile
from tests.host.feedback.calibrating.windows import click, press, shown
from tests.host.feedback.pixels import PaintCounter, near, painted

ENDED = replace(moment(done()), concluded=Concluded(profile=profile()))


@pytest.fixture
def window(qtbot: QtBot) -> CalibrationWindow:
    return shown(qtbot, moment(judged(WEAK)))


@pytest.fixture
def asked(window: CalibrationWindow) -> list[object]:
    """Return what the window has asked for."""
    acts: list[object] = []
    window.went_on.connect(lambda: acts.append("go on"))
    window.paused.connect(lambda: acts.append("pause"))
    window.began_again.connect(lambda: acts.append("begin again"))
    window.repeated.connect(lambda step: acts.append(("repeat", step)))
    window.skipped.connect(lambda step: acts.append(("skip", step)))
    return acts


def test_each_command_has_one_key(
    qtbot: QtBot, window: CalibrationWindow, asked: list[object]
) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_R, Qt.Key.Key_S):
        press(window, key)
    assert asked == ["go on", "go on", ("repeat", CHEEK_BOTH), ("skip", CHEEK_BOTH)]
    window.show_moment(moment())
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_P)
    assert asked[4:] == ["pause"]
    press(window, Qt.Key.Key_B)
    press(window, Qt.Key.Key_B)
    assert asked[5:] == ["begin again"]


def test_a_click_on_a_step_and_r_repeats_that_step(
    qtbot: QtBot, window: CalibrationWindow, asked: list[object]
) -> None:
    steps = window.guide.steps
    click(steps, REST)
    labels = [button.text() for button in window.guide.commands.buttons.values()]
    assert "Repeat chosen · R" in labels
    press(window, Qt.Key.Key_R)
    assert asked == [("repeat", REST)]
    assert steps.chosen is None


def test_arrows_choose_a_step_and_escape_chooses_none(
    qtbot: QtBot, window: CalibrationWindow, asked: list[object]
) -> None:
    press(window, Qt.Key.Key_Up)
    press(window, Qt.Key.Key_Up)
    chosen = [window.guide.steps.chosen]
    press(window, Qt.Key.Key_Escape)
    chosen.append(window.guide.steps.chosen)
    assert chosen == [CHEEK_BOTH - 1, None]
    press(window, Qt.Key.Key_S)
    assert asked == [("skip", CHEEK_BOTH)]


def test_keys_reach_the_window_when_the_list_has_the_focus(
    qtbot: QtBot, window: CalibrationWindow, asked: list[object]
) -> None:
    window.guide.steps.setFocus()
    press(window.guide.steps, Qt.Key.Key_R)
    press(window.guide.steps, Qt.Key.Key_Space)
    assert asked == [("repeat", CHEEK_BOTH), "go on"]


def test_no_button_has_the_space_bar_from_the_start(window: CalibrationWindow) -> None:
    assert window.focusWidget() is None or window.focusWidget() is window


def test_before_there_is_anything_no_key_asks_for_anything(qtbot: QtBot) -> None:
    window = shown(qtbot, Moment())
    acts: list[object] = []
    for signal in (window.went_on, window.paused, window.began_again, window.repeated):
        signal.connect(lambda *_said: acts.append("asked"))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_B):
        press(window, key)
    press(window, Qt.Key.Key_B)
    assert acts == []


def test_an_equal_moment_paints_nothing(qtbot: QtBot) -> None:
    window = shown(qtbot, moment())
    counter = PaintCounter(window)
    window.show_moment(moment())
    qtbot.wait(30)
    assert counter.count == 0


def test_while_no_samples_come_a_sentence_stands_in_place_of_the_prompt(qtbot: QtBot) -> None:
    window = shown(qtbot, replace(moment(), link=SILENT))
    assert window.patient.interruption.isVisible()
    assert SILENT.message not in window.patient.interruption.accessibleName()
    assert SILENT.message in window.guide.findings.accessibleName()
    assert window.guide.findings.height() >= window.guide.findings.heightForWidth(
        window.guide.findings.width()
    )
    assert not near(painted(window.patient), LIGHT.target).any()
    window.show_moment(moment())
    assert not window.patient.interruption.isVisible()
    assert window.patient.prompt.state == "Smile gently, lips closed"


def test_findings_stand_above_the_steps_with_their_advice(window: CalibrationWindow) -> None:
    label = window.guide.findings
    assert label.isVisible()
    assert WEAK.advice in label.text()
    assert label.accessibleName() == f"{WEAK.sentence} {WEAK.advice}"
    window.show_moment(moment())
    assert not label.isVisible()


def test_the_end_takes_the_place_of_the_prompt_and_repeating_brings_it_back(
    qtbot: QtBot, window: CalibrationWindow
) -> None:
    window.show_moment(ENDED)
    assert window.result.isVisible()
    assert not window.patient.isVisible()
    press(window, Qt.Key.Key_L)
    assert window.result.lines.isVisible()
    press(window, Qt.Key.Key_L)
    assert window.result.numbers.isVisible()
    window.show_moment(moment())
    assert window.patient.isVisible()
    assert not window.result.isVisible()


def test_f11_fills_the_screen_and_escape_leaves_it(qtbot: QtBot, window: CalibrationWindow) -> None:
    press(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


@pytest.mark.parametrize(
    "state",
    [moment(), moment(judged(WEAK)), moment(replace(view(), channels=flawed(2))), ENDED],
    ids=["hold", "finding", "loose", "end"],
)
def test_everything_that_is_seen_has_a_name_for_screen_readers(qtbot: QtBot, state: Moment) -> None:
    window = shown(qtbot, state)
    leaves = [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and not part.findChildren(QWidget)
    ]
    assert len(leaves) > 10
    for part in leaves:
        words = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
        named = part.accessibleName() or words or _empty(part)
        assert named, f"{part} {part.objectName()} has no name"


def _empty(part: QWidget) -> bool:
    """Tell whether a part shows nothing, or belongs to a named one."""
    state = getattr(part, "state", None)
    parent = part.parentWidget()
    return state == "" or (parent is not None and bool(parent.accessibleName()))


def test_the_therapists_page_says_that_its_face_is_a_mirror(window: CalibrationWindow) -> None:
    assert window.patient.face.accessibleName().startswith("Face, as in a mirror")
