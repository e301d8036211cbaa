"""The face diagram: lights what came along, marks what leads, shows where to touch."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QWidget

from calibration.muscles import Side, muscle
from host.feedback.canvas import Canvas
from host.feedback.faces.face_paint import draw_face, draw_region, draw_touch, picture_transform
from host.feedback.faces.face_state import FaceState, Spot
from host.feedback.lettering import fitted_line
from host.feedback.theme import Theme
from host.translation import tr

SIDE_LABEL = (0.2, 0.08)
SIDE_LABEL_Y = 0.89
"""Room for "left" and "right" above the shoulders, in widths of the picture."""


class Face(Canvas[FaceState]):
    """Show the face as in a mirror: the patient's right is on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(FaceState(), theme, parent)

    def spoken(self) -> str:
        """Name the muscles that came along, and those to touch."""
        state = self._state
        parts = [
            text.format(names=_names(spots))
            for text, spots in (
                (self.tr("came along: {names}"), state.lit),
                (self.tr("leads: {names}"), state.target),
                (self.tr("touch: {names}"), state.touch),
            )
            if spots
        ]
        return "; ".join([self.tr("Face"), *parts])

    def paint_still(self, painter: QPainter) -> None:
        """Draw the face, and say which side is which."""
        painter.setTransform(picture_transform(QRectF(self.rect())), combine=True)
        draw_face(painter, self._theme)
        painter.resetTransform()
        painter.setPen(QColor(self._theme.faint))
        self._write(painter, self.tr("left"), 0.0, Qt.AlignmentFlag.AlignLeft)
        self._write(painter, self.tr("right"), 1.0 - SIDE_LABEL[0], Qt.AlignmentFlag.AlignRight)

    def paint_live(self, painter: QPainter) -> None:
        """Draw the muscles over the face, the quiet ones faintest."""
        state, theme = self._state, self._theme
        painter.setTransform(picture_transform(QRectF(self.rect())), combine=True)
        for spot in state.calm - state.lit:
            draw_region(painter, *spot, theme.quiet, 0.2)
        for spot in state.unknown:
            draw_region(painter, *spot, theme.unknown, 0.0, dashed=True)
        for spot in state.target:
            draw_region(painter, *spot, theme.target, 0.45)
        for spot in state.lit:
            draw_region(painter, *spot, theme.over, 0.8)
        for spot in state.touch:
            draw_touch(painter, *spot, theme)

    def _write(self, painter: QPainter, text: str, left: float, align: Qt.AlignmentFlag) -> None:
        """Write above a shoulder, where neither the head nor a finger is."""
        box = picture_transform(QRectF(self.rect())).mapRect(
            QRectF(left, SIDE_LABEL_Y, *SIDE_LABEL)
        )
        painter.setFont(fitted_line(self.font(), text, box.size()))
        # In a very small face the smallest letters are wider than their room: they may stand out.
        flags = align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip
        painter.drawText(box, flags, text)


def _names(spots: frozenset[Spot]) -> str:
    order = list(Side)
    ordered = sorted(spots, key=lambda spot: (order.index(spot[1]), spot[0]))
    return ", ".join(tr(muscle(code).plain) for code, _ in ordered)
