"""All that a window says: what is written, what is painted, and what a screen reader reads out."""

from collections.abc import Collection, Iterator, Sequence

from PyQt6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QTableView,
    QWidget,
)

from tests.host.bracketed import untold

_QTS_OWN = ("qt_", "QWindowsStyle")


def all_said(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield everything that can be seen or heard of a window, with what says it."""
    for one in (window, *window.findChildren(QWidget)):
        if one.isHidden() or one.objectName().startswith(_QTS_OWN):
            continue
        name = f"{type(one).__name__} {one.objectName()}".strip()
        for text in _of(one):
            if text:
                yield name, text


def _of(one: QWidget) -> Iterator[str]:
    yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.statusTip())
    if one.isWindow():
        yield one.windowTitle()
    if isinstance(one, QLabel | QAbstractButton):
        yield one.text()
    elif isinstance(one, QLineEdit | QPlainTextEdit):
        yield one.placeholderText()
    elif isinstance(one, QComboBox):
        yield from (one.itemText(at) for at in range(one.count()))
    elif isinstance(one, QProgressBar):
        yield one.text() if one.isTextVisible() else ""
    elif isinstance(one, QSpinBox | QDoubleSpinBox):
        yield from (one.prefix(), one.suffix(), one.specialValueText())
    elif isinstance(one, QAbstractItemView):
        yield from _of_items(one)


def _of_items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if not isinstance(model, QAbstractItemModel):
        return
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    rows = model.rowCount(QModelIndex())
    # Qt keeps the number of a list's columns to itself.
    columns = model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1
    for role in (*roles, Qt.ItemDataRole.ToolTipRole):
        for row in range(rows):
            yield from (_text(model.index(row, at).data(role)) for at in range(columns))
        if isinstance(view, QTableView):
            across = Qt.Orientation.Horizontal
            yield from (_text(model.headerData(at, across, role)) for at in range(columns))


def _text(data: object) -> str:
    return data if isinstance(data, str) else ""


def assert_all_told(
    window: QWidget, painted: Sequence[str] = (), names: Collection[str] = ()
) -> None:
    """Paint a window, and name what of it stays English, one text a line.

    `names` are what somebody called a recording, which nobody translates.
    """
    window.grab()
    said = {text: name for name, text in all_said(window)} | dict.fromkeys(painted, "painted")
    said = {text: what for text, what in said.items() if set(untold(text)) - set(names)}
    assert not said, "\n" + "\n".join(f"{what}: {text!r}" for text, what in said.items())
