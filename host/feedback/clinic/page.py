"""How a page joins the app: the seam between the shell and whoever writes a page.

A page is a widget for one step. The shell makes it when its step is first opened, and then:

    page.dress(theme, px)      colours and letters; again whenever one of them changes
    page.enter(appointment)    it is opened: show, start timers and workers
    page.follow(appointment)   the appointment changed while it is open
    page.obey(pressed)         a key of `page.acts` was pressed, or its button on the rail's foot
    page.resume()              a key ended the quiet: go on with what it held up, start nothing
    page.holding()             a sentence why leaving wants a yes ("A bout is running."), or ""
    page.leave()               it is left: stop timers at once; what may take seconds is returned
                               and called in a thread, and the next page is entered after it

A page tells the shell through its `desk`:

    desk.renew(appointment)    here is a changed appointment; the rail follows
    desk.go(step)              open a step, if it is possible
    desk.open_recording(path)  show a session, or a file of another program, in a window of its own
    desk.say(sentence)         one line at the foot of the window, until another one
    desk.end_quiet()           something goes on, or begins: the patient is to see it
    desk.clinic                patients, plans, profiles, sessions

Nothing that waits may run on the window's thread: no BrainFlow, no fitting, no scipy import.

The patient's window shows `page.patient_part` while the page is open, and else a calm room. On
one screen it stands beside the page, unless the page shows the patient's part itself
(`shows_patient`). A page does not ask which: it keeps its part up to date, and that is all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from host.translation import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PyQt6.QtWidgets import QLineEdit

    from host.clinic.repository import Clinic
    from host.feedback.clinic.appointment import Appointment
    from host.feedback.clinic.keys import Act, Pressed
    from host.feedback.clinic.steps import Step
    from host.feedback.theme import Theme

Closing = Callable[[], None]
"""Ends what a page had open; may take seconds, and knows no widget."""


class Desk(Protocol):
    """What a page may ask of the shell."""

    @property
    def appointment(self) -> Appointment:
        """As it stands."""

    @property
    def clinic(self) -> Clinic:
        """Patients, plans, profiles and sessions."""

    def renew(self, appointment: Appointment) -> None:
        """Take a changed appointment: rail and open page follow."""

    def go(self, step: Step) -> None:
        """Open a step, after asking where the open page holds; does nothing where not possible."""

    def go_home(self) -> None:
        """End the appointment: back to the patients."""

    def open_recording(self, path: Path) -> None:
        """Show a recorded session, or a file of another program, in a window of its own."""

    def say(self, sentence: str) -> None:
        """Say something at the foot of the window; "" takes it away."""

    def end_quiet(self) -> None:
        """Show the patient again what the page shows."""

    def say_too(self, sentence: str) -> None:
        """Say something beside what stands at the foot already."""


class Page(QWidget):
    """One step's page."""

    step: ClassVar[Step]
    acts: ClassVar[Mapping[Act, str]] = {}
    """The keys that it understands, in its own words ("Start the bout"); "" for the table's."""
    leaving: ClassVar[str] = mark("End it and go on")
    """The yes to leaving while it holds; passed through `tr`."""
    kept: ClassVar[str] = mark("What was recorded so far is kept.")
    """What becomes of it then."""
    shows_patient: ClassVar[bool] = False
    """Whether the page shows what the patient sees, so that one screen needs no second part."""
    quietens: ClassVar[bool] = True
    """Whether Esc hides what the patient sees, where it is among `acts`; else it leads back."""

    line_left = pyqtSignal()
    """The keys were taken from the line that is written in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    @property
    def patient_part(self) -> QWidget | None:
        """What the patient's window shows; None for the calm room. Always the same widget."""
        return None

    @property
    def first(self) -> QWidget:
        """What has the focus when the page is opened."""
        return self

    @property
    def writing(self) -> QLineEdit | None:
        """A line that is open: until it is closed all letters are text, and no keys."""
        return None

    @property
    def calm(self) -> bool:
        """Whether nobody would notice that nothing is painted for a moment."""
        return not self.holding()

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours, and letters `px` high; what a style sheet does is done already."""

    def enter(self, appointment: Appointment) -> None:
        """Begin."""

    def follow(self, appointment: Appointment) -> None:
        """Take an appointment that changed while the page is open."""

    def obey(self, pressed: Pressed) -> None:
        """Do what a key asks for; only keys in `acts` come here."""

    def resume(self) -> None:
        """Go on with what Esc held up; begin nothing else."""

    def holding(self) -> str:
        """Say why leaving wants a yes; empty where it does not."""
        return ""

    def leave(self) -> Closing | None:
        """End; return what may take seconds."""
        return None
