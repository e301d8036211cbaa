"""Lists of the practice page: attempts with their signs, and what happened."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QBrush, QColor, QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from host.feedback.clinic.practising.attempts_state import AttemptRow
from host.feedback.review.lanes import paint_sign
from host.feedback.sentences import unbroken
from host.feedback.theme import Theme
from host.feedback.whole_rows import show_whole_rows
from host.report.outcomes import Verdict
from host.translation import tr


def plain_list(name: str) -> QListWidget:
    """Return a list that is read, not chosen from."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setWordWrap(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setMinimumSize(QSize(60, 40))
    show_whole_rows(made)
    return made


def show_lines(within: QListWidget, lines: tuple[str, ...]) -> None:
    """Show lines, one an item; no line is broken between a number and its unit."""
    within.clear()
    within.addItems(unbroken(line) for line in lines)


def show_attempts(within: QListWidget, rows: tuple[AttemptRow, ...], theme: Theme, px: int) -> None:
    """Show attempts: a sign that needs no colour, what became of each, and why."""
    within.clear()
    within.setIconSize(QSize(px, px))
    if not rows:
        within.addItem(tr("None yet."))
    faint, empty = QBrush(QColor(theme.faint)), sign(None, theme, px)
    for row in rows:
        within.addItem(QListWidgetItem(sign(row.verdict, theme, px), row.title))
        if row.detail:
            detail = QListWidgetItem(empty, unbroken(row.detail))
            detail.setForeground(faint)
            within.addItem(detail)


def sign(verdict: Verdict | None, theme: Theme, px: int) -> QIcon:
    """Return the sign of a verdict; an empty one for what does not count."""
    drawn = QPixmap(px, px)
    drawn.fill(Qt.GlobalColor.transparent)
    if verdict is not None:
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_sign(painter, QRectF(0.2 * px, 0.2 * px, 0.6 * px, 0.6 * px), verdict, theme)
    return QIcon(drawn)
