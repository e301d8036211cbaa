"""The patient's window: what the open page shows the patient, or a calm room with a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QColor, QKeyEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import QWidget

from host.feedback.lettering import sized
from host.feedback.theme import name_px
from host.feedback.words import Words
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.screens import Place
    from host.feedback.theme import Theme

LARGE = 1.9
"""Letters of the calm words, in sizes of a bar's name."""


class PatientRoom(QWidget):
    """A window on the patient's own screen, or a pane beside the page; it decides nothing.

    Closing it only hides it: what it shows goes on, and it can be brought back.
    """

    pressed = pyqtSignal(object)
    """A `QKeyEvent`: keys mean the same, whichever window hears them."""
    closed = pyqtSignal()
    """Somebody closed it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._part: QWidget | None = None
        self._calm = Words(theme, self)
        self._quiet = self._over = False
        self._filled: Place | None = None
        """The screen that it was told to fill last."""
        self.setObjectName("room")
        self.setAutoFillBackground(True)
        self.setWindowTitle(tr("For the patient – Quietface"))
        self.setAccessibleName(tr("The patient's window"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.resize(1024, 720)
        self._say()
        self.dress(theme)

    @property
    def part(self) -> QWidget | None:
        """What a page shows the patient; None for the calm room."""
        return self._part

    @part.setter
    def part(self, part: QWidget | None) -> None:
        if part is self._part:
            return
        if self._part is not None:
            self._part.hide()
            self._part.setParent(None)
        self._part = part
        if part is not None:
            part.setParent(self)
        self._say()

    @property
    def quiet(self) -> bool:
        """Whether everything is hidden behind a few calm words, whatever a page shows."""
        return self._quiet

    @quiet.setter
    def quiet(self, quiet: bool) -> None:
        self._quiet = quiet
        self._say()

    @property
    def over(self) -> bool:
        """Whether the appointment is: the calm words are its end then, and no welcome."""
        return self._over

    @over.setter
    def over(self, over: bool) -> None:
        self._over = over
        self._say()

    @property
    def words(self) -> str:
        """The words of the calm room; empty while a page's part is seen."""
        return "" if self._calm.isHidden() else self._calm.state

    def show_on(self, screen: Place) -> None:
        """Fill a screen of its own."""
        self.leave_pane()
        # From one full screen to another, a window has to be a plain one in between.
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.setGeometry(screen.left, screen.top, screen.width, screen.height)
        self.showFullScreen()
        self._filled = screen

    def fills(self, screen: Place) -> bool:
        """Tell whether it is on this screen already."""
        return self.isVisible() and self.isWindow() and self._filled == screen

    def leave_pane(self) -> None:
        """Be a window of its own."""
        if self.parentWidget() is not None:
            self.setParent(None)

    def dress(self, theme: Theme) -> None:
        """Take colours."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.background))
        self.setPalette(palette)
        self._calm.theme = theme
        self._arrange()

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        """Give words or part their place."""
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Pass keys on."""
        if event is not None:
            self.pressed.emit(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Hide, and say so."""
        super().closeEvent(event)
        self.closed.emit()

    def _say(self) -> None:
        """Show the part, or the calm words."""
        if self._quiet:
            self._calm.state = tr("Rest now. There is nothing to do.")
        elif self._over:
            self._calm.state = tr("That was all for today. Thank you.")
        else:
            self._calm.state = tr("Welcome. There is nothing to do yet.")
        shown = self._part is not None and not self._quiet
        self._calm.setVisible(not shown)
        if self._part is not None:
            self._part.setVisible(shown)
        self._arrange()

    def _arrange(self) -> None:
        name = name_px(self.width(), self.height(), self.font())
        margin = round(0.035 * min(self.width(), self.height()))
        inner = self.rect().adjusted(margin, margin, -margin, -margin)
        self._calm.setFont(sized(self._calm.font(), LARGE * name))
        self._calm.setGeometry(inner)
        if self._part is not None:
            self._part.setGeometry(inner)
