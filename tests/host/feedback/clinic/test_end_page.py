"""The end: what is kept is said, and there is a way back to the patients."""

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from host.feedback.clinic.app import Clinical
from host.feedback.clinic.end_page import ending_words
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import appointment, clinic, press, profile_of, shown


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    where = clinic(tmp_path)
    window = shown(qtbot, where)
    window.renew(appointment(where))
    return window


def test_it_says_what_was_recorded_and_what_was_not(app: Clinical) -> None:
    now = app.appointment
    assert "No practice was recorded today." in ending_words(now)
    whole = replace(now, profile=profile_of("P01"), sessions=(Path("a"), Path("b")))
    assert "Recorded: a, b." in ending_words(whole)
    assert "Today's calibration is kept." in ending_words(whole)


def test_the_appointment_is_over_and_enter_goes_back_to_the_patients(app: Clinical) -> None:
    app.go(Step.END)
    assert app.appointment.ended
    assert app.room.words == "That was all for today. Thank you."
    press(app, Qt.Key.Key_Return)
    assert app.page is app.start
    assert app.room.words == "Welcome. There is nothing to do yet."
    assert app.appointment.patient is None
