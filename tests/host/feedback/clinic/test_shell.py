"""The therapist's window: steps, keys, questions, the patient's window, and its end."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont, QGuiApplication
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.shell import Shell
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import Other, Plain, appointment, clinic, press


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Shell:
    """Return a window with two steps, whose appointment has begun."""
    where = clinic(tmp_path)
    window = Shell(where, Plain, {Step.PATIENT: Other, Step.PLAN: Plain}, "light")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.renew(appointment(where))
    window.go(Step.PLAN)
    return window


def page(shell: Shell) -> Plain:
    assert isinstance(shell.page, Plain)
    return shell.page


def waited(event: threading.Event) -> None:
    event.wait(10.0)


def quiet(shell: Shell) -> bool:
    return shell.room.quiet


def heard(shell: Shell) -> list[Act]:
    return [one.act for one in page(shell).heard]


def test_the_rail_shows_only_steps_that_there_are(shell: Shell) -> None:
    assert list(shell.rail.buttons) == [Step.PATIENT, Step.PLAN]
    assert shell.rail.isVisible()


def test_the_start_page_has_no_rail(qtbot: QtBot, shell: Shell) -> None:
    shell.go_home()
    assert not shell.rail.isVisible()
    assert shell.appointment.patient is None


def test_a_step_that_is_not_possible_stays_closed_and_says_why(shell: Shell) -> None:
    before = shell.page
    shell.renew(replace(shell.appointment, patient=None, plan=None))
    shell.go(Step.PATIENT)
    shell.go(Step.PLAN)
    assert isinstance(shell.page, Other)
    assert shell.page is not before
    assert shell.foot.text() == "Choose a patient first."


def test_control_and_a_digit_go_to_a_step(shell: Shell) -> None:
    press(shell, Qt.Key.Key_1, control=True)
    assert page(shell).step is Step.PATIENT
    press(shell, Qt.Key.Key_7, control=True)
    assert page(shell).step is Step.PATIENT


def test_a_page_hears_its_own_keys_and_no_others(shell: Shell) -> None:
    press(shell, Qt.Key.Key_Space)
    press(shell, Qt.Key.Key_M)
    press(shell, Qt.Key.Key_T)
    assert heard(shell) == [Act.START_STOP, Act.MARK]


def test_letters_in_a_field_are_text_and_no_keys(shell: Shell) -> None:
    page(shell).field.setFocus()
    press(shell, Qt.Key.Key_M, text="m t n ?")
    assert page(shell).field.text() == "m t n ?"
    assert heard(shell) == []
    assert shell.overlay.isHidden()


def test_esc_in_a_field_quietens_where_there_is_something_to_quieten(shell: Shell) -> None:
    page(shell).field.setFocus()
    press(shell, Qt.Key.Key_Escape)
    assert heard(shell) == [Act.QUIET]
    assert quiet(shell)


def test_quiet_shows_a_calm_room_until_space_which_starts_nothing(shell: Shell) -> None:
    press(shell, Qt.Key.Key_Escape)
    assert shell.room.words == "Rest now. There is nothing to do."
    press(shell, Qt.Key.Key_Escape)
    assert quiet(shell)
    press(shell, Qt.Key.Key_Space)
    assert not quiet(shell)
    assert heard(shell) == [Act.QUIET, Act.QUIET]
    press(shell, Qt.Key.Key_Space)
    assert heard(shell)[-1] is Act.START_STOP


def test_keys_are_shown_over_the_page_and_go_away_again(shell: Shell) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Question):
        press(shell, key)
        assert shell.overlay.isVisible()
        words = [one.text() for one in shell.overlay.findChildren(QLabel) if one.isVisible()]
        assert "Begin" in words
        press(shell, Qt.Key.Key_M)
        press(shell, Qt.Key.Key_Escape)
        assert shell.overlay.isHidden()
    assert heard(shell) == []


def test_a_page_that_holds_is_left_only_after_a_yes(shell: Shell) -> None:
    plan = page(shell)
    plan.held = "A bout is running."
    shell.go(Step.PATIENT)
    assert shell.overlay.title == "A bout is running."
    press(shell, Qt.Key.Key_Escape)
    assert shell.page is plan
    shell.go(Step.PATIENT)
    press(shell, Qt.Key.Key_Right)
    press(shell, Qt.Key.Key_Return)
    assert page(shell).step is Step.PATIENT
    assert plan.left == 1


def test_enter_stays_where_one_is_for_leaving_is_never_pressed_by_mistake(shell: Shell) -> None:
    page(shell).held = "A bout is running."
    shell.close()
    press(shell, Qt.Key.Key_Return)
    assert shell.isVisible()
    assert page(shell).left == 0


def test_closing_the_window_while_recording_ends_the_session_properly_first(
    qtbot: QtBot, shell: Shell
) -> None:
    let_go, plan = threading.Event(), page(shell)
    plan.held, plan.closing = "A session is being recorded.", lambda: waited(let_go)
    assert not shell.close()
    assert shell.isVisible()
    assert shell.overlay.buttons[1].text() == "Close the program"
    shell.overlay.buttons[1].click()
    assert shell.isVisible()
    assert shell.journey.waiting
    let_go.set()
    qtbot.waitUntil(lambda: not shell.isVisible())
    assert plan.left == 1


def test_a_window_that_holds_nothing_closes_at_once_and_takes_the_patients_with_it(
    shell: Shell,
) -> None:
    shell.close()
    assert not shell.isVisible()
    assert not shell.room.isVisible()


def test_a_changed_appointment_reaches_rail_and_page(shell: Shell) -> None:
    shell.renew(replace(shell.appointment, therapist="T08"))
    assert page(shell).followed[-1].therapist == "T08"
    assert shell.rail.who.text() == "P01"


def test_the_patients_window_that_somebody_closed_can_be_brought_back(
    qtbot: QtBot, shell: Shell
) -> None:
    part = QLabel("Smile")
    other = page(shell)
    other.part = part
    shell.go(Step.PATIENT)
    shell.go(Step.PLAN)
    assert shell.room.part is part
    assert part.isVisible()
    shell.room.close()
    assert not part.isVisible()
    assert "F2" in shell.foot.text()
    press(shell, Qt.Key.Key_F2)
    assert part.isVisible()
    assert shell.foot.text() == ""
    assert shell.room.part is part


def test_a_page_without_a_patients_part_leaves_the_calm_room(shell: Shell) -> None:
    assert shell.room.part is None
    assert shell.room.words == "Welcome. There is nothing to do yet."


def test_keys_in_the_patients_window_mean_the_same(shell: Shell) -> None:
    press(shell.room, Qt.Key.Key_Space)
    assert heard(shell) == [Act.START_STOP]


def test_letters_grow_with_the_window_and_with_the_systems_font(shell: Shell) -> None:
    usual = shell.px
    shell.resize(1920, 1080)
    assert shell.px > usual
    shell.resize(1280, 800)
    assert shell.px == usual
    before = QGuiApplication.font()
    larger = QFont(before)
    larger.setPixelSize(20)
    try:
        QGuiApplication.setFont(larger)
        shell.redress()
        assert shell.px > usual
    finally:
        QGuiApplication.setFont(before)


def test_the_scheme_changes_all_colours(shell: Shell) -> None:
    light = shell.theme
    shell.scheme = "dark"
    assert shell.theme != light
    assert shell.theme.ink in shell.styleSheet()


def test_buttons_on_the_rail_say_how_their_step_stands(shell: Shell) -> None:
    button = shell.rail.buttons[Step.PATIENT]
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Patient, done"
    button.click()
    assert page(shell).step is Step.PATIENT


def test_a_number_reaches_the_page_with_its_digit(shell: Shell) -> None:
    plan = page(shell)
    plan.acts = {**plan.acts, Act.NUMBER: ""}  # type: ignore[misc]  # of this page alone
    press(shell, Qt.Key.Key_4)
    assert plan.heard == [Pressed(act=Act.NUMBER, number=4)]
