"""The start page: who is here, somebody new, the patient without a face."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.clinic.patient import Confirmation, Patient
from host.clinic.repository import Clinic
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.receiving import SIMULATED
from host.feedback.clinic.remembered import Remembered, remember, remembered
from host.feedback.clinic.start_page import StartPage
from host.feedback.clinic.start_state import patient_rows
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import clinic, press, saved, shown


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    remember(Remembered(therapist="T07", where="/dev/ttyUSB0"))
    where = clinic(tmp_path, Patient(code="P02", affected=Side.LEFT))
    saved(where)
    return shown(qtbot, where)


def start(app: Clinical) -> StartPage:
    assert isinstance(app.start, StartPage)
    return app.start


def listed(app: Clinical) -> list[str]:
    found = [start(app).patients.item(row) for row in range(start(app).patients.count())]
    return [item.text() for item in found if item is not None]


def entry_of(root: Path, code: str) -> Path:
    return root / "patients" / code / "entry" / "0001.json"


def test_patients_are_listed_by_code_with_their_side() -> None:
    word = Confirmation(therapist="T07", day=date(2026, 9, 1))
    rows = patient_rows(
        (
            Patient(code="P01", affected=Side.RIGHT, synkinesis=word),
            Patient(code="P02", affected=Side.LEFT),
            Patient(code=SIMULATED, affected=Side.RIGHT),
        ),
        SIMULATED,
    )
    assert [row.words for row in rows] == [
        "P01   right side affected · confirmed by T07, 2026-09-01",
        "P02   left side affected · synkinesis not confirmed",
    ]


def test_enter_begins_with_the_patient_who_is_chosen(app: Clinical) -> None:
    assert len(listed(app)) == 2
    press(app, Qt.Key.Key_Return)
    assert app.appointment.patient is not None
    assert app.appointment.patient.code == "P01"
    assert app.appointment.plan is not None
    assert app.appointment.montage is not None
    assert app.appointment.reach is not None
    assert app.appointment.reach.board is not None
    assert app.appointment.reach.board.port == "/dev/ttyUSB0"


def test_p16_a_patient_whose_synkinesis_nobody_confirmed_begins_there(app: Clinical) -> None:
    press(app, Qt.Key.Key_Down)
    press(app, Qt.Key.Key_Return)
    assert app.page is not None
    assert app.page.step is Step.PATIENT


def test_a_patient_without_a_plan_begins_with_the_plan(app: Clinical) -> None:
    word = Confirmation(therapist="T07", day=date(2026, 9, 1))
    app.clinic.save(replace(app.clinic.patient("P02"), synkinesis=word), by="T07")
    press(app, Qt.Key.Key_Down)
    press(app, Qt.Key.Key_Return)
    assert app.page is not None
    assert app.page.step is Step.PLAN


def test_nobody_begins_without_saying_who_the_therapist_is(app: Clinical) -> None:
    start(app).therapist.clear()
    start(app).open_chosen()
    assert app.page is app.start
    assert "therapist" in app.foot.text()


def test_a_board_without_a_port_is_asked_for(app: Clinical) -> None:
    start(app).board.where.clear()
    start(app).open_chosen()
    assert app.page is app.start
    assert "port" in app.foot.text()


def test_the_simulated_patient_needs_no_board_and_is_added_by_itself(app: Clinical) -> None:
    start(app).board.where.clear()
    start(app).simulated.click()
    assert app.appointment.patient is not None
    assert app.appointment.patient.code == SIMULATED
    assert app.appointment.reach is not None
    assert app.appointment.reach.simulated
    app.go_home()
    assert all(SIMULATED not in row for row in listed(app))
    start(app).simulated.click()
    assert app.appointment.patient.edition.number == 1


def test_where_nobody_is_known_yet_enter_begins_with_the_simulated_patient(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown(qtbot, Clinic(tmp_path))
    assert not start(window).open.isVisible()
    assert start(window).simulated.property("advised")
    assert start(window).simulated.text() == "Simulated patient · Enter"
    start(window).therapist.setFocus()
    press(window, Qt.Key.Key_Return)
    assert window.appointment.patient is not None
    assert window.appointment.patient.code == SIMULATED


def test_where_nobody_is_known_the_focus_is_on_the_button_that_is_advised(
    qtbot: QtBot, tmp_path: Path
) -> None:
    remember(Remembered(therapist="T07"))
    window = shown(qtbot, Clinic(tmp_path))
    assert window.focusWidget() is start(window).simulated
    start(window).therapist.clear()
    assert start(window).first is start(window).therapist


def test_where_somebody_is_known_enter_is_theirs(app: Clinical) -> None:
    assert start(app).simulated.text() == "Simulated patient"
    assert not start(app).simulated.property("advised")


def test_somebody_new_is_added_by_code_and_side(app: Clinical) -> None:
    page = start(app)
    page.code.setText("P03")
    page.add.click()
    assert "side" in app.foot.text()
    page.side.setCurrentIndex(1)
    page.add.click()
    assert app.clinic.patient("P03").affected is Side.LEFT
    current = page.patients.currentItem()
    assert current is not None
    assert current.text().startswith("P03")


def test_a_name_is_no_code(app: Clinical) -> None:
    page = start(app)
    page.code.setText("Jane Doe")
    page.side.setCurrentIndex(1)
    page.add.click()
    assert app.foot.text() == "A patient has a code of letters and digits, and never a name."


def test_a_code_that_is_taken_is_refused_in_a_sentence(app: Clinical) -> None:
    page = start(app)
    page.code.setText("P01")
    page.side.setCurrentIndex(1)
    page.add.click()
    assert app.foot.text()
    assert len(listed(app)) == 2


def test_a_damaged_entry_is_told_and_hides_nobody_else(app: Clinical, tmp_path: Path) -> None:
    entry = next((tmp_path / "patients" / "P02" / "entry").iterdir())
    entry.write_bytes(b"{")
    start(app).show_patients()
    assert len(listed(app)) == 1
    assert "P02" in start(app).damaged.text()
    assert start(app).damaged.isVisible()


def test_a_repair_and_a_damaged_patient_are_both_told(qtbot: QtBot, tmp_path: Path) -> None:
    where = clinic(tmp_path, Patient(code="P02", affected=Side.LEFT))
    entry_of(tmp_path, "P02").write_bytes(b"{")
    app = shown(qtbot, where)
    app.told.emit("A recording was recovered.")
    app.told.emit("Another one too.")
    assert app.foot.text() == "A recording was recovered. Another one too."
    assert "0001.json is damaged" in start(app).damaged.text()
    assert "Move it away to begin the entry of P02 anew." in start(app).damaged.text()
    assert not start(app).none.isVisible(), "somebody is here"


def test_a_damaged_patient_is_not_said_to_be_in_the_list(app: Clinical, tmp_path: Path) -> None:
    entry_of(tmp_path, "P02").write_bytes(b"{")
    page = start(app)
    page.code.setText("P02")
    page.side.setCurrentIndex(1)
    page.add.click()
    assert "0001.json is damaged" in app.foot.text()


def test_a_damaged_simulated_patient_begins_anew_and_the_file_is_kept(
    app: Clinical, tmp_path: Path
) -> None:
    for kept in ("0001.damaged.json", "0001.damaged1.json"):
        start(app).simulated.click()
        entry = entry_of(tmp_path, SIMULATED)
        entry.write_bytes(b"")
        app.go_home()
        start(app).simulated.click()
        assert app.appointment.patient is not None
        assert app.page is not app.start
        assert kept in app.foot.text()
        assert entry.with_name(kept).read_bytes() == b""
        app.go_home()
        assert not start(app).damaged.isVisible()


def test_the_therapist_and_the_board_are_remembered(app: Clinical) -> None:
    start(app).therapist.setText("T09")
    start(app).open_chosen()
    assert remembered().therapist == "T09"
    app.go_home()
    assert start(app).therapist.text() == "T09"


def test_what_the_start_page_knows_of_nobody_is_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    app = shown(qtbot, clinic(tmp_path))
    assert start(app).none.isVisible()
    assert not start(app).patients.isVisible()
