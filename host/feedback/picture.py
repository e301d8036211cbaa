"""Pictures of the patient's window, for summaries without a screen and for the documents."""

from pathlib import Path

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from host.errors import SettingsError
from host.feedback.bar_state import ScreenState
from host.feedback.patient_window import PatientWindow
from host.feedback.theme import Scheme


def picture(
    shown: QWidget | ScreenState, size: tuple[int, int] = (1280, 800), scheme: Scheme = "light"
) -> QImage:
    """Return what a window shows of a state at this size; a widget is taken as it is.

    Needs a QApplication, but no screen.
    """
    if isinstance(shown, QWidget):
        image = QImage(shown.size(), QImage.Format.Format_RGB32)
        shown.render(image)
        return image
    window = PatientWindow(scheme)
    window.resize(QSize(*size))
    window.state = shown
    image = picture(window)
    window.deleteLater()
    return image


def save_picture(
    shown: QWidget | ScreenState,
    path: Path,
    size: tuple[int, int] = (1280, 800),
    scheme: Scheme = "light",
) -> None:
    """Write `picture` to a PNG file."""
    if not picture(shown, size, scheme).save(str(path), "PNG"):
        raise SettingsError(f"the picture cannot be written to {path}")
