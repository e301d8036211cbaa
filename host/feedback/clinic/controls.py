"""Buttons, labels and cards that all pages make alike: with names, and with keys that stay keys."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from host.feedback.clinic.keys import Act, key_of
from host.feedback.clinic.scrolling import Scrolled
from host.translation import tr


def button(words: str, then: Callable[[], object], act: Act | None = None) -> QPushButton:
    """Return a button; with an act, its key stands on it.

    Tab reaches it, a click does not take the keys from the page.
    """
    made = QPushButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda _on: then())
    name_button(made, words, act)
    return made


def name_button(made: QPushButton, words: str, act: Act | None = None) -> None:
    """Write on a button."""
    shown = "" if act is None else tr(key_of(act).shown)
    # A mnemonic is another key than the one on the button.
    plain = words.replace("&", "&&")
    made.setText(f"{plain} · {shown}" if shown else plain)
    made.setAccessibleName(f"{words}, {tr('key')} {shown}" if shown else words)


def advise(made: QPushButton, *, on: bool) -> None:
    """Show a button as what comes next."""
    if made.property("advised") != on:
        made.setProperty("advised", on)
        dress_anew(made)


def dress_anew(part: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    style = part.style()
    if style is not None:
        style.unpolish(part)
        style.polish(part)


def label(words: str = "", kind: str = "") -> QLabel:
    """Return a text that wraps; `kind` is "title", "large", "faint" or nothing."""
    made = QLabel(words)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty(kind, True)  # noqa: FBT003  Qt's own way
    return made


def narrow(choice: QComboBox) -> None:
    """Let a choice be narrower than its longest words."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)


def card(layout: QLayout) -> QFrame:
    """Return a quiet surface around a layout."""
    made = QFrame()
    made.setObjectName("card")
    made.setLayout(layout)
    return made


def scrolled(layout: QLayout) -> Scrolled:
    """Return a place for what may be higher than its room; Tab goes to what is in it."""
    inside = QWidget()
    inside.setLayout(layout)
    return Scrolled(inside)


def column(*parts: QWidget | QLayout | int, gap: int = 8) -> QVBoxLayout:
    """Return parts above each other; a number is a stretch."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    for part in parts:
        if isinstance(part, QWidget):
            made.addWidget(part)
        elif isinstance(part, QLayout):
            made.addLayout(part)
        else:
            made.addStretch(part)
    return made
