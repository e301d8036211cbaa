"""The plan page: ticked and signed, saved as versions, gated (P16)."""

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from calibration.patterns import Role
from host.clinic.plan import FeedbackMode
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.plan_page import PlanPage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.receiving import received
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import DAY, PATIENT, WORD, clinic, press, saved, shown

SMILE = "gentle closed smile"


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    """Return the app on the plan page of somebody who has no plan yet."""
    where = clinic(tmp_path, PATIENT)
    window = shown(qtbot, where)
    now = received(where, where.patient("P01"), "T07", Reach())
    window.renew(replace(now, day=DAY))
    window.go(Step.PLAN)
    return window


def plan_page(app: Clinical) -> PlanPage:
    assert isinstance(app.page, PlanPage)
    return app.page


def choose(app: Clinical, name: str) -> None:
    page = plan_page(app)
    names = [one.name for one in page.form.value().patterns]
    page.form.patterns.setCurrentRow(names.index(name))


def test_p16_a_first_plan_enables_nothing_and_says_so(app: Clinical) -> None:
    page = plan_page(app)
    assert page.form.value().enabled == ()
    page.save_plan()
    assert "No pattern is enabled" in page.gate.text()


def test_p16_space_ticks_a_pattern_under_the_therapists_name_and_day(app: Clinical) -> None:
    choose(app, SMILE)
    press(app, Qt.Key.Key_Space)
    assert plan_page(app).form.value().planned(SMILE).enabled == WORD
    assert plan_page(app).form.pattern.enabled.isChecked()
    press(app, Qt.Key.Key_Space)
    assert plan_page(app).form.value().planned(SMILE).enabled is None


def test_enter_saves_a_version_that_the_appointment_goes_on_with(app: Clinical) -> None:
    choose(app, SMILE)
    press(app, Qt.Key.Key_Space)
    press(app, Qt.Key.Key_Return)
    kept = app.clinic.plan("P01")
    assert kept is not None
    assert kept.version == 1
    assert kept.edition.by == "T07"
    assert app.appointment.plan == kept
    assert plan_page(app).gate.text() == "Practice may begin from this plan."
    assert not plan_page(app).save.isEnabled()


def test_terms_of_a_pattern_reach_the_plan(app: Clinical) -> None:
    choose(app, "pucker")
    form = plan_page(app).form
    form.pattern.mode.setCurrentIndex(form.pattern.mode.findData(FeedbackMode.FADED))
    form.pattern.mode.activated.emit(form.pattern.mode.currentIndex())
    form.pattern.share.setValue(0.25)
    form.pattern.line.slider.setValue(0.4)
    form.pattern.ceiling.setValue(1.4)
    planned = form.value().planned("pucker")
    assert planned.mode is FeedbackMode.FADED
    assert planned.faded_share == pytest.approx(0.25)
    assert planned.line == pytest.approx(0.4)
    assert planned.ceiling == pytest.approx(1.4)
    form.pattern.ceiling.setValue(0.0)
    assert form.value().planned("pucker").ceiling is None


def test_a_role_and_a_touch_cue_reach_the_plan(app: Clinical) -> None:
    choose(app, SMILE)
    form = plan_page(app).form
    roles, touch = form.pattern.roles["PLA"], form.pattern.touches["OOR"]
    roles.setCurrentIndex(roles.findData(Role.TOLERATED))
    roles.activated.emit(roles.currentIndex())
    touch.click()
    planned = form.value().planned(SMILE)
    assert [(one.muscle, one.role) for one in planned.roles] == [("PLA", Role.TOLERATED)]
    assert planned.touch is not None
    assert "OOR" in planned.touch


def test_the_order_of_practice_can_be_changed(app: Clinical) -> None:
    form = plan_page(app).form
    names = [one.name for one in form.value().patterns]
    form.patterns.setCurrentRow(2)
    form.earlier.click()
    assert [one.name for one in form.value().patterns][:3] == [names[0], names[2], names[1]]
    assert form.patterns.currentRow() == 1
    form.earlier.click()
    form.earlier.click()
    assert form.value().patterns[0].name == names[2]


def test_p7_lengths_that_do_not_go_together_are_told_and_not_taken(app: Clinical) -> None:
    form = plan_page(app).form
    form.lengths.bout.setValue(30.0)
    before = form.value()
    form.lengths.rest.setValue(60.0)
    assert "do not go together" in app.foot.text()
    assert form.value() == before


def test_other_electrodes_offer_other_patterns_and_roles(app: Clinical) -> None:
    form = plan_page(app).form
    form.montage.setCurrentIndex(form.montage.findData("face-4"))
    form.montage.activated.emit(form.montage.currentIndex())
    assert form.value().montage == "face-4"
    assert list(form.pattern.roles) == ["OOC", "ZYG"]


def test_what_is_not_saved_is_asked_about_before_leaving(app: Clinical) -> None:
    assert plan_page(app).holding() == ""
    choose(app, SMILE)
    press(app, Qt.Key.Key_Space)
    app.go(Step.PATIENT)
    assert app.overlay.title == "The plan was changed and is not saved."
    press(app, Qt.Key.Key_Escape)
    plan_page(app).undo.click()
    assert plan_page(app).holding() == ""


def test_a_plan_that_somebody_else_saved_meanwhile_is_not_overwritten(app: Clinical) -> None:
    plan_page(app).save_plan()
    kept = app.clinic.plan("P01")
    assert kept is not None
    app.clinic.save_plan(replace(kept, bout_s=90.0), by="T08")
    plan_page(app).form.lengths.hold.setValue(6.0)
    plan_page(app).save_plan()
    newest = app.clinic.plan("P01")
    assert newest is not None
    assert (newest.bout_s, newest.hold_s) == (90.0, kept.hold_s)
    assert app.foot.text()


def test_a_plan_for_the_other_side_is_shown_for_this_one_and_wants_saving(
    qtbot: QtBot, tmp_path: Path
) -> None:
    where = clinic(tmp_path)
    entry, plan = saved(where)
    other = where.save(replace(entry, affected=entry.affected.other), by="T07")
    window = shown(qtbot, where)
    window.renew(replace(received(where, other, "T07", Reach()), day=DAY))
    window.go(Step.PLAN)
    page = plan_page(window)
    assert page.form.value().affected is not plan.affected
    assert page.save.isEnabled()
    page.save_plan()
    assert page.gate.text() == "Practice may begin from this plan."
