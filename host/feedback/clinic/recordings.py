"""Recordings of any kind, each opened in a thread and shown in a review window of its own."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from host.errors import HostError
from host.feedback.sentences import sentence
from host.translation import told_error, tr

if TYPE_CHECKING:
    from host.feedback.clinic.shell import Shell
    from host.feedback.review.window import ReviewWindow
    from host.session.opened import Opened

ENDINGS = "*.bdf *.edf *.txt *.csv *.xdf *.BDF *.EDF *.TXT *.CSV *.XDF"
"""Of what other programs write, as `read_foreign` understands it; what is in it decides."""


class Recordings(QObject):
    """Opens one at a time: a large file of text takes seconds, and nobody waits for it."""

    _read = pyqtSignal(object)
    """What was opened, or a sentence why it could not be; from the thread."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._thread: threading.Thread | None = None
        self.windows: list[ReviewWindow] = []
        """Those that were opened; each ends with its own threads."""
        self._read.connect(self._show)

    @property
    def busy(self) -> bool:
        """Whether one is being opened."""
        return self._thread is not None

    def choose_session(self) -> None:
        """Ask for the folder of a session, and show it."""
        usual = str(self._shell.clinic.sessions_folder)
        chosen = QFileDialog.getExistingDirectory(self._shell, tr("A recorded session"), usual)
        if chosen:
            self.open(Path(chosen))

    def choose_file(self) -> None:
        """Ask for a file of another program, and show it."""
        kinds = f"{tr('Recordings')} ({ENDINGS});;{tr('All files')} (*)"
        title = tr("A recording of another program")
        chosen, _ = QFileDialog.getOpenFileName(self._shell, title, "", kinds)
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open a session's folder or a file of another program; show it once it is read."""
        if self.busy:
            self._shell.say(tr("One moment: another recording is being opened."))
            return
        self._shell.say(tr("Opening {} …").format(path.name))
        # No daemon: one in the midst of an import would crash the end of the program.
        self._thread = threading.Thread(target=self._open, args=(path,), name="opening")
        self._thread.start()

    def close(self) -> None:
        """End them all; wait for one that is being opened."""
        if self._thread is not None:
            self._thread.join()
        for window in self.windows:
            window.close()

    def _open(self, path: Path) -> None:
        from host.session.asked import Asked
        from host.session.opened import open_recording

        found: Opened | str
        try:
            found = open_recording(path, Asked())
        except HostError as error:
            found = why_not(error)
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            found = sentence(tr("Not opened: {}: {}").format(path.name, told_error(error)))
        # The window may be gone by now: then nobody waits any more.
        with contextlib.suppress(RuntimeError):
            self._read.emit(found)

    def _show(self, found: Opened | str) -> None:
        self._thread = None
        if isinstance(found, str):
            self._shell.say(found)
            return
        from host.feedback.review.window import ReviewWindow

        self._shell.say("")
        window = ReviewWindow(found, self._shell.scheme)
        self.windows.append(window)
        window.show()
        window.begin()


def why_not(error: HostError) -> str:
    """Say why a recording cannot be opened; where an option would help, where there is one."""
    # A name of a file comes first: its letters are not to become capitals.
    said = sentence(tr("Not opened: {}").format(told_error(error)))
    if "--" not in said:
        return said
    return f"{said} {tr('On the command line, quietface import takes that option.')}"
