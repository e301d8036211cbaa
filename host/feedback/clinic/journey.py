"""From page to page: one is left, what it had open is closed, then the next one is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from host.feedback.clinic.closing import Closer

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Page


class Journey(QObject):
    """Knows the open page, and sees to it that only one page has the board."""

    began = pyqtSignal(object)
    """A `Page` has been entered."""
    waits = pyqtSignal()
    """What the last page had open is being closed; it may take some seconds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closer = Closer(self)
        self.page: Page | None = None
        """The open page; None before the first, and between two of them."""

    @property
    def waiting(self) -> bool:
        """Whether nothing can be opened, because something is being closed."""
        return self._closer.busy

    @property
    def error(self) -> BaseException | None:
        """What went wrong when the last page was closed."""
        return self._closer.error

    def open(self, page: Page, now: Callable[[], Appointment]) -> None:
        """Leave the open page and enter this one; `now` is asked when it is entered."""
        self.end(lambda: self._enter(page, now()))

    def end(self, then: Callable[[], object]) -> None:
        """Leave the open page; go on when everything is closed."""
        if self.waiting:
            return
        closing = None if self.page is None else self.page.leave()
        self.page = None
        if closing is None:
            then()
            return
        self._closer.close(closing, then)
        self.waits.emit()

    def _enter(self, page: Page, now: Appointment) -> None:
        self.page = page
        page.enter(now)
        self.began.emit(page)
