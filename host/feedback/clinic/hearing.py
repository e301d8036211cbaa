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
        pressed = pressed_in(event)
        if pressed is None:
            return
        event.accept()
        if self._shell.overlay.isHidden():
            self.obey(pressed)
        else:
            self._shell.overlay.keyPressEvent(event)

    def obey(self, pressed: Pressed) -> None:
        """Obey what a key asks for."""
        shell = self._shell
        if shell.room.quiet and pressed.act is Act.START_STOP:
            # The first press only ends the quiet: nothing starts with the same breath.
            self.set_quiet(on=False)
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
            if pressed.act is Act.QUIET:
                self.set_quiet(on=True)
            page.obey(pressed)
        elif pressed.act is Act.QUIET:
            self._leave_field()

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
