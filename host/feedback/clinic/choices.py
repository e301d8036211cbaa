"""A list to choose one line from; letters and the space bar stay with the page."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QListWidget, QSizePolicy

from host.feedback.whole_rows import show_whole_rows

_OWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class Choices(QListWidget):
    """Goes up and down by keys; everything else is a key of the page.

    With `most` it is as high as its lines, up to so many of them.
    """

    def __init__(self, name: str, *, most: int | None = None) -> None:
        super().__init__()
        self._most = most
        if most is not None:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("choices")
        show_whole_rows(self)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        """Ask for the height of the lines, where there are few."""
        usual = super().sizeHint()
        if self._most is None:
            return usual
        edges = self.height() - self.contentsRect().height()
        lines = min(self.count(), self._most) * max(self.sizeHintForRow(0), 0)
        return QSize(usual.width(), lines + edges)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take the arrows, leave the rest."""
        if event is None:
            return
        if event.key() in _OWN and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()
