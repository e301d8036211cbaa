"""A line of words that says as much as there is room for."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel


class FittingLabel(QLabel):
    """Shows the first of several wordings that fits; the last ends in "…" where none does."""

    def __init__(self) -> None:
        super().__init__()
        self._ways: tuple[str, ...] = ("",)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(1)

    def say(self, ways: Sequence[str]) -> None:
        """Say one of these, the longest first; who listens hears that one."""
        if tuple(ways) != self._ways:
            self._ways = tuple(ways)
            self.setAccessibleName(self._ways[0])
            self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Say more, or less."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Say more, or less, in other letters."""
        super().changeEvent(event)
        if event is not None and event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.contentsRect().width()
        fits = (way for way in self._ways if metrics.horizontalAdvance(way) <= room)
        words = next(fits, None)
        if words is None:
            words = metrics.elidedText(self._ways[-1], Qt.TextElideMode.ElideRight, room)
        if words != self.text():
            self.setText(words)
