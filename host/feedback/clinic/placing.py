"""Where the patient's window is: on its own screen, beside the page, or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication

from host.feedback.clinic.screens import Place, patients_screen

if TYPE_CHECKING:
    from PyQt6.QtGui import QScreen
    from PyQt6.QtWidgets import QHBoxLayout, QWidget

    from host.feedback.clinic.room import PatientRoom

BESIDE = 2
PAGE = 3
"""Shares of the width: the patient's part beside a page, and the page."""


class Placing(QObject):
    """Puts the patient's room where it belongs, whenever screens come and go.

    A room that somebody closed stays closed until it is called back.
    """

    changed = pyqtSignal()

    def __init__(self, room: PatientRoom, window: QWidget, beside: QHBoxLayout) -> None:
        super().__init__(window)
        self._room, self._window, self._beside = room, window, beside
        self._wanted_beside = False
        self._started = False
        self.hidden = False
        """Whether somebody closed it."""
        self.own_screen = False
        """Whether it has a screen of its own now."""
        room.closed.connect(self._hide)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self.place)
            application.screenRemoved.connect(self.place)

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
        """Bring it back; on one screen, put it away again."""
        self.hidden = not self.hidden and not self.own_screen
        self.place()

    def place(self, _screen: object = None) -> None:
        """Put it where it belongs now."""
        if not self._started:
            return
        screen = _second_screen(self._window)
        self.own_screen = screen is not None
        if self.hidden:
            self._room.hide()
        elif screen is not None:
            self._beside.removeWidget(self._room)
            self._room.show_on(screen)
            self._window.activateWindow()
        else:
            self._stand_beside()
        self.changed.emit()

    def _stand_beside(self) -> None:
        room = self._room
        if room.parentWidget() is None:
            room.setWindowState(Qt.WindowState.WindowNoState)
            self._beside.addWidget(room, BESIDE)
        room.setVisible(self._wanted_beside)

    def _hide(self) -> None:
        self.hidden = True
        self.changed.emit()


def _second_screen(window: QWidget) -> QScreen | None:
    screens = QGuiApplication.screens()
    number = patients_screen(tuple(_place(one) for one in screens), _window_place(window))
    return None if number is None else screens[number]


def _place(screen: QScreen) -> Place:
    shape = screen.geometry()
    return Place(shape.x(), shape.y(), max(shape.width(), 1), max(shape.height(), 1))


def _window_place(window: QWidget) -> Place:
    shape = window.frameGeometry()
    return Place(shape.x(), shape.y(), max(shape.width(), 1), max(shape.height(), 1))
