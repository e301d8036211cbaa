"""The two lines above the electrodes, with their sign: they paint what `BannerState` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from host.feedback.canvas import Canvas
from host.feedback.clinic.controls import column, label
from host.feedback.faces.face_paint import draw_shapes
from host.report.face.status import SIGNS, Status, sign_drawing
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.electrodes_banner import BannerState
    from host.feedback.theme import Theme

SIGN = 2.6
"""Size of the sign, in sizes of the app's letters."""
HEIGHT = 4.6
"""Of the banner, so that nothing below it moves when its words change."""


class SignView(Canvas[Status]):
    """Shows the sign of one state; nothing for PLAIN."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Status.PLAIN, theme, parent)

    def spoken(self) -> str:
        """Name the state."""
        return tr(self._state.value)

    def paint_live(self, painter: QPainter) -> None:
        """Draw it into the middle."""
        if self._state is not Status.PLAIN:
            centre = (0.5 * self.width(), 0.5 * self.height())
            radius = 0.38 * min(self.width(), self.height())
            draw_shapes(painter, sign_drawing(SIGNS[self._state], centre, radius), self._theme)


class Banner(QWidget):
    """Shows a `BannerState`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = SignView(theme)
        self.headline, self.detail = label(kind="large"), label()
        self.headline.setWordWrap(False)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        keeps = self.progress.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps)
        self.progress.setAccessibleName(tr("How much of it is done"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sign)
        row.addLayout(column(self.headline, self.detail, self.progress, gap=2), 1)

    def show_state(self, state: BannerState) -> None:
        """Show the newest."""
        self.sign.state = state.status
        if self.headline.text() != state.headline:
            self.headline.setText(state.headline)
        if self.detail.text() != state.detail:
            self.detail.setText(state.detail)
        self.setAccessibleName(state.spoken)
        self.progress.setVisible(state.progress is not None)
        if state.progress is not None:
            self.progress.setValue(round(1000.0 * state.progress))

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.sign.theme = theme
        self.sign.setFixedSize(round(SIGN * px), round(SIGN * px))
        self.progress.setFixedHeight(max(4, px // 3))
        self.setMinimumHeight(round(HEIGHT * px))
