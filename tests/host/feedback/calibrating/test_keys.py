"""What each key of the calibration page means."""

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from host.feedback.calibrating.keys import Act, act_of

pytestmark = pytest.mark.usefixtures("qtbot")
NONE = Qt.KeyboardModifier.NoModifier


def act(key: int, modifier: Qt.KeyboardModifier = NONE, *, held: bool = False) -> Act | None:
    return act_of(QKeyEvent(QEvent.Type.KeyPress, key, modifier, "", held))


def test_keys_have_their_acts() -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        assert act(key) is Act.GO_ON
    assert act(Qt.Key.Key_R) is Act.REPEAT
    assert act(Qt.Key.Key_S) is Act.SKIP
    assert act(Qt.Key.Key_P) is Act.PAUSE
    assert act(Qt.Key.Key_B) is Act.BEGIN_AGAIN
    assert act(Qt.Key.Key_Q) is None


def test_with_ctrl_or_alt_a_key_belongs_to_somebody_else() -> None:
    assert act(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier) is None
    assert act(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier) is None


def test_enter_on_the_number_pad_is_one_too() -> None:
    assert act(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier) is Act.GO_ON


def test_a_key_that_is_held_down_does_its_act_once() -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_P, Qt.Key.Key_B):
        assert act(key, held=True) is None
    assert act(Qt.Key.Key_Down, held=True) is Act.DOWN
