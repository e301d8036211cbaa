"""One line to write a note: Enter keeps it, Escape leaves it."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget


class NoteLine(QLineEdit):
    """Hidden until somebody wants to write."""

    written = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Note"))
        self.setMaxLength(500)
        self.hide()
        self.returnPressed.connect(self._keep)

    def open(self, place: str) -> None:
        """Wait for words about a place in the recording."""
        words = self.tr("A note at {}: Enter keeps it, Esc leaves it")
        self.setPlaceholderText(words.format(place))
        self.clear()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave on Escape."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        words = self.text().strip()
        self._leave()
        if words:
            self.written.emit(words)

    def _leave(self) -> None:
        self.hide()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()
