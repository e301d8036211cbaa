"""The row of bars, with the target's corridor at its end: who stands where, and what is written."""

from PyQt6.QtCore import QRect
from PyQt6.QtGui import QFontMetrics, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.bar import RelaxationBar
from host.feedback.bar_state import BarState, ScreenState, TargetState
from host.feedback.column import Column
from host.feedback.corridor import Corridor
from host.feedback.lettering import Labels, fit_labels
from host.feedback.theme import Theme
from host.feedback.words import Words

GAP = 0.3
"""Space before the corridor, in columns."""
LABEL = 0.92
"""Share of its column that a name may take."""
WIDEST = 0.36
"""A column is at most this wide, as a share of the row's height: few bars stay slim."""


class BarRow(QWidget):
    """Stand all columns on one ground, their names at one size."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: list[RelaxationBar] = []
        self._corridor: Corridor | None = None
        self._shared = Words(theme, self)

    @property
    def bars(self) -> tuple[RelaxationBar, ...]:
        """The bars from left to right."""
        return tuple(self._bars)

    @property
    def corridor(self) -> Corridor | None:
        """The target's corridor, where there is a target."""
        return self._corridor

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (*self._columns(), self._shared):
            part.theme = theme

    def show_state(self, screen: ScreenState) -> None:
        """Give each column its state; stand them anew only where names or number changed."""
        names = self._names()
        self._show_bars(screen.bars)
        self._show_target(screen.target)
        if self._names() != names:
            self.arrange()

    def arrange(self) -> None:
        """Stand the columns side by side, in the middle of the row."""
        columns = self._columns()
        if not columns or not self.height():
            return
        gap = GAP if self._corridor and self._bars else 0.0
        pitch = min(self.width() / (len(columns) + gap), WIDEST * self.height())
        labels = fit_labels(self._names(), LABEL * pitch, self.font())
        height = self.height() - self._place_shared(labels)
        left = (self.width() - pitch * (len(columns) + gap)) / 2
        for column, text in zip(columns, labels.texts, strict=True):
            left += pitch * gap if column is self._corridor else 0.0
            column.setGeometry(round(left), 0, round(left + pitch) - round(left), height)
            column.setFont(labels.font)
            column.label = text
            column.show()
            left += pitch

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Stand the columns in the new room."""
        self.arrange()

    def _columns(self) -> list[Column[BarState] | Column[TargetState]]:
        return [*self._bars, *([self._corridor] if self._corridor else [])]

    def _names(self) -> list[str]:
        return [column.state.name for column in self._columns()]

    def _show_bars(self, states: tuple[BarState, ...]) -> None:
        for bar in self._bars[len(states) :]:
            _discard(bar)
        del self._bars[len(states) :]
        for bar, state in zip(self._bars, states, strict=False):
            bar.state = state
        self._bars += [RelaxationBar(s, self._theme, self) for s in states[len(self._bars) :]]

    def _show_target(self, state: TargetState | None) -> None:
        if state is None:
            if self._corridor:
                _discard(self._corridor)
            self._corridor = None
        elif self._corridor:
            self._corridor.state = state
        else:
            self._corridor = Corridor(state, self._theme, self)

    def _place_shared(self, labels: Labels) -> int:
        """Write the word that all names share below them; return the height that it takes."""
        height = QFontMetrics(labels.font).height() if labels.shared else 0
        self._shared.setFont(labels.font)
        self._shared.setGeometry(QRect(0, self.height() - height, self.width(), height))
        self._shared.state = labels.shared
        self._shared.setVisible(bool(labels.shared))
        return height


def _discard(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
