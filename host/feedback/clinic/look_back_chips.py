"""A row of numbers to choose from: attempts with their signs, or bouts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from host.feedback.canvas import Canvas
from host.feedback.clinic.look_back_cells import Sign
from host.feedback.clinic.look_back_drawing import CENTRE, draw_sign, wide, write
from host.feedback.clinic.look_back_state import Chip, Kind
from host.feedback.theme import Theme, mixed

HIGH, WIDE, GAP = 2.1, 3.4, 0.4
"""Sizes in letters."""
_SIGNS = {
    Kind.QUIET: Sign.QUIET,
    Kind.ALONG: Sign.ALONG,
    Kind.OTHER: Sign.UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipsState:
    """What stands in the row."""

    label: str = ""
    chips: tuple[Chip, ...] = ()
    at: int | None = None
    """The chosen one."""


class Chips(Canvas[ChipsState]):
    """Paints `ChipsState`; a click chooses."""

    chose = pyqtSignal(int)
    """Place of the one that was clicked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(ChipsState(), theme, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        wide = self._first + len(self._state.chips) * (WIDE + GAP) * self._px
        return QSize(round(wide), round(HIGH * self._px) + 2)

    def minimumSizeHint(self) -> QSize:
        """Be no lower than the row."""
        return QSize(round(6 * self._px), self.sizeHint().height())

    def changed(self, old: ChipsState, new: ChipsState) -> QRect:
        """Ask for another width where there are more, or fewer."""
        if len(old.chips) != len(new.chips) or old.label != new.label:
            self.updateGeometry()
        return super().changed(old, new)

    def spoken(self) -> str:
        """Say what is chosen, of how many."""
        state = self._state
        chosen = "" if state.at is None else state.chips[state.at].said
        return ". ".join(filter(None, (state.label, chosen)))

    def still_key(self) -> Hashable:
        """Return the state: nothing here moves."""
        return self._state

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Choose what is clicked."""
        if event is not None:
            for place in range(len(self._state.chips)):
                if self.box(place).contains(event.position()):
                    self.chose.emit(place)

    def box(self, place: int) -> QRectF:
        """Return where one stands; they grow narrower where there are many."""
        first = self._first
        count = max(len(self._state.chips), 1)
        pitch = min((WIDE + GAP) * self._px, (self.width() - first) / count)
        gap = min(GAP * self._px, 0.12 * pitch)
        return QRectF(first + place * pitch, 1.0, pitch - gap, HIGH * self._px)

    def paint_still(self, painter: QPainter) -> None:
        """Draw the label and all chips."""
        theme, px = self._theme, self._px
        line = QRectF(0.0, 1.0, self._first, HIGH * px)
        write(painter, line, self._state.label, px, theme.faint)
        for place, chip in enumerate(self._state.chips):
            self._draw(painter, self.box(place), chip, chosen=place == self._state.at)

    def _draw(self, painter: QPainter, box: QRectF, chip: Chip, *, chosen: bool) -> None:
        theme, px = self._theme, self._px
        painter.setPen(QPen(QColor(theme.target), 2.5) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(mixed(theme.background, theme.track, 1.0 if chosen else 0.7))
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 6.0, 6.0)
        number = str(chip.number)
        sign = None if chip.kind is None else _SIGNS.get(chip.kind)
        broken = chip.kind is Kind.NOT_SCORED
        size = 0.72 * px if (sign is not None or broken) and box.width() > 2.4 * px else 0.0
        whole = wide(self.font(), number, 1.1 * px, bold=chosen) + (size + 0.4 * px if size else 0)
        left = box.center().x() - whole / 2.0
        if size:
            place = QRectF(left, box.center().y() - size / 2.0, size, size)
            if broken:
                painter.setPen(QPen(QColor(theme.unknown), 2.0))
                painter.drawLine(place.topLeft(), place.bottomRight())
                painter.drawLine(place.topRight(), place.bottomLeft())
            elif sign is not None:
                draw_sign(painter, place, sign, theme)
            left = place.right() + 0.4 * px
        right = left + whole - (size + 0.4 * px if size else 0) + 1.0
        words = QRectF(left, box.top(), right - left, box.height())
        write(painter, words, number, 1.1 * px, theme.ink, bold=chosen, align=CENTRE)

    @property
    def _px(self) -> float:
        return float(max(self.font().pixelSize(), 1))

    @property
    def _first(self) -> float:
        label = self._state.label
        if not label:
            return 0.0
        return QFontMetricsF(self.font()).horizontalAdvance(label) + 1.0 * self._px
