"""A text that fills its box: wrapped, and smaller where it would not fit."""

from collections.abc import Hashable
from math import ceil

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas
from host.feedback.lettering import fitted
from host.feedback.theme import Theme


class Words(Canvas[str]):
    """Show a text; its font is the largest that is tried."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
        faint: bool = False,
    ) -> None:
        self._align = align
        self._faint = faint
        super().__init__("", theme, parent)

    def spoken(self) -> str:
        """Say the text itself."""
        return self._state

    def height_for(self, width: int) -> int:
        """Return the height of the text, wrapped at `width`, in the widget's font."""
        box = QRectF(0.0, 0.0, width, 1e4)
        metrics = QFontMetricsF(self.font())
        return ceil(metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, self._state).height())

    def still_key(self) -> Hashable:
        """Return the text: nothing here moves."""
        return self._state

    def paint_still(self, painter: QPainter) -> None:
        """Write the text."""
        box = QRectF(self.rect())
        painter.setFont(fitted(self.font(), self._state, box.size()))
        painter.setPen(QColor(self._theme.faint if self._faint else self._theme.ink))
        painter.drawText(box, self._align | Qt.TextFlag.TextWordWrap, self._state)
