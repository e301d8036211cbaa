"""What each key of the review window means."""

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from host.feedback.review.keys import Act, act_of

pytestmark = pytest.mark.usefixtures("qtbot")
NONE = Qt.KeyboardModifier.NoModifier


def act(key: int, modifier: Qt.KeyboardModifier = NONE, *, held: bool = False) -> Act | None:
    return act_of(QKeyEvent(QEvent.Type.KeyPress, key, modifier, "", held))


def test_keys_have_their_acts() -> None:
    assert act(Qt.Key.Key_Space) is Act.PLAY
    assert act(Qt.Key.Key_Left) is Act.BACK
    assert act(Qt.Key.Key_Right) is Act.ON
    assert act(Qt.Key.Key_M) is Act.MARK
    assert act(Qt.Key.Key_Q) is None


def test_keys_that_qt_has_no_name_for_mean_nothing() -> None:
    assert act(0) is None
    assert act(0x0BADBEEF) is None


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.MetaModifier,
    ],
)
def test_with_ctrl_or_alt_a_key_belongs_to_somebody_else(modifier: Qt.KeyboardModifier) -> None:
    assert act(Qt.Key.Key_W, modifier) is None
    assert act(Qt.Key.Key_M, modifier) is None


def test_a_plus_may_need_shift_and_the_number_pad_is_one_too() -> None:
    assert act(Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier) is Act.FASTER
    assert act(Qt.Key.Key_0, Qt.KeyboardModifier.KeypadModifier) is Act.WHOLE


def test_a_key_that_is_held_down_steps_on_but_toggles_nothing() -> None:
    assert act(Qt.Key.Key_Right, held=True) is Act.ON
    assert act(Qt.Key.Key_Up, held=True) is Act.NEARER
    for key in (Qt.Key.Key_Space, Qt.Key.Key_M, Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_N):
        assert act(key, held=True) is None
