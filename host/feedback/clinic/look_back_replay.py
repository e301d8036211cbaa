"""An attempt again, through the bars of the session; a line below shows where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QRectF
from PyQt6.QtGui import QColor, QPainter, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.bar_state import ScreenState
from host.feedback.canvas import Canvas
from host.feedback.clinic.look_back_drawing import CENTRE, wide, write
from host.feedback.clinic.look_back_playing import ReplayLineState
from host.feedback.patient_window import PatientWindow
from host.feedback.theme import DARK, USUAL_FONT_PX, Scheme, Theme, veiled
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Hashable


class ReplayLine(Canvas[ReplayLineState]):
    """Paints `ReplayLineState`."""

    def spoken(self) -> str:
        """Say where it is."""
        return tr("Replay at {:.0f} %").format(100.0 * self._state.at)

    def still_key(self) -> Hashable:
        """Return the parts."""
        return self._state.phases

    def paint_still(self, painter: QPainter) -> None:
        """Draw the parts with their words."""
        px, left = 0.58 * self.height(), 0.0
        above = QRectF(self.rect()).adjusted(0.0, 0.0, 0.0, -self._foot)
        words = (tr("Rise"), tr("Hold"), tr("Let go"))
        for number, (share, text) in enumerate(zip(self._state.phases, words, strict=True)):
            part = QRectF(left, 0.0, share * self.width(), self.height())
            painter.fillRect(part, veiled(self._theme.track, 1.0 if number == 1 else 0.55))
            if wide(self.font(), text, px) <= part.width():
                write(painter, part & above, text, px, self._theme.faint, align=CENTRE)
            left = part.right()

    def paint_live(self, painter: QPainter) -> None:
        """Draw how far it has come, below the words."""
        foot = QRectF(0.0, self.height() - self._foot, self._state.at * self.width(), self._foot)
        painter.fillRect(foot, QColor(self._theme.target))

    @property
    def _foot(self) -> float:
        return max(0.18 * self.height(), 3.0)


class LookBackReplay(QWidget):
    """The patient's bars, and the line below them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = PatientWindow(_scheme(theme), self)
        self.bars.setMinimumSize(200, 130)
        self.line = ReplayLine(ReplayLineState(), theme, self)
        self.setAccessibleName(tr("Replay of an attempt"))

    def show_moment(self, screen: ScreenState, line: ReplayLineState) -> None:
        """Show a moment of the replay."""
        self.bars.state = screen
        self.line.state = line

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours, and letters `px` high."""
        self.bars.scheme = _scheme(theme)
        self.line.theme = theme
        font = self.line.font()
        font.setPixelSize(px)
        self.line.setFont(font)
        # Its letters grow with its size and with the desktop's font.
        font.setPixelSize(round(USUAL_FONT_PX * 1.15))
        self.bars.setFont(font)
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Give both their place."""
        self._arrange()

    def _arrange(self) -> None:
        high = round(1.7 * self.line.font().pixelSize())
        self.line.setGeometry(0, self.height() - high, self.width(), high)
        self.bars.setGeometry(QRect(0, 0, self.width(), max(self.height() - high - 6, 1)))


def _scheme(theme: Theme) -> Scheme:
    return "dark" if theme == DARK else "light"
