"""A slider with its number beside it."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from host.feedback.steady import SteadySlider
from host.translation import tr

LEAST_PX = 72
"""A slider is never shorter: it must be possible to take hold of it."""


class _Number(QLabel):
    """Always as wide, in whatever letters: a slider must not move while it is dragged."""

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest words there may be."""
        widest = self.fontMetrics().horizontalAdvance(tr("as it was"))
        return super().minimumSizeHint().expandedTo(QSize(widest + 24, 0))


class NumberSlider(QWidget):
    """Choose a number from `least` to `most` in steps."""

    valueChanged = pyqtSignal(float)

    def __init__(
        self,
        name: str,
        least: float,
        most: float,
        step: float,
        *,
        written: str = "{:.2f}",
        at_least: str = "",
    ) -> None:
        """Write the number as `written` says; at its least value `at_least`, where given."""
        super().__init__()
        self._least, self._step, self._written = least, step, written
        self._at_least = at_least
        self._slider = SteadySlider()
        self._slider.setRange(0, round((most - least) / step))
        self._slider.setPageStep(5)
        self._slider.setAccessibleName(name)
        self._slider.setMinimumWidth(LEAST_PX)
        self._number = _Number()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        self._slider.valueChanged.connect(self._tell)
        self._show()

    @property
    def track(self) -> QSlider:
        """The slider itself, for what is to stand in line with it."""
        return self._slider

    def value(self) -> float:
        """Return the number."""
        return round(self._least + self._step * self._slider.value(), 6)

    def setValue(self, value: float) -> None:
        """Take the nearest number there is."""
        self._slider.setValue(round((value - self._least) / self._step))
        self._show()

    def _tell(self) -> None:
        self._show()
        self.valueChanged.emit(self.value())

    def _show(self) -> None:
        words = self._written.format(self.value())
        if self._at_least and self._slider.value() == 0:
            words = self._at_least
        self._number.setText(words)
