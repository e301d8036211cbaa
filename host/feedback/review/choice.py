"""A field to choose from, with a mark that says so."""

from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QStyleOptionComboBox


class Choice(QComboBox):
    """A combo box whose style sheet has taken its arrow: it draws one."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to what is being scrolled: nothing is chosen by passing over it."""
        if event is not None:
            event.ignore()

    def changeEvent(self, event: QEvent | None) -> None:
        """Measure anew in other letters: Qt keeps its least size from those before."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            super().changeEvent(QEvent(QEvent.Type.StyleChange))

    def initStyleOption(self, option: QStyleOptionComboBox | None) -> None:
        """Let words that are too long end in dots, and not in half a letter."""
        super().initStyleOption(option)
        if option is not None:
            room = self.width() - round(1.5 * self.height())
            right = Qt.TextElideMode.ElideRight
            option.currentText = self.fontMetrics().elidedText(option.currentText, right, room)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw a small angle at the right."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.ButtonText), 1.5))
            size = 0.16 * self.height()
            middle = QPointF(self.width() - 3.2 * size, 0.5 * self.height())
            left, right = QPointF(-size, -size / 2), QPointF(size, -size / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            tip = QPointF(0.0, size / 2)
            painter.drawPolyline([middle + left, middle + tip, middle + right])
