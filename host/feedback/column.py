"""A column of the bar row: a track, room for one word above it, and its name below."""

import math
from collections.abc import Hashable
from typing import ClassVar

from PyQt6.QtCore import QEvent, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas, State
from host.feedback.theme import Theme
from host.feedback.track import Track

_LABEL = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_LABEL_GAP = 0.35
"""Space between the track and its name, in lines."""


class Column(Canvas[State]):
    """Give bars and corridor the same tracks, so that they stand in line."""

    SHARE: ClassVar[float]
    """How much of the column's width the track takes."""

    def __init__(
        self, state: State, label: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        self._label = label
        self._track: Track | None = None
        super().__init__(state, theme, parent)

    @property
    def label(self) -> str:
        """The name as it is written, in as many lines as that of its neighbours."""
        return self._label

    @label.setter
    def label(self, label: str) -> None:
        if label != self._label:
            self._label = label
            self._track = None
            self.update()

    def still_key(self) -> Hashable:
        """Return the label."""
        return self._label

    def track(self) -> Track:
        """Return where the track stands."""
        if self._track is None:
            width = self.SHARE * self.width()
            top = self._lines(1.0)
            bottom = self.label_rect().top() - self._lines(_LABEL_GAP)
            self._track = Track(QRectF((self.width() - width) / 2, top, width, bottom - top))
        return self._track

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Measure the track anew."""
        self._track = None

    def changeEvent(self, event: QEvent | None) -> None:
        """Measure the track anew for other letters."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._track = None

    def label_rect(self) -> QRect:
        """Return where the name stands."""
        height = round(self._lines(1.0 + self._label.count("\n")))
        return QRect(0, self.height() - height, self.width(), height)

    def paint_still(self, painter: QPainter) -> None:
        """Write the name."""
        painter.setPen(QColor(self._theme.ink))
        painter.drawText(self.label_rect(), _LABEL, self._label)

    def _lines(self, count: float) -> float:
        # Rounded up, as each line is when it is drawn.
        return count * math.ceil(QFontMetricsF(self.font()).lineSpacing())
