"""The calibrate page: begin, a running calibration with its patient's part, and its end."""

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from calibration.channel import ChannelNumbers
from calibration.profile import Electrodes
from host.feedback.calibrating.moment import Concluded, Moment
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.calibrate_page import CalibratePage
from host.feedback.clinic.calibrate_state import asked, electrodes_now, offered, ordered
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.steps import Step
from host.session.calibrating.view import CalibrationView, CoursePhase
from host.session.contacting.exclusion import Exclusion
from tests.host.feedback.calibrating.moments import WEAK, done, judged, moment, view
from tests.host.feedback.clinic.rooms import (
    DAY,
    FACE,
    appointment,
    clinic,
    press,
    profile_of,
    shown,
)


class Pretended:
    """A calibration that stands still and writes down what it is asked for."""

    def __init__(self, now: Moment) -> None:
        self.moment = now
        self.asked: list[str] = []

    def go_on(self) -> None:
        self.asked.append("go on")

    def repeat(self, step: int) -> None:
        self.asked.append(f"repeat {step}")

    def skip(self, step: int) -> None:
        self.asked.append(f"skip {step}")

    def pause(self) -> None:
        self.asked.append("pause")

    def begin_again(self) -> None:
        self.asked.append("begin again")


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    where = clinic(tmp_path)
    window = shown(qtbot, where)
    window.renew(appointment(where))
    window.go(Step.CALIBRATE)
    return window


def page(app: Clinical) -> CalibratePage:
    assert isinstance(app.page, CalibratePage)
    return app.page


def test_without_an_earlier_one_only_a_whole_calibration_is_offered(app: Clinical) -> None:
    assert page(app).before.whole.isVisible()
    assert not page(app).before.check.isVisible()
    assert not page(app).before.keep.isVisible()
    assert not page(app).on.isEnabled()


def test_an_older_one_can_be_checked_again_and_only_todays_can_be_kept(tmp_path: Path) -> None:
    now = appointment(clinic(tmp_path))
    today = profile_of("P01")
    older = replace(today, electrodes=Electrodes(id="before", date="2026-11-01"))
    assert offered(now, None).check == ""
    assert offered(now, older).check
    assert offered(now, older).keep == ""
    assert offered(now, today).keep


def test_todays_calibration_can_be_kept_where_nobody_touched_the_electrodes(
    app: Clinical,
) -> None:
    fresh = profile_of("P01")
    kept = replace(fresh, montage=FACE, channels=fresh.channels[:1] * len(FACE.sites), models=())
    app.clinic.save_profile(kept)
    app.go(Step.PLAN)
    app.go(Step.CALIBRATE)
    page(app).before.keep.click()
    assert app.appointment.profile == kept
    assert app.appointment.electrodes == kept.electrodes
    assert app.appointment.profile_path is not None


def test_a_muscle_without_a_reference_is_named_before_practice_and_nothing_else_opens(
    app: Clinical,
) -> None:
    fresh = profile_of("P01")
    known = fresh.channels[0]
    channels = (ChannelNumbers(), *(known,) * (len(FACE.sites) - 1))
    kept = replace(fresh, montage=FACE, channels=channels, models=())
    app.clinic.save_profile(kept)
    app.go(Step.PLAN)
    app.go(Step.CALIBRATE)
    page(app).before.keep.click()
    assert app.page is page(app)
    assert app.foot.text().startswith(f"Not calibrated: “{FACE.named(0)}”.")


def test_what_is_left_out_on_the_page_of_electrodes_is_not_calibrated(app: Clinical) -> None:
    out = Exclusion.of(
        FACE, FACE.named(0), by="T07", reason="a wound", utc="2026-11-25T09:00:00+00:00"
    )
    now = replace(app.appointment, exclusions=(out,))
    assert asked(now, app.clinic.sessions_folder).exclusions == (out,)


def test_keys_of_the_page_reach_the_running_calibration(app: Clinical) -> None:
    running = Pretended(moment())
    page(app).show_running(running)
    for key in (Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_P):
        press(app, key)
    assert running.asked == ["repeat 8", "skip 8", "pause"]


def test_quiet_pauses_the_calibration(app: Clinical) -> None:
    running = Pretended(moment())
    page(app).show_running(running)
    press(app, Qt.Key.Key_Escape)
    assert running.asked == ["pause"]
    assert app.room.quiet


