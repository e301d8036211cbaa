"""One table of all keys: what a single key, or a foot pedal that types it, asks for."""

import enum
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

from host.translation import mark

K = Qt.Key


class Act(enum.Enum):
    """Something that a key asks for; a page names those that it understands."""

    HELP = enum.auto()
    ROOM = enum.auto()
    """Bring the patient's window back."""
    FULL = enum.auto()
    LOOK = enum.auto()
    """Light or dark."""
    STEP = enum.auto()
    """To the n-th step of the rail."""
    QUIET = enum.auto()
    """At once: no sound, no bars, a calm screen. Where there is nothing to quieten: leave."""
    START_STOP = enum.auto()
    NEXT = enum.auto()
    TOUCH = enum.auto()
    MARK = enum.auto()
    NOTE = enum.auto()
    HIDE_BARS = enum.auto()
    REPEAT = enum.auto()
    SKIP = enum.auto()
    PAUSE = enum.auto()
    BEGIN_AGAIN = enum.auto()
    LINES = enum.auto()
    RAW = enum.auto()
    ACCEPT = enum.auto()
    UP = enum.auto()
    DOWN = enum.auto()
    LEFT = enum.auto()
    RIGHT = enum.auto()
    NUMBER = enum.auto()
    """A digit from 1 to 9: the n-th thing on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One line of the table."""

    act: Act
    codes: tuple[int, ...]
    """Each of these keys means it; with digits, the n-th code has the number n."""
    shown: str
    """What the overlay and the buttons call the key."""
    words: str
    """What it does, unless a page words it for itself."""
    held: bool = False
    """Whether it goes on while it is held down."""
    control: bool = False
    """With the control key; on a Mac Qt means the command key by it."""


EVERYWHERE = (Act.HELP, Act.ROOM, Act.LOOK, Act.FULL, Act.STEP)
"""Understood by the window itself, whatever page is open."""
_DIGITS = (K.Key_1, K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_6, K.Key_7, K.Key_8, K.Key_9)

KEYS = (
    Key(act=Act.START_STOP, codes=(K.Key_Space,), shown="Space", words=mark("Start, or stop")),
    # Most pedals and presenters type a page key for "on".
    Key(act=Act.NEXT, codes=(K.Key_N, K.Key_PageDown), shown="N", words=mark("Next")),
    Key(act=Act.TOUCH, codes=(K.Key_T,), shown="T", words=mark("Mark a touch")),
    Key(act=Act.MARK, codes=(K.Key_M,), shown="M", words=mark("Mark this moment")),
    Key(act=Act.NOTE, codes=(K.Key_W,), shown="W", words=mark("Write a note")),
    Key(act=Act.HIDE_BARS, codes=(K.Key_H,), shown="H", words=mark("Hide or show the bars")),
    Key(act=Act.QUIET, codes=(K.Key_Escape,), shown="Esc", words=mark("Quiet, at once")),
    Key(act=Act.REPEAT, codes=(K.Key_R,), shown="R", words=mark("Repeat")),
    Key(act=Act.SKIP, codes=(K.Key_S,), shown="S", words=mark("Leave out")),
    Key(act=Act.PAUSE, codes=(K.Key_P,), shown="P", words=mark("Pause")),
    Key(act=Act.BEGIN_AGAIN, codes=(K.Key_B,), shown="B", words=mark("Begin again")),
    Key(act=Act.LINES, codes=(K.Key_L,), shown="L", words=mark("Lines, and back")),
    Key(act=Act.RAW, codes=(K.Key_V,), shown="V", words=mark("Raw signal, and back")),
    Key(act=Act.ACCEPT, codes=(K.Key_Return, K.Key_Enter), shown="Enter", words=mark("Accept")),
    Key(act=Act.UP, codes=(K.Key_Up,), shown="↑", words=mark("Up"), held=True),
    Key(act=Act.DOWN, codes=(K.Key_Down,), shown="↓", words=mark("Down"), held=True),
    Key(act=Act.LEFT, codes=(K.Key_Left,), shown="←", words=mark("Back"), held=True),
    Key(act=Act.RIGHT, codes=(K.Key_Right,), shown="→", words=mark("On"), held=True),
    Key(act=Act.NUMBER, codes=_DIGITS, shown="1–9", words=mark("Choose by number")),
    Key(
        act=Act.STEP,
        codes=_DIGITS[:7],
        shown="Ctrl 1–7",
        words=mark("Go to a step"),
        control=True,
    ),
    Key(act=Act.ROOM, codes=(K.Key_F2,), shown="F2", words=mark("Bring the patient's window back")),
    Key(act=Act.LOOK, codes=(K.Key_F3,), shown="F3", words=mark("Light or dark")),
    Key(act=Act.FULL, codes=(K.Key_F11,), shown="F11", words=mark("Fill the screen, or do not")),
    Key(
        act=Act.HELP,
        codes=(K.Key_F1, K.Key_Question),
        shown=mark("F1 or ?"),
        words=mark("These keys"),
    ),
)
_BESIDE = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
"""A question mark needs Shift on some keyboards; with Alt a key is somebody else's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A key that was pressed, as what it asks for."""

    act: Act
    number: int = 0
    """From 1, where the act has one."""


def key_of(act: Act) -> Key:
    """Return the line of an act."""
    return next(key for key in KEYS if key.act is act)


def pressed(code: int, *, control: bool = False, repeated: bool = False) -> Pressed | None:
    """Return what a key asks for; None where it asks for nothing, or is only held down."""
    for key in KEYS:
        if code in key.codes and key.control == control:
            if repeated and not key.held:
                return None
            numbered = key.act in (Act.NUMBER, Act.STEP)
            return Pressed(act=key.act, number=key.codes.index(code) + 1 if numbered else 0)
    return None


def pressed_in(event: QKeyEvent) -> Pressed | None:
    """Return what a key event asks for."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    others = event.modifiers() & ~(_BESIDE | Qt.KeyboardModifier.ControlModifier)
    if others != Qt.KeyboardModifier.NoModifier:
        return None
    return pressed(event.key(), control=control, repeated=event.isAutoRepeat())
