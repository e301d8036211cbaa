"""A widget that paints one state: what stands still is drawn once, what lives at each paint."""

from collections.abc import Hashable
from typing import Generic, TypeVar

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

from host.feedback.theme import Theme

State = TypeVar("State")


class Canvas(QWidget, Generic[State]):
    """Paint a state; an equal state, or an equal theme, paints nothing."""

    def __init__(self, state: State, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._theme = theme
        self._still = QPixmap()
        self._still_shows: object = None
        self._dirty = QRectF()
        self._said = self.spoken()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self._said)

    @property
    def state(self) -> State:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: State) -> None:
        if state == self._state:
            return
        dirty = self.changed(self._state, state)
        self._state = state
        said = self.spoken()
        if said != self._said:
            self._said = said
            self.setAccessibleName(said)
        self.update(dirty)

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        if theme != self._theme:
            self._theme = theme
            self.update()

    def spoken(self) -> str:
        """Say the state in words, for screen readers."""
        return ""

    def changed(self, old: State, new: State) -> QRect:  # noqa: ARG002 - for subclasses
        """Return the part of the widget in which two states differ."""
        return self.rect()

    def still_key(self) -> Hashable:
        """Return what the still layer depends on, besides theme, size and font."""
        return None

    def paint_still(self, painter: QPainter) -> None:
        """Draw what seldom changes; the background is painted already."""

    def paint_live(self, painter: QPainter) -> None:
        """Draw what follows the state, over the still layer."""

    @property
    def painted(self) -> QRectF:
        """The part of the widget that is being painted."""
        return self._dirty

    def needs(self, part: QRectF) -> bool:
        """Tell whether a part of the widget is in what is being painted."""
        return part.intersects(self._dirty)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Lay what lives over what stands still; Qt clips to what changed."""
        still = self._still_layer()
        self._dirty = QRectF(self.rect() if event is None else event.rect())
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_live(painter)

    def _still_layer(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        shows = (self.still_key(), self._theme, self.size(), self.font(), ratio)
        if shows != self._still_shows:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(QColor(self._theme.background))
            with QPainter(self._still) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setFont(self.font())
                self.paint_still(painter)
            self._still_shows = shows
        return self._still
