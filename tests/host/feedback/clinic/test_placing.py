"""Screens come and go while the app runs: the patient's view follows calmly, and loses nothing."""

import pytest
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.desktop import Desktop
from host.feedback.clinic.placing import Placing
from host.feedback.clinic.room import PatientRoom
from host.feedback.clinic.screens import Place
from host.feedback.theme import LIGHT

LAPTOP, WALL = Place(0, 0, 1280, 800), Place(1280, 0, 1920, 1080)
BEYOND = Place(3200, 0, 2560, 1440)


class Screens(Desktop):
    """Screens that are plugged in and out by a test."""

    def __init__(self, *places: Place) -> None:
        super().__init__()
        self.there = places

    def places(self) -> tuple[Place, ...]:
        return self.there

    def become(self, *places: Place) -> None:
        """Let there be other screens from now on."""
        self.there = places
        self.changed.emit()


class Consulting:
    """A therapist's window and a patient's room that shows something, before some screens."""

    def __init__(self, qtbot: QtBot, *places: Place) -> None:
        self.window, self.room = QWidget(), PatientRoom(LIGHT)
        qtbot.addWidget(self.window)
        qtbot.addWidget(self.room)
        self.window.resize(800, 500)
        beside = QHBoxLayout(self.window)
        beside.addWidget(QLabel("page"), 3)
        self.screens = Screens(*places)
        self.placing = Placing(self.room, self.window, beside, self.screens)
        self.said: list[str] = []
        self.placing.told.connect(self.said.append)
        self.part = QLabel("Smile gently")
        self.room.part = self.part
        self.window.show()
        self.placing.start()
        self.placing.beside(wanted=True)

    @property
    def beside(self) -> bool:
        """Whether the room stands in the therapist's window, beside the page."""
        return self.room.isVisible() and self.room.parentWidget() is self.window

    @property
    def alone(self) -> bool:
        """Whether it has a screen of its own."""
        return self.room.isVisible() and self.room.isWindow() and self.room.isFullScreen()


def test_a_screen_that_is_plugged_in_gets_the_patients_view_by_itself(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP)
    assert here.beside
    here.screens.become(LAPTOP, WALL)
    assert here.alone
    assert here.room.fills(WALL)
    assert here.part.isVisible()
    assert here.said == ["The patient's view is on the second screen."]


def test_a_screen_that_is_pulled_out_takes_nothing_with_it(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    assert here.alone
    assert here.said == []
    here.screens.become(LAPTOP)
    assert here.beside
    assert not here.room.isFullScreen()
    assert here.room.part is here.part
    assert here.part.isVisible()
    assert "goes on" in here.said[-1]
    here.screens.become(LAPTOP, WALL)
    assert here.alone
    assert here.part.isVisible()


def test_the_keys_stay_with_the_therapist_whenever_the_patients_window_is_placed(
    qtbot: QtBot,
) -> None:
    here = Consulting(qtbot, LAPTOP)
    here.screens.become(LAPTOP, WALL)
    qtbot.waitUntil(here.window.isActiveWindow)
    # Some desktops give the keys to a window that fills a screen, and some time later.
    here.room.activateWindow()
    qtbot.waitUntil(here.window.isActiveWindow)
    here.room.activateWindow()
    qtbot.waitUntil(here.room.isActiveWindow)
    here.placing.call()
    qtbot.waitUntil(here.window.isActiveWindow)


def test_a_patients_window_that_is_tapped_later_has_the_keys(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    here.room.activateWindow()
    qtbot.waitUntil(here.window.isActiveWindow)
    here.room.activateWindow()
    qtbot.waitUntil(here.room.isActiveWindow)


def test_on_a_page_without_a_patients_part_the_view_waits_for_the_screen(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    here.placing.beside(wanted=False)
    here.screens.become(LAPTOP)
    assert not here.room.isVisible()
    assert here.said == ["The second screen is gone. The patient's view comes back with it."]
    here.screens.become(LAPTOP, WALL)
    assert here.alone


def test_a_view_that_somebody_closed_stays_closed_whatever_is_plugged_in(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    here.room.close()
    for places in ((LAPTOP,), (LAPTOP, WALL)):
        here.screens.become(*places)
        assert not here.room.isVisible()
    assert here.said == []
    here.placing.call()
    assert here.alone


def test_screens_that_begin_to_mirror_each_other_are_one(qtbot: QtBot) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    here.screens.become(LAPTOP, LAPTOP)
    assert here.beside


def test_a_screen_that_changes_its_size_is_filled_anew_and_else_nothing_flashes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Consulting(qtbot, LAPTOP, WALL)
    filled: list[Place] = []
    whole = here.room.show_on

    def show_on(screen: Place) -> None:
        filled.append(screen)
        whole(screen)

    monkeypatch.setattr(here.room, "show_on", show_on)
    here.screens.become(LAPTOP, WALL)
    here.placing.beside(wanted=False)
    assert filled == []
    smaller = Place(1280, 0, 1024, 768)
    here.screens.become(LAPTOP, smaller)
    here.screens.become(LAPTOP, smaller, BEYOND)
    assert filled == [smaller, BEYOND]
    assert here.alone


def test_the_app_watches_the_screens_that_there_are(qtbot: QtBot) -> None:
    desktop = Desktop()
    (place,) = desktop.places()
    assert place.width > 0
    from PyQt6.QtGui import QGuiApplication

    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    (screen,) = application.screens()
    for signal in (application.screenAdded, application.screenRemoved):
        with qtbot.waitSignal(desktop.changed):
            signal.emit(screen)
    with qtbot.waitSignal(desktop.changed):
        screen.geometryChanged.emit(screen.geometry())
