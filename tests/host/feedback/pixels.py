"""What the tests read from painted widgets."""

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QWidget

Pixels = NDArray[np.int16]
"""`(height, width, 3)`: red, green, blue."""


def pixels(image: QImage) -> Pixels:
    """Return an image as numbers."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(image.sizeInBytes()), dtype=np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3).astype(np.int16)


def painted(widget: QWidget) -> Pixels:
    """Paint a widget anew and return its pixels."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    widget.render(image)
    return pixels(image)


def on_screen(widget: QWidget) -> Pixels:
    """Return what the widget's partial paints have left on the (offscreen) screen."""
    screen = widget.screen()
    assert screen is not None
    return pixels(screen.grabWindow(widget.winId()).toImage())


def near(picture: Pixels, color: str, tolerance: int = 12) -> NDArray[np.bool_]:
    """Tell which pixels have a colour, `(height, width)`."""
    wanted = QColor(color)
    difference = picture - np.array([wanted.red(), wanted.green(), wanted.blue()])
    result: NDArray[np.bool_] = (np.abs(difference) <= tolerance).all(axis=-1)
    return result


class PaintCounter(QObject):
    """Counts the paints of a widget and its children."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        for part in (widget, *widget.findChildren(QWidget)):
            part.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802 Qt's name
        """Count, and let pass."""
        self.count += event is not None and event.type() == QEvent.Type.Paint
        return False
