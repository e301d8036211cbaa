"""What each key of the calibration page means."""

import enum

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent


class Act(enum.Enum):
    """Something that a single key asks for."""

    GO_ON = enum.auto()
    REPEAT = enum.auto()
    SKIP = enum.auto()
    PAUSE = enum.auto()
    BEGIN_AGAIN = enum.auto()
    UP = enum.auto()
    """Choose the step above."""
    DOWN = enum.auto()
    LINES = enum.auto()
    """At the end: from the numbers to the lines, and back."""
    FULL = enum.auto()
    """Fill the screen, or do not."""
    LEAVE = enum.auto()
    """Choose no step, and leave the full screen."""


_ACTS: dict[int, Act] = {
    Qt.Key.Key_Space: Act.GO_ON,
    Qt.Key.Key_Return: Act.GO_ON,
    Qt.Key.Key_Enter: Act.GO_ON,
    Qt.Key.Key_R: Act.REPEAT,
    Qt.Key.Key_S: Act.SKIP,
    Qt.Key.Key_P: Act.PAUSE,
    Qt.Key.Key_B: Act.BEGIN_AGAIN,
    Qt.Key.Key_Up: Act.UP,
    Qt.Key.Key_Down: Act.DOWN,
    Qt.Key.Key_L: Act.LINES,
    Qt.Key.Key_F11: Act.FULL,
    Qt.Key.Key_Escape: Act.LEAVE,
}
_WHILE_HELD = {Act.UP, Act.DOWN}
_NUMBER_PAD = Qt.KeyboardModifier.KeypadModifier
"""With any other modifier a key belongs to somebody else."""


def act_of(event: QKeyEvent) -> Act | None:
    """Return what a key asks for; None where it asks for nothing, or is only held down."""
    act = _ACTS.get(event.key())
    if event.modifiers() & ~_NUMBER_PAD or (event.isAutoRepeat() and act not in _WHILE_HELD):
        return None
    return act
