"""The line above the rows: what the columns of numbers are, and what is known of impedances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter

from host.feedback.canvas import Canvas
from host.feedback.clinic.electrodes_row_paint import SMALL, columns
from host.feedback.lettering import fitted, fitted_line, sized
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Hashable

    from host.feedback.clinic.electrodes_rows import ChannelRows
    from host.feedback.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadState:
    """What stands above the rows."""

    note: str = ""
    """One sentence about the impedances."""
    impedance: bool = False
    """Whether there is a column of them."""
    px: float = 12.0
    """Size of the rows' letters."""


class RowsHead(Canvas[HeadState]):
    """Stands above its rows, each word above its column."""

    def __init__(self, rows: ChannelRows, theme: Theme) -> None:
        super().__init__(HeadState(), theme)
        self._rows = rows

    def spoken(self) -> str:
        """Say the note."""
        return self._state.note

    def still_key(self) -> Hashable:
        """Return all of it: nothing here moves."""
        return self._state, self._width()

    def paint_still(self, painter: QPainter) -> None:
        """Write the columns' names at the right, the note at the left."""
        state, wide = self._state, self._width()
        inner = QRectF(0.5 * (self.width() - wide), 0.0, wide, self.height())
        places = columns(inner, state.px, impedance=state.impedance)
        painter.setPen(QColor(self._theme.faint))
        font = sized(painter.font(), max(SMALL * state.px, 11.0))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        names = ((places.rest, tr("rest")), (places.impedance, tr("P / N")))
        for box, text in names:
            if box.width() > 0.0:
                painter.setFont(fitted_line(font, text, box.size()))
                painter.drawText(box, right, text)
        note = QRectF(inner.left(), 0.0, places.rest.left() - inner.left(), self.height())
        painter.setFont(fitted(font, state.note, note.size()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(note, flags | Qt.TextFlag.TextWordWrap, state.note)

    def _width(self) -> int:
        viewport = self._rows.viewport()
        return 0 if viewport is None else viewport.width()
