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
from host.translation import mark, tr

SIDE_LABEL = (0.2, 0.08)
SIDE_LABEL_Y = 0.89
"""Room for "left" and "right" above the shoulders, in widths of the picture."""
_WATCHED = (
    (mark("patient's left"), mark("patient's right")),
    (mark("as in a mirror"), mark("as in a mirror")),
)
"""The same for somebody who faces the patient, line by line."""


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
        return "; ".join([self.named(), *parts])

    def named(self) -> str:
        """Name the picture."""
        return self.tr("Face")

    def paint_still(self, painter: QPainter) -> None:
        """Draw the face, and say which side is which."""
        painter.setTransform(picture_transform(QRectF(self.rect())), combine=True)
        draw_face(painter, self._theme)
        painter.resetTransform()
        painter.setPen(QColor(self._theme.faint))
        self.paint_sides(painter)

    def paint_sides(self, painter: QPainter) -> None:
        """Name the sides as whoever has the face knows them."""
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        self.write(painter, self.tr("left"), QRectF(0.0, SIDE_LABEL_Y, *SIDE_LABEL), left)
        box = QRectF(1.0 - SIDE_LABEL[0], SIDE_LABEL_Y, *SIDE_LABEL)
        self.write(painter, self.tr("right"), box, right)

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

    def write(self, painter: QPainter, text: str, place: QRectF, align: Qt.AlignmentFlag) -> None:
        """Write above a shoulder, where neither the head nor a finger is: `place` in widths."""
        box = picture_transform(QRectF(self.rect())).mapRect(place)
        painter.setFont(fitted_line(self.font(), text, box.size()))
        # In a very small face the smallest letters are wider than their room: they may stand out.
        flags = align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip
        painter.drawText(box, flags, text)


class WatchedFace(Face):
    """The same face, where somebody looks at it who has another face before them.

    It stays a mirror, as the patient sees it, and says so. Wider than its picture, for the words.
    """

    def named(self) -> str:
        """Name the picture."""
        return self.tr("Face, as in a mirror")

    def paint_sides(self, painter: QPainter) -> None:
        """Name the sides as on the picture of the electrodes, and that it is a mirror."""
        beside = (self.width() / picture_transform(QRectF(self.rect())).m11() - 1.0) / 2.0
        inner, high = SIDE_LABEL
        wide = inner + max(beside, 0.0)
        outwards = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for line, (left, right) in enumerate(_WATCHED):
            top = SIDE_LABEL_Y + line * high
            self.write(painter, tr(left), QRectF(inner - wide, top, wide, high), outwards[1])
            self.write(painter, tr(right), QRectF(1.0 - inner, top, wide, high), outwards[0])


def _names(spots: frozenset[Spot]) -> str:
    order = list(Side)
    ordered = sorted(spots, key=lambda spot: (order.index(spot[1]), spot[0]))
    return ", ".join(tr(muscle(code).plain) for code, _ in ordered)
