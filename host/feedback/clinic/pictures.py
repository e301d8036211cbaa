"""Pictures of every page, for the documents: `docs/make_pictures.py` calls this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt

from host.errors import SettingsError
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.appointment import standing
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.notice import notice
from host.feedback.clinic.overlay import Answer
from host.feedback.clinic.pages import PAGES
from host.feedback.picture import picture
from host.feedback.starting import application

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from PyQt6.QtWidgets import QWidget

    from host.clinic.repository import Clinic
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.page import Page
    from host.feedback.clinic.steps import Step
    from host.feedback.theme import Scheme

    Prepare = Callable[[Page], None]
    """Brings a page that was just opened to what its picture is to show."""


class Album:
    """The app off the screen, of which pictures are taken."""

    def __init__(self, folder: Path, clinic: Clinic, scheme: Scheme, size: tuple[int, int]) -> None:
        self._folder, self._size, self._scheme = folder, size, scheme
        self._app = application()
        self.window = Clinical(clinic, scheme)
        self.window.resize(*size)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.window.show()

    def opened(self, step: Step) -> Page:
        """Open a step, once what was open is closed; ValueError where it is not possible."""
        stands = standing(step, self.window.appointment)
        if not stands.possible:
            raise ValueError(f"{step.value} cannot be opened: {stands.why}")
        self.window.open_step(step)
        while self.window.journey.waiting:
            self._app.processEvents()
        page = self.window.page
        if page is None:
            raise ValueError(f"{step.value} did not open")
        return page

    def take(self, name: str, of: QWidget | None = None) -> None:
        """Write a picture of the window, or of a part of it."""
        # Scroll bars appear where their contents are laid out, not before.
        for _ in range(3):
            self._app.processEvents()
        path = self._folder / f"{name}-{self._scheme}-{self._size[1]}.png"
        if not picture(of or self.window).save(str(path), "PNG"):
            raise SettingsError(f"the picture cannot be written to {path}")

    def take_room(self, name: str, part: QWidget) -> None:
        """Write a picture of the patient's window, as it is on a screen of its own."""
        room = self.window.room
        room.leave_pane()
        room.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        room.part = part
        room.resize(*self._size)
        room.show()
        self.take(name, room)
        room.hide()

    def close(self) -> None:
        """End it, once what was open is closed."""
        self.window.journey.end(lambda: None)
        while self.window.journey.waiting:
            self._app.processEvents()
        self.window.hide()
        self.window.deleteLater()
        self._app.processEvents()


def draw_pages(
    folder: Path,
    clinic: Clinic,
    appointment: Appointment,
    *,
    scheme: Scheme,
    size: tuple[int, int],
    steps: Iterable[Step] = tuple(PAGES),
    prepare: Mapping[Step, Prepare] | None = None,
    more: Mapping[Step, Mapping[str, Prepare]] | None = None,
) -> None:
    """Write a picture of each page as this appointment shows it, of the keys and of the notice.

    They are named `app-<page>-<scheme>-<height>.png`; what a page shows the patient,
    `app-<page>-patient-…`. `more` are further moments of a page, by a word that goes into the name
    of their pictures: `app-<page>-<word>-…`. Needs no screen.
    """
    album = Album(folder, clinic, scheme, size)
    window = album.window
    album.take("app-start")
    title, text = notice()
    window.overlay.ask(title, (Answer(words="I understand"),), detail=text)
    album.take("app-notice")
    window.overlay.end()
    window.renew(appointment)
    for step in steps:
        page = album.opened(step)
        if prepare is not None and step in prepare:
            prepare[step](page)
        name = f"app-{step.value.lower().replace(' ', '-')}"
        album.take(name)
        if page.patient_part is not None:
            album.take_room(f"{name}-patient", page.patient_part)
        if Act.QUIET in page.acts:
            window.hear_act(Pressed(act=Act.HELP))
            album.take(f"{name}-keys")
            window.overlay.end()
        for word, bring in (more or {}).get(step, {}).items():
            bring(page)
            album.take(f"{name}-{word}")
            if page.patient_part is not None:
                album.take_room(f"{name}-{word}-patient", page.patient_part)
    album.close()
