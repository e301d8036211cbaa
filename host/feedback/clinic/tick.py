"""A box to tick whose tick can be seen by everybody: a style sheet has taken Qt's own."""

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PyQt6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton


class Tick(QCheckBox):
    """Draws a tick into the box that its style leaves empty."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the tick over the box."""
        super().paintEvent(event)
        style = self.style()
        if not self.isChecked() or style is None:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(QPointF(box.topLeft()))
            painter.scale(box.width(), box.height())
            colour = QColor(self.palette().color(QPalette.ColorRole.Window))
            round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(colour, 0.13, Qt.PenStyle.SolidLine, round_cap, round_join))
            painter.drawPolyline(QPointF(0.24, 0.54), QPointF(0.43, 0.73), QPointF(0.77, 0.3))
