"""What is higher than its room is scrolled, and what is not seen asks for no room."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QFrame,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QWidget,
)

AROUND_PX = 12
"""So much is seen around what has the keyboard's focus."""
LEAST_LINES = 4
"""So many lines are always seen."""


class PageStack(QStackedWidget):
    """Shows one page; only that one says how much room is needed.

    With Qt's own, each page that was ever opened would widen all the others.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Return what the page that is shown needs."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class Scrolled(QScrollArea):
    """As wide as its contents need; higher ones are scrolled, never sideways.

    The keyboard's focus is never out of sight, and the wheel changes no number that it passes.
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
        """Follow the focus, leave the wheel to what is being scrolled, watch what comes anew."""
        kind = None if event is None else event.type()
        if event is not None and kind == QEvent.Type.Wheel and _changed_by_a_wheel(watched):
            event.ignore()
            return True
        if kind == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._bring_into_sight(watched)
        elif kind == QEvent.Type.LayoutRequest and watched is self.widget():
            self._watch()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent | None) -> bool:
        """Watch what is inside once it is seen."""
        if event is not None and event.type() == QEvent.Type.Show:
            self._watch()
        return super().event(event)

    def _watch(self) -> None:
        """Hear of everything inside that can have the focus; twice is as good as once."""
        inside = self.widget()
        for one in () if inside is None else inside.findChildren(QWidget):
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                one.installEventFilter(self)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part, unless it is one that scrolls by itself and fills all there is."""
        if not isinstance(part, QAbstractScrollArea) or part.height() < self.height():
            self.ensureWidgetVisible(part, 0, AROUND_PX)


def _changed_by_a_wheel(part: QObject | None) -> bool:
    """Tell whether Qt lets a wheel change its number in passing."""
    numbers = isinstance(part, QAbstractSlider | QAbstractSpinBox)
    return numbers and not isinstance(part, QScrollBar)
