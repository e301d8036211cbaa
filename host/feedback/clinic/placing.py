"""Where the patient's window is: on its own screen, beside the page, or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal

from host.feedback.clinic.desktop import Desktop, place_of
from host.feedback.clinic.screens import Place, patients_screen
from host.translation import tr

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QHBoxLayout, QWidget

    from host.feedback.clinic.room import PatientRoom

BESIDE = 2
PAGE = 3
"""Shares of the width: the patient's part beside a page, and the page."""


class Placing(QObject):
    """Puts the patient's room where it belongs, whenever screens come and go.

    A screen that is pulled out takes nothing with it: the room comes back beside the page, and
    fills the screen again once it is there. One that somebody closed stays closed until it is
    called back.
    """

    changed = pyqtSignal()
    told = pyqtSignal(str)
    """A sentence about where it went by itself."""

    def __init__(
        self,
        room: PatientRoom,
        window: QWidget,
        beside: QHBoxLayout,
        desktop: Desktop | None = None,
    ) -> None:
        super().__init__(window)
        self._room, self._window, self._beside = room, window, beside
        self._desktop = desktop or Desktop(self)
        self._wanted_beside = False
        self._started = self._placed = False
        self.hidden = False
        """Whether somebody closed it."""
        self.own_screen = False
        """Whether it has a screen of its own now."""
        self._fresh = False
        """Whether it was brought to a screen, and has not been in front since."""
        room.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        room.installEventFilter(self)
        room.closed.connect(self._hide)
        self._desktop.changed.connect(self.place)

    def start(self) -> None:
        """Place it for the first time, once the therapist's window is seen."""
        handle = self._window.windowHandle()
        if not self._started and handle is not None:
            # Somebody may drag the therapist's window to the screen that was the patient's.
            handle.screenChanged.connect(self.place)
        self._started = True
        self.place()

    def beside(self, *, wanted: bool) -> None:
        """Say whether a page wants the room beside it, where there is but one screen."""
        self._wanted_beside = wanted
        self.place()

    def call(self) -> None:
        """Bring it back; on one screen, put it away again. The keys stay with the therapist."""
        self.hidden = not self.hidden and not self.own_screen
        self.place()
        self._room.raise_()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Give the keys back that a desktop gave to the patient's window with its place."""
        if event is not None and event.type() == QEvent.Type.WindowActivate and self._fresh:
            self._fresh = False
            QTimer.singleShot(0, self._window.activateWindow)
        return super().eventFilter(watched, event)

    def place(self, _screen: object = None) -> None:
        """Put it where it belongs now."""
        if not self._started:
            return
        screen, had_own = self._second_screen(), self.own_screen
        self.own_screen = screen is not None
        if self.hidden:
            self._room.hide()
        elif screen is not None:
            self._fill(screen)
        else:
            self._stand_beside()
        self.changed.emit()
        if self.own_screen != had_own and not self.hidden and self._placed:
            self.told.emit(self._where())
        self._placed = True

    def _fill(self, screen: Place) -> None:
        """Fill a screen; a room that fills it already is left alone, so that nothing flashes."""
        if self._room.fills(screen):
            return
        self._beside.removeWidget(self._room)
        self._fresh = True
        self._room.show_on(screen)
        self._window.activateWindow()

    def _stand_beside(self) -> None:
        room = self._room
        if room.parentWidget() is None:
            room.setWindowState(Qt.WindowState.WindowNoState)
            self._beside.addWidget(room, BESIDE)
        room.setVisible(self._wanted_beside)

    def _hide(self) -> None:
        self.hidden = True
        self.changed.emit()

    def _second_screen(self) -> Place | None:
        screens = self._desktop.places()
        number = patients_screen(screens, place_of(self._window.frameGeometry()))
        return None if number is None else screens[number]

    def _where(self) -> str:
        """Say where it went; what it shows goes on."""
        if self.own_screen:
            return tr("The patient's view is on the second screen.")
        if self._wanted_beside:
            return tr("The second screen is gone: the patient's view stands here, and goes on.")
        return tr("The second screen is gone. The patient's view comes back with it.")
