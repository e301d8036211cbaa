"""A line to write a note in: Enter keeps it, Esc drops it, and an empty one is none."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLineEdit

from host.translation import tr

LONGEST = 500


class NoteLine(QLineEdit):
    """Opens with the key for it; the moment that it is about is the one at which it was opened."""

    written = pyqtSignal(str)
    """A note; whoever hears it gives the keys back to the page."""
    left = pyqtSignal()
    """The keys went elsewhere while it is open; told once they are there."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("A note; Enter keeps it. No names."))
        self.setMaxLength(LONGEST)
        self.returnPressed.connect(lambda: self._end(self.text().strip()))
        self.hide()

    def open(self) -> None:
        """Show the line, with the keys in it, whichever window had them."""
        self.show()
        self.activateWindow()
        self.setFocus()

    def drop(self) -> None:
        """Close the line; what stands in it is no note."""
        if not self.isHidden():
            self._end("")

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Tell that the keys went elsewhere."""
        super().focusOutEvent(event)
        if not self.isHidden():
            QTimer.singleShot(0, self.left)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Keep Enter to itself, for it must not mean something to the page as well; not Esc."""
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def _end(self, words: str) -> None:
        self.clear()
        self.hide()
        self.written.emit(words)
