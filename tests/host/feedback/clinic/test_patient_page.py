"""The patient page: side, synkinesis (P16), botulinum toxin, notes, sessions."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PyQt6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.clinic.patient import Botulinum
from host.clinic.sessions import StoredSession
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.botulinum_form import BotulinumForm, given_words
from host.feedback.clinic.patient_page import PatientPage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import received
from host.feedback.clinic.sessions_state import session_rows
from host.feedback.clinic.steps import Step
from host.recording.manifest import read_manifest, write_manifest
from tests.host.feedback.clinic.rooms import DAY, PATIENT, WORD, clinic, press, shown
from tests.host.feedback.clinic.test_recent import recorded

GIVEN = Botulinum(day=date(2026, 9, 1), side=Side.RIGHT, muscles=("ZYG", "PLA"), units=12.5)


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    """Return the app on the page of a patient whose synkinesis nobody confirmed."""
    where = clinic(tmp_path, replace(PATIENT, synkinesis=None))
    window = shown(qtbot, where)
    window.renew(replace(received(where, where.patient("P01"), "T07", Reach()), day=DAY))
    window.go(Step.PATIENT)
    return window


def page(app: Clinical) -> PatientPage:
    assert isinstance(app.page, PatientPage)
    return app.page


def test_p16_synkinesis_is_confirmed_by_name_and_day_and_counts_once_it_is_saved(
    app: Clinical,
) -> None:
    page(app).confirm.click()
    assert page(app).value().synkinesis == WORD
    assert app.clinic.patient("P01").synkinesis is None
    press(app, Qt.Key.Key_Return)
    assert app.appointment.patient is not None
    assert app.appointment.patient.synkinesis == WORD
    assert app.clinic.patient("P01").synkinesis == WORD


def test_p16_what_comes_next_is_first_the_confirmation_then_saving_then_the_plan(
    app: Clinical,
) -> None:
    steps = (page(app).confirm, page(app).save, page(app).on)
    for at, step in enumerate(steps):
        assert [bool(one.property("advised")) for one in steps] == [at == 0, at == 1, at == 2]
        step.click()


def test_p16_a_confirmation_can_be_taken_back(app: Clinical) -> None:
    page(app).confirm.click()
    page(app).confirm.click()
    assert page(app).value().synkinesis is None


def test_the_affected_side_can_be_put_right(app: Clinical) -> None:
    side = page(app).side
    side.setCurrentIndex(side.findData(Side.LEFT))
    side.activated.emit(side.currentIndex())
    page(app).save_patient()
    assert app.clinic.patient("P01").affected is Side.LEFT


def test_botulinum_toxin_is_kept_in_order_of_days(app: Clinical) -> None:
    form = page(app).toxin
    for day in ("2026-09-01", "2026-03-02"):
        form.setValue(replace(GIVEN, day=date.fromisoformat(day)))
        page(app).add_toxin.click()
    assert [one.day.month for one in page(app).value().botulinum] == [3, 9]
    page(app).toxins.setCurrentRow(0)
    page(app).drop_toxin.click()
    assert page(app).value().botulinum == (GIVEN,)


def test_botulinum_toxin_is_listed_in_the_words_of_its_form() -> None:
    assert given_words(GIVEN) == "2026-09-01 · right · Cheek, Neck · 12.5 units"
    assert given_words(replace(GIVEN, units=None)) == "2026-09-01 · right · Cheek, Neck"


def test_botulinum_toxin_in_no_muscle_is_asked_about(app: Clinical) -> None:
    page(app).add_toxin.click()
    assert "muscles" in app.foot.text()
    assert page(app).value().botulinum == ()


def test_the_form_of_botulinum_toxin_speaks_one_giving(qtbot: QtBot) -> None:
    form = BotulinumForm()
    qtbot.addWidget(form)
    form.setValue(GIVEN)
    assert form.value() == GIVEN
    form.units.setText("7,5")
    form.day.setDate(QDate(2026, 1, 2))
    assert form.value() == replace(GIVEN, units=7.5, day=date(2026, 1, 2))
    form.units.setText("many")
    with pytest.raises(ValueError, match="many"):
        form.value()


def test_letters_in_the_notes_are_text(app: Clinical) -> None:
    page(app).notes.setFocus()
    press(app, Qt.Key.Key_N, text="n m")
    assert page(app).value().notes == "n m"
    assert page(app).holding() == "The patient's entry was changed and is not saved."


def test_a_session_is_listed_by_when_how_long_and_what_for() -> None:
    one = StoredSession(
        folder=Path("one"),
        person="P01",
        created="2026-11-25T10:00:00+00:00",
        duration_s=620.0,
        source="simulated",
        montage="face-8",
        profile="",
        plan="gentle closed smile",
    )
    assert "10 min · gentle closed smile" in session_rows((one,))[0].words
    open_one = replace(one, folder=Path("two"), duration_s=None, plan="")
    rows = session_rows((one, open_one))
    assert [row.folder for row in rows] == [Path("two"), Path("one")]
    assert "never closed · nothing planned" in rows[0].words
    practised = replace(one, plan="practice, version 3 of the plan: pucker, lip press")
    assert "10 min · pucker, lip press" in session_rows((practised,))[0].words
    assert session_rows(()) == ()


def test_without_a_session_there_is_nothing_to_open(app: Clinical) -> None:
    assert page(app).none.isVisible()
    assert not page(app).sessions.isVisible()
    assert not page(app).open.isVisible()
    page(app).open_session()
    assert not app.recordings.busy


@pytest.mark.parametrize("way", ["enter", "double click", "button"])
def test_a_session_is_opened_from_the_list(
    qtbot: QtBot, app: Clinical, tmp_path: Path, way: str
) -> None:
    folder = session_of("P01", app.clinic.sessions_folder)
    app.go(Step.PLAN)
    app.go(Step.PATIENT)
    here = page(app)
    here.notes.setPlainText("not saved")
    if way == "enter":
        here.sessions.setFocus()
        press(app, Qt.Key.Key_Return)
    elif way == "double click":
        here.sessions.itemDoubleClicked.emit(here.sessions.item(0))
    else:
        here.open.click()
    assert here.holding(), "Enter in the list saves nothing"
    qtbot.waitUntil(lambda: bool(app.recordings.windows), timeout=20_000)
    (review,) = app.recordings.windows
    qtbot.addWidget(review)
    assert folder.name in review.windowTitle()
    app.end_now()


def session_of(person: str, root: Path) -> Path:
    """Record a person's session; return its folder."""
    folder = recorded(root, 4.0)
    write_manifest(folder, msgspec.structs.replace(read_manifest(folder), person=person))
    return folder
