"""Open the app."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QApplication

from host.clinic.repository import Clinic
from host.errors import HostError
from host.feedback.clinic.notice import show_notice_once
from host.feedback.clinic.pages import PAGES
from host.feedback.clinic.remembered import remember, remembered
from host.feedback.clinic.screens import Place, fits
from host.feedback.clinic.shell import Shell
from host.feedback.clinic.start_page import StartPage
from host.feedback.collecting import collecting
from host.feedback.speaking import speak_in_qt
from host.feedback.starting import AfterFirstPaint, application
from host.feedback.theme import Schemed
from host.translation import speak, system_catalogue, told, told_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.theme import Scheme


class Clinical(Shell):
    """The app as it is started: with all pages, and with recordings to look at."""

    told = pyqtSignal(str)
    """Something to be said, from whichever thread."""

    def __init__(self, clinic: Clinic, scheme: Scheme = "system") -> None:
        super().__init__(clinic, StartPage, PAGES, scheme)
        self.told.connect(self.say_too)
        self.turned.connect(_turn_all)
        if isinstance(self.start, StartPage):
            self.start.session.connect(self.recordings.choose_session)
            self.start.recording.connect(self.recordings.choose_file)

    @property
    def calm(self) -> bool:
        """Whether a moment without a new picture would be noticed by nobody."""
        return self.page is None or self.page.calm

    def end_now(self) -> None:
        """End whatever is still open, without asking; wait for it."""
        closing = None if self.page is None else self.page.leave()
        if closing is not None:
            closing()
        self.recordings.close()


def run_clinic(
    *,
    scheme: Scheme = "system",
    clinic: Clinic | None = None,
    first: Callable[[], tuple[str, ...]] = tuple,
) -> None:
    """Show the app; return when it is closed. Without a scheme it is the one that was chosen last.

    After the first paint `first` is called in a thread, for what must be done before a session
    begins; what it returns is said.
    """
    app = application()
    if scheme == "system":
        scheme = remembered().scheme
    speak(system_catalogue())
    speak_in_qt(app)
    signal.signal(signal.SIGINT, lambda _number, _frame: app.quit())
    window = Clinical(clinic or Clinic(), scheme)
    _show(window)
    AfterFirstPaint(window, lambda: _after_first_paint(window, first))
    with collecting(lambda: window.calm):
        app.exec()
    window.end_now()


def _show(window: Clinical) -> None:
    """Show the window; it fills a screen that is too small for it: its foot must be seen."""
    screen = window.screen()
    free = None if screen is None else screen.availableGeometry()
    if free is None or fits(window.width(), window.height(), Place(*free.getRect())):
        window.show()
    else:
        window.showMaximized()


def _turn_all(scheme: Scheme) -> None:
    """Give every open window the scheme that was chosen, and remember it."""
    remember(replace(remembered(), scheme=scheme))
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Schemed):
            window.scheme = scheme


def _after_first_paint(window: Clinical, first: Callable[[], tuple[str, ...]]) -> None:
    """Offer what takes a moment to find out; bring heavy imports in while somebody reads."""
    from host.acquisition.ports import list_ports

    if isinstance(window.start, StartPage):
        window.start.board.offer_ports(tuple(port.device for port in list_ports() if port.known))
    show_notice_once(window.overlay)
    # No daemon: one in the midst of an import would crash the end of the program.
    threading.Thread(target=_warm, args=(window, first), name="warming").start()


def _warm(window: Clinical, first: Callable[[], tuple[str, ...]]) -> None:
    """Do what comes first, then import what a page with a board needs: nobody waits for either."""
    try:
        said = " ".join(map(told, first()))
    except HostError as error:
        said = told_error(error)
    if said:
        window.told.emit(said)
    import host.feedback.calibrating.worker
    import host.feedback.clinic.electrodes_page
    import host.feedback.clinic.look_back_page
    import host.session.calibrating.building
    import host.session.calibrating.finishing  # noqa: F401
