"""The screens there are now, and a signal when one comes, goes, or changes its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QGuiApplication

from host.feedback.clinic.screens import Place

if TYPE_CHECKING:
    from PyQt6.QtCore import QRect
    from PyQt6.QtGui import QScreen


class Desktop(QObject):
    """Watches the screens; a test has one of its own."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._take_in)
            # By then it is no longer among the screens.
            application.screenRemoved.connect(self._tell)
            for screen in application.screens():
                self._watch(screen)

    def places(self) -> tuple[Place, ...]:
        """Return where the screens lie; screens that mirror each other lie in one place."""
        return tuple(place_of(one.geometry()) for one in QGuiApplication.screens())

    def _take_in(self, screen: QScreen) -> None:
        self._watch(screen)
        self.changed.emit()

    def _watch(self, screen: QScreen) -> None:
        # A projector that wakes up may change its size, or begin to mirror the other screen.
        screen.geometryChanged.connect(self._tell)

    def _tell(self, _what: object) -> None:
        self.changed.emit()


def place_of(shape: QRect) -> Place:
    """Return a rectangle of Qt's as a place."""
    return Place(shape.x(), shape.y(), max(shape.width(), 1), max(shape.height(), 1))
