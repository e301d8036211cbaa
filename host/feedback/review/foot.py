"""The line at the foot: the keys, and for a while what has just happened."""

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QLabel, QWidget

from host.feedback.review.keys import IN_SHORT

SHOWN_MS = 12_000


class Foot(QLabel):
    """Says the keys while there is nothing else to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._always = self.tr(IN_SHORT)
        self.setText(self._always)
        self.setProperty("faint", True)  # noqa: FBT003  Qt's own way
        self.setWordWrap(True)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        # Not a lambda: of a window that is gone, a late timer would call what is no more.
        self._over.timeout.connect(self._calm)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.setText(_begun(sentence))
        self._over.start(SHOWN_MS)

    def _calm(self) -> None:
        """Show again what is always shown."""
        self.setText(self._always)

    def keep(self, sentence: str) -> None:
        """Show a sentence from now on, in place of the keys."""
        self._always = _begun(sentence)
        self.setText(self._always)


def _begun(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]