@pytest.mark.parametrize(
    ("now", "goes_on"),
    [
        (view(phase=CoursePhase.PAUSED), True),
        (judged(), True),
        (judged(WEAK), False),
        (view(), False),
    ],
)
def test_one_press_of_space_ends_the_quiet_and_accepts_nothing_that_was_found(
    app: Clinical, now: CalibrationView, *, goes_on: bool
) -> None:
    running = Pretended(moment(now))
    page(app).show_running(running)
    press(app, Qt.Key.Key_Escape)
    press(app, Qt.Key.Key_Space)
    assert not app.room.quiet
    assert ("go on" in running.asked) is goes_on


def test_a_step_that_is_begun_anew_is_shown_to_the_patient(app: Clinical) -> None:
    page(app).show_running(Pretended(moment()))
    press(app, Qt.Key.Key_Escape)
    press(app, Qt.Key.Key_R)
    assert not app.room.quiet


def test_the_patients_window_shows_the_prompt_of_the_running_step(app: Clinical) -> None:
    page(app).show_running(Pretended(moment()))
    assert app.room.part is page(app).patient_part
    assert page(app).patient_part.state.prompt == "Smile gently, lips closed"


def test_after_a_board_that_failed_space_offers_to_begin_again(app: Clinical) -> None:
    running = Pretended(moment())
    page(app).show_running(running)
    assert not page(app).again.isVisible()
    running.moment = replace(moment(), error="The port is gone.", over=True)
    page(app).refresh()
    assert page(app).again.isVisible()
    assert page(app).again.text() == "Back to the beginning · Space"
    assert page(app).holding() == ""
    press(app, Qt.Key.Key_Space)
    assert page(app).room is None
    assert page(app).before.whole.isVisible()


def test_leaving_a_calibration_that_runs_is_asked_about(app: Clinical) -> None:
    page(app).show_running(Pretended(moment()))
    app.go(Step.PLAN)
    assert app.overlay.title == "The calibration is not finished."
    app.overlay.buttons[1].click()
    assert app.page is not None
    assert app.page.step is Step.PLAN


def test_a_profile_is_handed_on_as_soon_as_there_is_one(app: Clinical) -> None:
    running = Pretended(moment())
    page(app).show_running(running)
    assert not page(app).on.isVisible()
    profile = profile_of("P01")
    path = Path("somewhere.json")
    running.moment = replace(moment(done()), concluded=Concluded(profile=profile, path=path))
    page(app).refresh()
    assert app.appointment.profile == profile
    assert app.appointment.profile_path == path
    assert page(app).on.isVisible()
    assert page(app).holding() == ""


def test_after_a_bout_a_new_calibration_leads_on_to_practice_and_not_to_the_end(
    app: Clinical, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PractisePage, "_begin", lambda _page, _now: None)
    bout = tmp_path / "s1"
    app.renew(replace(app.appointment, profile=profile_of("P01"), sessions=(bout,)))
    press(app, Qt.Key.Key_N)
    assert app.page is not None
    assert app.page.step is Step.PRACTISE


def test_a_calibration_is_ordered_for_the_person_the_therapist_and_the_electrodes(
    tmp_path: Path,
) -> None:
    where = clinic(tmp_path)
    now = replace(appointment(where), reach=Reach(seed=3, through_board=False))
    order = ordered(now, None)
    assert (order.identity.person, order.identity.therapist) == ("P01", "T07")
    assert order.identity.electrodes.date == DAY.isoformat()
    wanted = asked(now, where.sessions_folder)
    assert (wanted.person, wanted.seed, wanted.through_board) == ("P01", 3, False)
    assert wanted.record_to == where.sessions_folder
    known = Electrodes(id="this morning", date=DAY.isoformat())
    assert electrodes_now(replace(now, electrodes=known)) == known


def test_a_calibration_really_begins_is_recorded_and_its_board_is_let_go(
    qtbot: QtBot, app: Clinical
) -> None:
    now = app.appointment
    app.renew(replace(now, reach=Reach(through_board=False)))
    press(app, Qt.Key.Key_Space)
    room = page(app).room
    assert room is not None
    qtbot.waitUntil(lambda: room.moment.view is not None and room.moment.heard, timeout=20_000)
    assert app.appointment.electrodes is not None
    app.go(Step.PLAN)
    with qtbot.waitSignal(app.journey.began, timeout=20_000):
        app.overlay.buttons[1].click()
    sessions = app.clinic.sessions("P01")
    assert [one.plan for one in sessions.found] == ["calibration"]
    assert sessions.found[0].duration_s is not None
