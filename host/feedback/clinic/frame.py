"""The parts of the therapist's window and their places; they know nothing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QGuiApplication, QPalette, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from host.feedback.clinic.controls import button, label, name_button
from host.feedback.clinic.keys import Act
from host.feedback.clinic.overlay import Overlay
from host.feedback.clinic.placing import PAGE
from host.feedback.clinic.rail import Rail
from host.feedback.clinic.room import PatientRoom
from host.feedback.clinic.scrolling import PageStack
from host.feedback.clinic.styling import letters_px, style_sheet
from host.feedback.theme import DARK, Scheme, theme_of
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.page import Page
    from host.feedback.clinic.steps import Step

SMALLEST = (800, 440)
"""A screen of 853 x 533 has room for it, with a frame and a bar of tasks: 1280 x 800 at 150 %."""


class ShellFrame(QWidget):
    """The rail at the left, the page in the middle, the patient's part beside it, a foot below."""

    dressed = pyqtSignal()
    """Colours or letters are other ones now."""

    def __init__(self, steps: tuple[Step, ...], scheme: Scheme) -> None:
        super().__init__()
        self._scheme: Scheme = scheme
        self.theme = theme_of(scheme)
        self.px = 0
        self.rail = Rail(steps)
        self.stack = PageStack()
        self.foot = label()
        self.room = PatientRoom(self.theme)
        self.middle = QHBoxLayout()
        self._waiting = label(tr("One moment: letting go of the board …"), kind="title")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.keys_button = button(tr("Keys"), lambda: None, Act.HELP)
        self.room_button = button(tr("Patient's view"), lambda: None, Act.ROOM)
        self.home_button = button(tr("All patients"), lambda: None)
        self.look_buttons = tuple(button("", lambda: None, Act.LOOK) for _ in range(2))
        """On the rail, and at the foot of the page that has no rail."""
        self._arrange()
        self.overlay = Overlay(self.theme, self)
        self.setWindowTitle("Quietface")
        self.setAccessibleName(tr("Quietface, the therapist's window"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 800)
        self.redress()
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._follow_desktop)

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or whatever the desktop has."""
        return self._scheme

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._scheme, self.theme = scheme, theme_of(scheme)
        self.redress()

    def add_page(self, page: Page) -> None:
        """Give a page its place."""
        self.stack.addWidget(page)

    def show_rail(self, *, on: bool) -> None:
        """Show the rail; without it, what is needed of it stands at the foot."""
        self.rail.setVisible(on)
        self.look_buttons[1].setVisible(not on)

    def show_waiting(self, *, on: bool) -> None:
        """Say that something is being closed, in place of a page."""
        self.stack.setEnabled(not on)
        if on:
            self.stack.setCurrentWidget(self._waiting)

    def redress(self) -> None:
        """Set colours, and letters for the window's size."""
        self.px = letters_px(self.width(), self.height())
        palette = self.palette()
        self.setStyleSheet(style_sheet(self.theme, self.px))
        # After the style sheet, which would bring the palette back that it found.
        palette.setColor(QPalette.ColorRole.Window, QColor(self.theme.background))
        self.setPalette(palette)
        self.rail.dress(self.theme, self.px)
        self.overlay.dress(self.theme, self.px)
        self.room.dress(self.theme)
        margin = round(1.4 * self.px)
        self._page_column.setContentsMargins(margin, margin, margin, self.px // 2)
        self._page_column.setSpacing(self.px // 2)
        self.foot.setMinimumHeight(round(1.5 * self.px))
        dark = self.theme is DARK
        for made in self.look_buttons:
            name_button(made, tr("Light") if dark else tr("Dark"), Act.LOOK)
        self.dressed.emit()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Letters grow with the window."""
        # A style sheet looks at every part of the window: not at each step of a drag.
        if letters_px(self.width(), self.height()) != self.px:
            self.redress()

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow a change of the desktop's font."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange and self.isVisible():
            self.redress()

    def _follow_desktop(self) -> None:
        if self._scheme == "system":
            self.scheme = "system"

    def _arrange(self) -> None:
        on_rail, at_foot = self.look_buttons
        for made in (self.home_button, self.room_button, on_rail, self.keys_button):
            made.setProperty("small", True)  # noqa: FBT003  Qt's own way
            self.rail.foot.addWidget(made)
        at_foot.setProperty("plain", True)  # noqa: FBT003
        self.stack.addWidget(self._waiting)
        self.foot.setProperty("faint", True)  # noqa: FBT003  Qt's own way
        self._page_column = QVBoxLayout()
        self._page_column.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.foot, 1)
        foot.addWidget(at_foot)
        self._page_column.addLayout(foot)
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(0)
        self.middle.addLayout(self._page_column, PAGE)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(self.middle, 1)
