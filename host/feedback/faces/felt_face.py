"""The question "What moved?" on the patient's own face, by finger, mouse or keyboard (P6)."""

from collections.abc import Iterable, Mapping

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPainter, QTransform
from PyQt6.QtWidgets import QWidget

from host.feedback.canvas import Canvas
from host.feedback.faces.face_paint import draw_shapes, fitting
from host.feedback.faces.face_state import Spot
from host.feedback.faces.felt_drawing import BOTTOM, LEFT, RIGHT, TOP, felt_live, felt_still
from host.feedback.faces.felt_state import (
    FeltState,
    Way,
    moved,
    revealed,
    spoken,
    spot_at,
    toggled,
)
from host.feedback.theme import Theme
from host.translation import tr

WAYS = {
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
}
CHOOSE = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
LEAST = QSize(300, 400)


class FeltFace(Canvas[FeltState]):
    """Ask which muscles were felt to move; then show them beside the measurement.

    Arrows go from muscle to muscle, space or enter names one or takes it back.
    """

    valueChanged = pyqtSignal(frozenset)
    """The muscles that were felt, as `(code, side)`."""

    def __init__(
        self, choices: Iterable[Spot], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(FeltState(choices=tuple(choices)), theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(LEAST)
        self.setAccessibleDescription(
            tr("Arrows go from muscle to muscle, space names one or takes it back.")
        )

    def value(self) -> frozenset[Spot]:
        """Return the muscles that were felt."""
        return self.state.felt

    def setValue(self, felt: frozenset[Spot]) -> None:
        """Name these muscles, and ask again if the answer was revealed."""
        before = self.value()
        self.state = FeltState(choices=self.state.choices, felt=felt)
        if felt != before:
            self.valueChanged.emit(felt)

    def reveal(self, measured: Mapping[Spot, bool | None]) -> None:
        """Show what was measured beside it: True moved, False quiet, None unknown."""
        self.state = revealed(self.state, measured)

    def spoken(self) -> str:
        """Say the question with what was named, or the answers."""
        return spoken(self._state)

    def paint_still(self, painter: QPainter) -> None:
        """Draw the face, and say which side is which."""
        painter.setTransform(self._place(), combine=True)
        draw_shapes(painter, felt_still(), self._theme)

    def paint_live(self, painter: QPainter) -> None:
        """Draw choices, or answers."""
        painter.setFont(self.font())
        painter.setTransform(self._place(), combine=True)
        draw_shapes(painter, felt_live(self._state), self._theme)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Name the muscle under the finger, or take it back."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        inverse, _ = self._place().inverted()
        point = inverse.map(QPointF(event.position()))
        spot = spot_at((point.x(), point.y()), self.state.choices)
        if spot is not None:
            self._take(toggled(self.state, spot))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go from muscle to muscle, and name them; other keys are the page's."""
        if event is None:
            return
        key = Qt.Key(event.key()) if event.key() in {*WAYS, *CHOOSE} else None
        if not self.state.open or key is None:
            event.ignore()
        elif key in WAYS:
            self._take(moved(self.state, WAYS[key]))
        elif self.state.cursor is not None:
            self._take(toggled(self.state, self.state.cursor))

    def _take(self, state: FeltState) -> None:
        before = self.value()
        self.state = state
        if state.felt != before:
            self.valueChanged.emit(state.felt)

    def _place(self) -> QTransform:
        return fitting(QRectF(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP), QRectF(self.rect()))
