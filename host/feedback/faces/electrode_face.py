"""The picture by which electrodes are put on, and by which one sees how each of them does."""

from collections.abc import Hashable

from PyQt6.QtCore import QRectF, QSize
from PyQt6.QtGui import QPainter, QTransform
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas
from host.feedback.faces.electrode_state import ElectrodeFaceState, ordered, spoken_row
from host.feedback.faces.face_paint import draw_shapes, fitting
from host.feedback.theme import Theme
from host.report.face.electrodes import BOTTOM, LEFT, RIGHT, TOP, live_drawing, still_drawing
from host.translation import tr

LEAST_WIDTH, USUAL_WIDTH = 340, 840


class ElectrodeFace(Canvas[ElectrodeFaceState]):
    """Show electrodes as one faces the patient: never mirrored, both sides named twice."""

    def __init__(
        self, state: ElectrodeFaceState, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, theme, parent)
        self.setMinimumSize(LEAST_WIDTH, self.heightForWidth(LEAST_WIDTH))

    def sizeHint(self) -> QSize:
        """Ask for a size at which the smallest words are read at arm's length."""
        return QSize(USUAL_WIDTH, self.heightForWidth(USUAL_WIDTH))

    def heightForWidth(self, width: int) -> int:
        """Return the height that leaves no room above or below."""
        return round(width * (BOTTOM - TOP) / (RIGHT - LEFT))

    def spoken(self) -> str:
        """Name every electrode with its cable and its state."""
        state = self._state
        rows = ordered(state.sites.rows)
        said = "; ".join(spoken_row(row, state.told(row)) for row in rows)
        return f"{tr('Electrodes, as you face the patient')}: {said}"

    def still_key(self) -> Hashable:
        """Return the montage: only states live."""
        return self._state.sites

    def paint_still(self, painter: QPainter) -> None:
        """Draw the face, the sides and the labels."""
        painter.setTransform(self._place(), combine=True)
        draw_shapes(painter, still_drawing(self._state.sites), self._theme)

    def paint_live(self, painter: QPainter) -> None:
        """Draw the electrodes and their states."""
        painter.setFont(self.font())
        painter.setTransform(self._place(), combine=True)
        draw_shapes(painter, live_drawing(self._state.sites, dict(self._state.status)), self._theme)

    def _place(self) -> QTransform:
        """Return the map from the picture's units to the largest picture in the widget."""
        return fitting(QRectF(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP), QRectF(self.rect()))
