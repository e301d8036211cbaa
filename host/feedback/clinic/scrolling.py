"""What is higher than its room is scrolled, and what is not seen asks for no room."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

LEAST_LINES = 4
"""So many lines are always seen."""


class PageStack(QStackedWidget):
    """Shows one page; only that one says how much room is needed.

    With Qt's own, each page that was ever opened would widen all the others.
    """

    def __init__(self) -> None:
        super().__init__()
        # A method is not called any more once this is being deleted, which empties it; a lambda is.
        self.currentChanged.connect(self._turned)

    def minimumSizeHint(self) -> QSize:
        """Return what the page that is shown needs."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def _turned(self, _at: int) -> None:
        self.updateGeometry()


class Scrolled(QScrollArea):
    """As wide as its contents need; higher ones are scrolled, never sideways.

    Qt scrolls to what Tab leads to.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Return the width of what is inside, and of the bar; a few lines are high enough."""
        inside, bar = self.widget(), self.verticalScrollBar()
        wide = 0 if inside is None else inside.minimumSizeHint().width()
        beside = 0 if bar is None else bar.sizeHint().width()
        return QSize(wide + beside, LEAST_LINES * self.fontMetrics().lineSpacing())

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Ask for other room where what is inside does; Qt passes its events through here."""
        inside_asks = event is not None and event.type() == QEvent.Type.LayoutRequest
        if inside_asks and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
