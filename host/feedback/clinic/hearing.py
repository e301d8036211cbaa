"""What keys mean: for the sheet over the page, for the window, or for the open page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from host.feedback.clinic.keys import Act, Pressed, pressed_in
from host.feedback.clinic.keys_sheet import keys_sheet
from host.feedback.clinic.overlay import Answer
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PyQt6.QtGui import QKeyEvent
    from PyQt6.QtWidgets import QLineEdit, QWidget

    from host.feedback.clinic.shell import Shell


class Hearing:
    """Hears keys for a shell, whichever of its windows had them."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._everywhere: dict[Act, Callable[[], object]] = {
            Act.HELP: self._show_keys,
            Act.ROOM: shell.placing.call,
            Act.LOOK: shell.turn_look,
            Act.FULL: self._fill_screen,
        }
        """What these ask for on every page."""

    def hear(self, event: QKeyEvent) -> None:
        """Obey a key; one that means nothing is left alone."""
        line = self._line
        if line is not None:
            self.keep_keys(self._shell.room.focusWidget())
            line.keyPressEvent(event)
            if event.isAccepted():
                return
        pressed = pressed_in(event)
        if pressed is None:
            return
        event.accept()
        if not self._shell.overlay.isHidden():
            self._shell.overlay.keyPressEvent(event)
        elif line is None or pressed.act is Act.QUIET or pressed.act in self._everywhere:
            self.obey(pressed)

    def keep_keys(self, focus: QWidget | None) -> None:
        """While a line is written in, the keys are the line's, wherever somebody clicks or taps."""
        line, shell = self._line, self._shell
        if line is None or focus is None or focus is line:
            return
        if shell.room.isAncestorOf(focus) or shell.isAncestorOf(focus):
            focus.clearFocus()
            line.activateWindow()
            line.setFocus()

    def obey(self, pressed: Pressed) -> None:
        """Obey what a key asks for."""
        shell = self._shell
        if shell.room.quiet and pressed.act is Act.START_STOP:
            self.set_quiet(on=False)
            # What was held up goes on; nothing else starts with the same breath.
            if shell.page is not None:
                shell.page.resume()
        elif pressed.act in self._everywhere:
            self._everywhere[pressed.act]()
        elif pressed.act is Act.STEP:
            shell.go_to_number(pressed.number)
        else:
            self._page_hears(pressed)

    def set_quiet(self, *, on: bool) -> None:
        """Hide everything from the patient behind a few calm words, or show it again."""
        shell = self._shell
        if on != shell.room.quiet:
            shell.room.quiet = on
            shell.say(tr("Quiet. Space goes on.") if on else "")

    def _page_hears(self, pressed: Pressed) -> None:
        page = self._shell.page
        if page is not None and pressed.act in page.acts:
            if pressed.act is Act.QUIET and page.quietens:
                self.set_quiet(on=True)
                # Space goes on: it must not be a letter of some field, or press some button.
                page.setFocus()
            page.obey(pressed)
            self.keep_keys(self._shell.room.focusWidget())
        elif pressed.act is Act.QUIET:
            self._leave_field()

    @property
    def _line(self) -> QLineEdit | None:
        """Return what is written in now; the sheet over the page is above it."""
        page = self._shell.page
        return None if page is None or self._shell.overlay.isVisible() else page.writing

    def _show_keys(self) -> None:
        page = self._shell.page
        acts = {} if page is None else page.acts
        sheet = keys_sheet(acts)
        self._shell.overlay.ask(tr("Keys"), (Answer(words=tr("Close")),), content=sheet)

    def _fill_screen(self) -> None:
        self._shell.setWindowState(self._shell.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _leave_field(self) -> None:
        """Where there is nothing to quieten, Esc leaves a field, then the full screen."""
        focus, page = QApplication.focusWidget(), self._shell.page
        within = focus is not None and page is not None and page.isAncestorOf(focus)
        if page is not None and focus is not page and within:
            page.setFocus()
        elif self._shell.isFullScreen():
            self._shell.showNormal()
