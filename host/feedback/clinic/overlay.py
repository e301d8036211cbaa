"""A calm sheet over the window: a question with its answers, or the table of keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from host.feedback.clinic.controls import advise, button, label
from host.feedback.theme import veiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.theme import Theme

VEIL = 0.82
"""How much of the window the veil hides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a question, and what then happens."""

    words: str
    then: Callable[[], object] = lambda: None


class Overlay(QWidget):
    """Lies over its window; while it is there, keys and the mouse belong to it.

    Enter gives the advised answer, Esc the first: the first changes nothing.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._answers: tuple[Answer, ...] = ()
        self._before: QWidget | None = None
        self._px = 12
        self.sheet = QFrame(self)
        self.sheet.setObjectName("sheet")
        self._column = QVBoxLayout(self.sheet)
        self._title, self._detail = label(kind="title"), label()
        self._content: QWidget | None = None
        self._row = QHBoxLayout()
        self.buttons: list[QPushButton] = []
        self._column.addWidget(self._title)
        self._column.addWidget(self._detail)
        self._column.addLayout(self._row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        window.installEventFilter(self)
        self.hide()

    @property
    def title(self) -> str:
        """The question; what is shown."""
        return self._title.text()

    def ask(
        self,
        title: str,
        answers: tuple[Answer, ...],
        *,
        detail: str = "",
        content: QWidget | None = None,
        advised: int = 0,
    ) -> None:
        """Show a question; `content` stands between its words and its answers."""
        if self.isHidden():
            window = self.window()
            self._before = window.focusWidget() if window is not None else None
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{title} {detail}".strip())
        self._take_content(content)
        self._answers = answers
        self._make_buttons(advised)
        self._fit()
        self.show()
        self.raise_()
        (self.buttons[advised] if self.buttons else self).setFocus()

    def end(self) -> None:
        """Take it away; the focus goes back to where it was."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme, self._px = theme, px
        self._column.setContentsMargins(2 * px, 2 * px, 2 * px, round(1.5 * px))
        self._column.setSpacing(px)
        self._row.setSpacing(px)
        self._fit()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as large as the window."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Esc changes nothing; arrows go from answer to answer; no key reaches the page."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape and self._answers:
            self._give(self._answers[0])
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self.focusPreviousChild()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for made in self.buttons:
                if made.hasFocus():
                    made.click()
                    return

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001  Qt's own way
        """Keep the focus among the answers."""
        if not self.buttons:
            return True
        at = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), 0)
        self.buttons[(at + (1 if next_ else -1)) % len(self.buttons)].setFocus()
        return True

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Lay a veil over the window."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), veiled(self._theme.background, VEIL))

    def _give(self, answer: Answer) -> None:
        self.end()
        answer.then()

    def _take_content(self, content: QWidget | None) -> None:
        if self._content is not None:
            _drop(self._column, self._content)
        self._content = content
        if content is not None:
            self._column.insertWidget(2, content)

    def _make_buttons(self, advised: int) -> None:
        for old in self.buttons:
            _drop(self._row, old)
        while self._row.count():
            self._row.takeAt(0)
        self._row.addStretch(1)
        self.buttons = []
        for number, answer in enumerate(self._answers):
            made = button(answer.words, partial(self._give, answer))
            advise(made, on=number == advised)
            self._row.addWidget(made)
            self.buttons.append(made)

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        wide = min(round(0.9 * self.width()), 42 * self._px)
        layout = self.sheet.layout()
        high = layout.heightForWidth(wide) if layout is not None else 0
        high = min(max(high, self.sheet.sizeHint().height()), round(0.94 * self.height()))
        self.sheet.setGeometry(
            (self.width() - wide) // 2, round(0.45 * (self.height() - high)), wide, high
        )


def _drop(layout: QLayout, part: QWidget) -> None:
    """Take a part away at once; Qt deletes it when it comes to it."""
    layout.removeWidget(part)
    part.hide()
    part.deleteLater()
