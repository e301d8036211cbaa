"""The quiet line over the person's own recent attempts: a form that speaks one share."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from host.feedback.clinic.controls import button, column, label
from host.feedback.clinic.line_state import LineState
from host.feedback.clinic.line_strip import LineStrip
from host.feedback.lettering import sized
from host.feedback.review.slider import NumberSlider
from host.feedback.theme import LIGHT, Theme
from host.translation import tr

LIMITS = (0.05, 1.5)
"""What the slider can reach, share of the gentle reference."""


class LineForm(QWidget):
    """A slider; in line with it, above, the attempts; below, how many would have stayed quiet."""

    valueChanged = pyqtSignal(float)

    def __init__(self) -> None:
        super().__init__()
        self._state = LineState(least=LIMITS[0], most=LIMITS[1])
        self.strip = LineStrip(self._state, LIGHT)
        self.slider = NumberSlider(tr("Quiet line"), *LIMITS, 0.01, written="{:.0%}")
        self.said = label(kind="faint")
        self.take = button("", self._take)
        self.slider.valueChanged.connect(self.valueChanged)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.take)
        self.setLayout(column(self.strip, self.slider, row, gap=2))
        self._show()

    def value(self) -> float:
        """Return the line."""
        return self.slider.value()

    def setValue(self, line: float) -> None:
        """Show a line; nobody is told."""
        self.slider.blockSignals(True)  # noqa: FBT003  Qt's own way
        self.slider.setValue(line)
        self.slider.blockSignals(False)  # noqa: FBT003

    @property
    def state(self) -> LineState:
        """What is shown around the line."""
        return self._state

    @state.setter
    def state(self, state: LineState) -> None:
        if state != self._state:
            self._state = state
            self._show()

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.strip.theme = theme
        self.strip.setFont(sized(self.strip.font(), px))
        self.strip.setFixedHeight(self.strip.wanted_height())
        self._align()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Keep the attempts in line with the slider."""
        self._align()

    def _align(self) -> None:
        layout = self.slider.layout()
        if layout is not None:
            layout.activate()
        self.strip.setFixedWidth(max(self.slider.track.width(), 1))

    def _take(self) -> None:
        if self._state.proposed is not None:
            self.slider.setValue(self._state.proposed)

    def _show(self) -> None:
        state = self._state
        self.strip.state = state
        self.strip.setVisible(bool(state.dots))
        self.said.setText(f"{state.said} {state.reason}".strip())
        self.take.setVisible(state.proposed is not None)
        if state.proposed is not None:
            words = tr("Take {:.0%}").format(state.proposed)
            self.take.setText(words)
            self.take.setAccessibleName(tr("Take the proposed line, {:.0%}").format(state.proposed))
