"""The picture of the electrodes, with one of them chosen: row and picture show the same."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPen

from calibration.muscles import Side
from host.feedback.faces.electrode_face import ElectrodeFace
from host.report.face.electrodes import BADGE, BESIDE

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from host.feedback.faces.electrode_state import ElectrodeFaceState
    from host.feedback.theme import Theme
    from host.report.face.geometry import Point
    from host.report.face.sites import Row

AROUND = 0.018
"""From what is chosen to the line around it, in widths of the face."""
LINE = 0.011
REACH = 0.06
"""A click this near to an electrode is meant for it."""
LABEL = 0.4
"""How far outwards from its badge a label is clicked."""


class ChoosingFace(ElectrodeFace):
    """Shows which electrode pair is chosen; tells which was clicked. Keys belong to the rows."""

    chose = pyqtSignal(int)
    """A channel's column."""

    def __init__(
        self, state: ElectrodeFaceState, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, theme, parent)
        self._chosen: int | None = None

    @property
    def chosen(self) -> int | None:
        """The channel that is marked."""
        return self._chosen

    @chosen.setter
    def chosen(self, chosen: int | None) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self.update()

    def paint_live(self, painter: QPainter) -> None:
        """Draw the states, and a line around what is chosen."""
        super().paint_live(painter)
        row = None if self._chosen is None else self.state.sites.row(self._chosen)
        if row is None:
            return
        painter.setPen(QPen(QColor(self._theme.target), LINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Close around the badge: the words beside it are near.
        badge = QRectF(0.0, 0.0, BADGE[0] + LINE, BADGE[1] + LINE)
        badge.moveCenter(QPointF(*row.badge))
        painter.drawRoundedRect(badge, AROUND, AROUND)
        first, last = QPointF(*row.dots[0]), QPointF(*row.dots[-1])
        middle, half = 0.5 * (first + last), 0.5 * (last - first)
        around = hypot(half.x(), half.y()) + 2.2 * AROUND
        painter.drawEllipse(middle, around, around)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Choose the electrode or label under the mouse."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        inverse, _ = self._place().inverted()
        at = inverse.map(QPointF(event.position()))
        channel = channel_at(self.state.sites.rows, (at.x(), at.y()))
        if channel is not None:
            self.chose.emit(channel)


def channel_at(rows: tuple[Row, ...], point: Point) -> int | None:
    """Return the channel whose label or electrodes lie at a point; None for none."""
    for row in rows:
        if row.channel is not None and _labels(row, point):
            return row.channel
    near = {
        row.channel: min(hypot(x - point[0], y - point[1]) for x, y in row.dots)
        for row in rows
        if row.channel is not None
    }
    nearest = min(near, key=lambda channel: near[channel], default=None)
    return nearest if nearest is not None and near[nearest] <= REACH else None


def _labels(row: Row, point: Point) -> bool:
    """Tell whether a point lies on a badge, or on the words outwards of it."""
    outwards = -1.0 if row.side is Side.RIGHT else 1.0
    along = outwards * (point[0] - row.badge[0])
    return (
        -BADGE[0] / 2.0 <= along <= BESIDE + LABEL and abs(point[1] - row.badge[1]) < BADGE[1] / 2
    )
