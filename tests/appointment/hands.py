"""Two hands before the app's window: keys, and somebody who waits for what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from pytestqt.exceptions import TimeoutError as WaitedTooLong

from tests.host.feedback.clinic.rooms import press

if TYPE_CHECKING:
    from collections.abc import Callable

    from PyQt6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from host.feedback.clinic.app import Clinical
    from host.feedback.clinic.page import Page
    from host.feedback.clinic.steps import Step

K = Qt.Key
WAIT_MS = 60_000
"""Far longer than anything takes that is waited for here, on a machine with other work too."""


class Hands:
    """Press keys, and wait."""

    def __init__(self, qtbot: QtBot, app: Clinical) -> None:
        self._qtbot, self.app = qtbot, app

    def until(self, holds: Callable[[], bool], ms: int = WAIT_MS) -> None:
        """Wait until something is so."""
        try:
            self._qtbot.waitUntil(holds, timeout=ms)
        except WaitedTooLong as error:
            raise AssertionError(f"{self.seen()}: {error}") from error

    def seen(self) -> str:
        """Tell where it stands, for whoever reads a failure."""
        page = self.app.page
        where = "no page" if page is None else page.accessibleName()
        return f"{where}, {self.said!r}"

    def key(self, key: Qt.Key, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            press(self.app, key)

    def write(self, words: str) -> None:
        """Type into the field that has the keys."""
        press(self.app, K.Key_A, words)

    def step(self, step: Step) -> None:
        """Ask for a step of the appointment by its number; whether it opens is another matter."""
        number = list(self.app.rail.buttons).index(step) + 1
        press(self.app, K(K.Key_0 + number), control=True)

    @property
    def said(self) -> str:
        """What stands at the foot of the window."""
        return self.app.foot.text()

    def at(self, part: QWidget, key: Qt.Key, times: int = 1) -> None:
        """Press a key where Tab leads to; then the page has the keys again."""
        part.setFocus()
        self.key(key, times)
        if self.app.page is not None:
            self.app.page.setFocus()

    def page(self, kind: type[Page]) -> None:
        """Wait until a page is open."""
        self.until(lambda: isinstance(self.app.page, kind))
