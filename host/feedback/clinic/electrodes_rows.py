"""The rows of the electrodes page: a list that is as high as its room, painted row by row."""

from __future__ import annotations

from PyQt6.QtCore import QModelIndex, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from host.feedback.clinic.choices import Choices
from host.feedback.clinic.electrodes_row_paint import HEIGHT, WIDTH, RowLook, paint_row
from host.feedback.clinic.electrodes_rows_state import RowState
from host.feedback.lettering import SMALLEST_PX
from host.feedback.theme import LIGHT, Theme
from host.translation import tr

LEAST, MOST = 2.0, 4.6
"""Height of a row, in sizes of the app's letters."""
_STATE = Qt.ItemDataRole.UserRole
LEAST_WIDE = round((SMALLEST_PX + 0.5) * WIDTH) + 16
"""In a narrower list, with its edges, words would be cut."""


class ChannelRows(Choices):
    """Shows `RowState`s; a row that is chosen by mouse or arrows is told."""

    chose = pyqtSignal(int)
    """A channel's column."""

    def __init__(self) -> None:
        super().__init__(tr("Channels, each with its verdict"))
        self._rows: tuple[RowState, ...] = ()
        self._px = 12
        self._theme = LIGHT
        self._painting = _Delegate(self)
        self.setItemDelegate(self._painting)
        self.setUniformItemSizes(True)
        self.setMinimumWidth(LEAST_WIDE)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(lambda item: self._tell(self.row(item)))

    @property
    def rows(self) -> tuple[RowState, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[RowState, ...], chosen: int | None) -> None:
        """Show the newest; what has not changed paints nothing."""
        self.blockSignals(True)  # noqa: FBT003  Qt's own way
        if len(rows) != self.count():
            self.clear()
            for _ in rows:
                self.addItem(QListWidgetItem())
        for at, row in enumerate(rows):
            item = self.item(at)
            if item is not None and item.data(_STATE) != row:
                item.setData(_STATE, row)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
                item.setToolTip(row.advice)
        self._rows = rows
        at = next((at for at, row in enumerate(rows) if row.channel == chosen), -1)
        if at != self.currentRow():
            self.setCurrentRow(at)
        self.blockSignals(False)  # noqa: FBT003
        self._size_rows()

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self._theme, self._px = theme, px
        self._size_rows()
        self._repaint()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Give all rows the same share of the height."""
        super().resizeEvent(event)
        self._size_rows()

    def look(self) -> RowLook:
        """Return how rows are painted now: with room for impedances only where there are some."""
        return RowLook(
            theme=self._theme,
            px=min(1.25 * self._px, self._painting.high / HEIGHT, self._wide() / WIDTH),
            names=tuple(row.named for row in self._rows),
            impedance=any(row.impedance for row in self._rows),
        )

    def step_by(self, by: int) -> None:
        """Choose the row above or below."""
        self._tell(min(max(self.currentRow() + by, 0), self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Tell where the arrows went; Qt also makes a row current that nobody chose."""
        super().keyPressEvent(event)
        if event is not None and event.isAccepted():
            self._tell(self.currentRow())

    def _size_rows(self) -> None:
        viewport = self.viewport()
        room = (0 if viewport is None else viewport.height()) / max(self.count(), 1)
        high = round(min(max(int(room), LEAST * self._px), MOST * self._px))
        if high != self._painting.high:
            self._painting.high = high
            self.scheduleDelayedItemsLayout()

    def _wide(self) -> int:
        viewport = self.viewport()
        return 0 if viewport is None else viewport.width()

    def _repaint(self) -> None:
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def _tell(self, at: int) -> None:
        if 0 <= at < len(self._rows):
            self.chose.emit(self._rows[at].channel)


class _Delegate(QStyledItemDelegate):
    """Paints a row by its state."""

    def __init__(self, rows: ChannelRows) -> None:
        super().__init__(rows)
        self._of = rows
        self.high = 30

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return the height that all rows have."""
        return QSize(1, self.high)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one."""
        row = index.data(_STATE)
        if painter is None or not isinstance(row, RowState):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row(painter, option.rect, row, self._of.look(), chosen=chosen)
