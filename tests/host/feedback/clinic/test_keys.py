"""One table of keys: none means two things, and typed text stays text."""

from collections import Counter

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from host.feedback.clinic.keys import EVERYWHERE, KEYS, Act, Pressed, key_of, pressed, pressed_in
from host.feedback.clinic.keys_sheet import lines

NONE, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def event(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, held: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", held)


def test_no_key_means_two_things() -> None:
    used = Counter((code, key.control) for key in KEYS for code in key.codes)
    assert [code for code, times in used.items() if times > 1] == []


def test_every_act_has_one_line_with_words() -> None:
    assert sorted(key.act.name for key in KEYS) == sorted(act.name for act in Act)
    assert all(key.words and key.shown for key in KEYS)


@pytest.mark.parametrize(
    ("key", "act"),
    [
        (Qt.Key.Key_Space, Act.START_STOP),
        (Qt.Key.Key_N, Act.NEXT),
        (Qt.Key.Key_PageDown, Act.NEXT),
        (Qt.Key.Key_T, Act.TOUCH),
        (Qt.Key.Key_M, Act.MARK),
        (Qt.Key.Key_H, Act.HIDE_BARS),
        (Qt.Key.Key_Escape, Act.QUIET),
        (Qt.Key.Key_F1, Act.HELP),
        (Qt.Key.Key_Question, Act.HELP),
    ],
)
def test_what_a_foot_pedal_types_is_one_key_without_a_modifier(key: Qt.Key, act: Act) -> None:
    assert pressed_in(event(key)) == Pressed(act=act)


def test_digits_choose_by_number_and_go_to_a_step_with_control() -> None:
    assert pressed_in(event(Qt.Key.Key_3)) == Pressed(act=Act.NUMBER, number=3)
    assert pressed_in(event(Qt.Key.Key_3, CONTROL)) == Pressed(act=Act.STEP, number=3)
    assert pressed_in(event(Qt.Key.Key_9, CONTROL)) is None


def test_a_key_with_alt_or_control_belongs_to_somebody_else() -> None:
    assert pressed_in(event(Qt.Key.Key_M, ALT)) is None
    assert pressed_in(event(Qt.Key.Key_M, CONTROL)) is None


def test_a_pedal_that_is_kept_down_asks_once() -> None:
    assert pressed_in(event(Qt.Key.Key_Space, held=True)) is None
    assert pressed_in(event(Qt.Key.Key_Down, held=True)) == Pressed(act=Act.DOWN)


def test_an_unknown_key_asks_for_nothing() -> None:
    assert pressed(Qt.Key.Key_Q) is None


def test_the_sheet_shows_the_keys_of_the_page_in_its_own_words_and_those_of_all_pages() -> None:
    shown = dict(lines({Act.START_STOP: "Begin the bout", Act.MARK: ""}))
    assert shown["Space"] == "Begin the bout"
    assert shown["M"] == key_of(Act.MARK).words
    assert "T" not in shown
    assert len(shown) == 2 + len(EVERYWHERE)
