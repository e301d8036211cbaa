"""The app on the screen, with a clinic of its own, for the tests of shell and pages."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import patterns
from calibration.profile import Electrodes, Profile
from host.clinic.first_plan import first_plan
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import Plan
from host.clinic.repository import Clinic
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.keys import Act, Pressed
from host.feedback.clinic.page import Closing, Desk, Page
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import planned
from host.feedback.clinic.steps import Step
from host.feedback.theme import Scheme
from tests.host.feedback.calibrating.profiles import profile as calibrated

DAY = date(2026, 11, 26)
WORD = Confirmation(therapist="T07", day=DAY)
FACE = montages()["face-8"]
PATIENT = Patient(code="P01", affected=Side.RIGHT, synkinesis=WORD)


def clinic(root: Path, *patients: Patient) -> Clinic:
    """Return a clinic under a folder, with these patients."""
    made = Clinic(root)
    for one in patients:
        made.add(one, by="T07")
    return made


def saved(where: Clinic, patient: Patient = PATIENT) -> tuple[Patient, Plan]:
    """Add a patient whose plan enables all of its patterns; return both as they were saved."""
    entry = where.add(patient, by="T07")
    fresh = first_plan(entry, FACE, patterns().values())
    enabled = tuple(replace(one, enabled=WORD) for one in fresh.patterns)
    return entry, where.save_plan(replace(fresh, patterns=enabled), by="T07")


def appointment(where: Clinic) -> Appointment:
    """Return an appointment up to where the electrodes lie and were checked."""
    entry, plan = saved(where)
    now = Appointment(patient=entry, therapist="T07", reach=Reach(), day=DAY)
    return replace(planned(now, plan), contact_checked=True)


def profile_of(person: str) -> Profile:
    """Return a calibration of a person, with electrodes of today; every muscle has a reference."""
    made = lacking_profile_of(person)
    return replace(made, channels=(*made.channels[:3], made.channels[0]))


def lacking_profile_of(person: str) -> Profile:
    """Return the same, but the right cheek was too weak: it has no reference."""
    electrodes = Electrodes(id="today", date=DAY.isoformat())
    return replace(calibrated(), person=person, electrodes=electrodes)


def shown(qtbot: QtBot, where: Clinic, scheme: Scheme = "light") -> Clinical:
    """Return the app with all of its pages."""
    window = Clinical(where, scheme)

    def let_go(_window: QWidget) -> None:
        """Wait for what a page had open, before Qt takes the window away."""
        window.journey.end(lambda: None)
        qtbot.waitUntil(lambda: not window.journey.waiting, timeout=20_000)

    qtbot.addWidget(window, before_close_func=let_go)
    with qtbot.waitExposed(window):
        window.show()
    return window


def at_practice(qtbot: QtBot, root: Path, monkeypatch: pytest.MonkeyPatch) -> Clinical:
    """Return the app on the practice page, before it has reached a board."""
    monkeypatch.setattr(PractisePage, "_begin", lambda _page, _now: None)
    where = clinic(root)
    window = shown(qtbot, where)
    window.renew(replace(appointment(where), profile=profile_of("P01")))
    window.go(Step.PRACTISE)
    return window


def press(window: QWidget, key: Qt.Key, text: str = "", *, control: bool = False) -> None:
    """Press a key where the focus is, as a keyboard or a pedal does."""
    at = window.focusWidget() or window
    if text:
        QTest.keyClicks(at, text)  # type: ignore[call-arg, arg-type]  # its stub has self twice
    elif control:
        QTest.keyClick(at, key, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    else:
        QTest.keyClick(at, key)  # type: ignore[call-overload]


class Plain(Page):
    """A page that writes down what happens to it."""

    step = Step.PLAN
    acts: ClassVar[dict[Act, str]] = {Act.START_STOP: "Begin", Act.MARK: "", Act.QUIET: ""}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName("A page")
        self.heard: list[Pressed] = []
        self.entered: list[Appointment] = []
        self.followed: list[Appointment] = []
        self.closing: Closing | None = None
        self.held = ""
        self.left = 0
        self.part: QWidget | None = None
        self.field = QLineEdit()
        self.field.setAccessibleName("A field")
        column = QVBoxLayout(self)
        column.addWidget(self.field)

    @property
    def patient_part(self) -> QWidget | None:
        return self.part

    def enter(self, appointment: Appointment) -> None:
        self.entered.append(appointment)

    def follow(self, appointment: Appointment) -> None:
        self.followed.append(appointment)

    def obey(self, pressed: Pressed) -> None:
        self.heard.append(pressed)

    def holding(self) -> str:
        return self.held

    def leave(self) -> Closing | None:
        self.left += 1
        return self.closing


class Other(Plain):
    """Another one."""

    step = Step.PATIENT
