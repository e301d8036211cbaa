"""A few words beside a bar of colour: something is to be known, calmly."""

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QLabel

from host.feedback.theme import LIGHT, Theme

BAR_PX = 4


class Told(QLabel):
    """Wrapped words; without any it takes no room."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self.setWordWrap(True)
        self.hide()

    def tell(self, words: str, spoken: str) -> None:
        """Show these words; `spoken` says them without marks."""
        if self.text() != words:
            self.setText(words)
            self.setAccessibleName(spoken)
        self.setVisible(bool(words))

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours, and keep the words clear of the bar."""
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.AutoText)
        self.setContentsMargins(BAR_PX + px // 2, px // 5, 0, px // 5)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the bar beside the words."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(QRect(0, 0, BAR_PX, self.height()), QColor(self._theme.over))
