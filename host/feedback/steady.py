"""Fields that a wheel does not change in passing: it scrolls the page that they stand on."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QDateEdit, QSlider


class SteadySlider(QSlider):
    """A level slider for keys and the mouse's button."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to what is being scrolled."""
        if event is not None:
            event.ignore()


class SteadyDate(QDateEdit):
    """A day for keys and the mouse's button."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to what is being scrolled."""
        if event is not None:
            event.ignore()
