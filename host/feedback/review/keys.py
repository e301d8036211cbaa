"""What each key of the review window means."""

import enum

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

from host.translation import mark


class Act(enum.Enum):
    """Something that a single key asks for."""

    PLAY = enum.auto()
    """Play, or stand still."""
    BACK = enum.auto()
    """To the attempt before."""
    ON = enum.auto()
    """To the next attempt."""
    BEGIN = enum.auto()
    END = enum.auto()
    NOTE = enum.auto()
    MARK = enum.auto()
    RAW = enum.auto()
    WHAT_IF = enum.auto()
    WHOLE = enum.auto()
    """See all of it."""
    ATTEMPT = enum.auto()
    """See the attempt under the cursor."""
    NEARER = enum.auto()
    FARTHER = enum.auto()
    FASTER = enum.auto()
    SLOWER = enum.auto()
    FULL = enum.auto()
    """Fill the screen, or do not."""
    LEAVE = enum.auto()
    """Leave a field, and the full screen."""


IN_SHORT = mark(
    "Space plays · ← → attempts · Z this attempt · wheel zooms · 0 all · M mark · N note"
)

_ACTS: dict[int, Act] = {
    Qt.Key.Key_Space: Act.PLAY,
    Qt.Key.Key_Left: Act.BACK,
    Qt.Key.Key_Right: Act.ON,
    Qt.Key.Key_Home: Act.BEGIN,
    Qt.Key.Key_End: Act.END,
    Qt.Key.Key_N: Act.NOTE,
    Qt.Key.Key_M: Act.MARK,
    Qt.Key.Key_R: Act.RAW,
    Qt.Key.Key_W: Act.WHAT_IF,
    Qt.Key.Key_0: Act.WHOLE,
    Qt.Key.Key_Z: Act.ATTEMPT,
    Qt.Key.Key_Up: Act.NEARER,
    Qt.Key.Key_Down: Act.FARTHER,
    Qt.Key.Key_Plus: Act.FASTER,
    Qt.Key.Key_Minus: Act.SLOWER,
    Qt.Key.Key_F11: Act.FULL,
    Qt.Key.Key_Escape: Act.LEAVE,
}
_WHILE_HELD = {Act.BACK, Act.ON, Act.NEARER, Act.FARTHER, Act.FASTER, Act.SLOWER}
_BESIDE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
"""Some keyboards need Shift for a plus sign; with Ctrl or Alt a key belongs to somebody else."""


def act_of(event: QKeyEvent) -> Act | None:
    """Return what a key asks for; None where it asks for nothing, or is only held down."""
    act = _ACTS.get(event.key())
    if event.modifiers() & ~_BESIDE or (event.isAutoRepeat() and act not in _WHILE_HELD):
        return None
    return act
