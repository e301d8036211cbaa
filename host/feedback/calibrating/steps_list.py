"""The list of steps: what is over, what runs, what is to come; one of them can be chosen."""

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from host.feedback.calibrating.guide_state import StepRow
from host.feedback.calibrating.marks import mark_icon
from host.feedback.theme import Theme
from host.feedback.whole_rows import show_whole_rows

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class StepsList(QListWidget):
    """Shows rows; a click on one chooses it, a second click chooses none."""

    chose = pyqtSignal(object)
    """The number of the chosen step, or None."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[StepRow, ...] = ()
        self._px = 12
        self._chosen: int | None = None
        self.setAccessibleName(self.tr("Steps"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        show_whole_rows(self)
        # Tab reaches it, a click does not keep the keys from the window.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.itemClicked.connect(lambda item: self._click(self.row(item)))

    @property
    def rows(self) -> tuple[StepRow, ...]:
        """What is shown."""
        return self._rows

    @property
    def chosen(self) -> int | None:
        """The step that was clicked."""
        return self._chosen

    def show_rows(self, rows: tuple[StepRow, ...]) -> None:
        """Show these rows; only those that changed are written anew."""
        if rows == self._rows:
            return
        before, self._rows = self._rows, rows
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        for number, row in enumerate(rows):
            if number >= len(before) or before[number] != row:
                self._write(number, row)

    def choose(self, number: int | None) -> None:
        """Choose a step, or none."""
        if number == self._chosen:
            return
        self._chosen = number
        if number is None:
            self.clearSelection()
        else:
            self.setCurrentRow(number)
        self.chose.emit(number)

    def step_by(self, step: int) -> None:
        """Choose the step `step` further down, beginning with the current one."""
        current = [number for number, row in enumerate(self._rows) if row.current]
        if self._chosen is None:
            at = current[0] if current else len(self._rows) - 1
        else:
            at = self._chosen + step
        if self._rows:
            self.choose(min(max(at, 0), len(self._rows) - 1))

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and the size of letters."""
        self._theme, self._px = theme, px
        self.setIconSize(QSize(px, px))
        for number, row in enumerate(self._rows):
            self._write(number, row)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the current step in sight."""
        super().resizeEvent(event)
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave all keys to the window: letters are commands here, not a search."""
        if event is not None:
            event.ignore()

    def _click(self, number: int) -> None:
        self.choose(None if number == self._chosen else number)

    def _write(self, number: int, row: StepRow) -> None:
        item = self.item(number)
        if item is None:
            return
        item.setText(row.title)
        item.setIcon(mark_icon(row.mark, self._theme, self._px))
        item.setData(_SPOKEN, row.spoken)
        font = item.font()
        font.setBold(row.current)
        item.setFont(font)
        if row.current:
            self._show_current()

    def _show_current(self) -> None:
        """Bring the current step, and the one after it, into sight."""
        current = [number for number, row in enumerate(self._rows) if row.current]
        for number in [after for at in current for after in (at + 1, at)]:
            item = self.item(number)
            if item is not None:
                self.scrollToItem(item, QAbstractItemView.ScrollHint.EnsureVisible)
