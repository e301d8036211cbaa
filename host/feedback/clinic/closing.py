"""What a page had open is closed in a thread: BrainFlow may take seconds to let go of a board."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from collections.abc import Callable


class Closer(QObject):
    """Closes one thing at a time, and then goes on on the window's thread."""

    _closed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[], object] | None = None
        self.error: BaseException | None = None
        """What went wrong in the last closing, for the window to show."""
        self._closed.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether something is being closed."""
        return self._then is not None

    def close(self, closing: Callable[[], None], then: Callable[[], object]) -> None:
        """Call `closing` in a thread; when it is done, `then` here."""
        if self.busy:
            raise ValueError("something is being closed already")
        self._then, self.error = then, None
        threading.Thread(target=self._run, args=(closing,), name="closing").start()

    def _run(self, closing: Callable[[], None]) -> None:
        try:
            closing()
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error
        # The window may be gone by now: then nobody waits any more.
        with contextlib.suppress(RuntimeError):
            self._closed.emit()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
