"""Lists that show no half rows: a row is seen whole, or once the list is scrolled to it."""

from PyQt6.QtCore import QModelIndex
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem


class WholeRows(QStyledItemDelegate):
    """Paints the rows of a list that have room, and leaves out one that is cut at an edge."""

    def __init__(self, within: QListWidget) -> None:
        super().__init__(within)
        self._within = within

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint a row, unless an edge cuts it."""
        seen = self._within.viewport()
        high = 0 if seen is None else seen.height()
        if has_room(option.rect.top(), option.rect.height(), high):
            super().paint(painter, option, index)


def has_room(top: int, row: int, room: int) -> bool:
    """Tell whether a row at `top` is seen whole, all in pixels; one that never could be is."""
    return row >= room or (top >= 0 and top + row <= room)


def show_whole_rows(within: QListWidget) -> None:
    """Let a list show no half rows."""
    within.setItemDelegate(WholeRows(within))
