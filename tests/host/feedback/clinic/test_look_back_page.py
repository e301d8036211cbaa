"""The look back on recorded practice: read in a thread, usable at once, any attempt again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from host.chain.stream import Chunk
from host.clinic.plan import FeedbackMode
from host.clinic.repository import Clinic
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.look_back_choice import Look
from host.feedback.clinic.look_back_found import Findings
from host.feedback.clinic.look_back_page import LookBackPage
from host.feedback.clinic.look_back_playing import replayed
from host.feedback.clinic.look_back_reading import Reading
from host.feedback.clinic.steps import Step
from host.report.bout_practised import practised
from host.report.measured_file import NAME
from host.session.asked import Asked
from host.session.opened import open_session
from host.session.practising.building import Appointed, practice_session
from host.session.practising.unattended import BoutWish, practise_unattended
from tests.host.feedback.clinic.looked_back import found, measures, over_sessions
from tests.host.feedback.clinic.rooms import DAY, appointment, clinic, press, shown
from tests.host.report.practised_live import ran

K = Qt.Key


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clinic's folder in which P01 has practised two short bouts."""
    folder = tmp_path_factory.mktemp("clinic")
    where = clinic(folder)
    now = appointment(where)
    assert now.patient is not None
    assert now.plan is not None
    plan = where.save_plan(replace(now.plan, bout_s=30.0), by="T07")
    asked = Asked(watched=False, through_board=False, record_to=where.sessions_folder)
    practise_unattended(
        practice_session(asked, Appointed(patient=now.patient, plan=plan, today=DAY)),
        [BoutWish(pattern="pucker", mode=mode) for mode in (FeedbackMode.BARS, FeedbackMode.SOUND)],
    )
    return folder


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    """Return the recording."""
    (only,) = (root / "sessions").iterdir()
    return only


@pytest.fixture(scope="module")
def findings(folder: Path) -> Findings:
    """Return all that a reading finds in it."""
    return read((folder,))


def read(today: tuple[Path, ...], earlier: tuple[Path, ...] = ()) -> Findings:
    reading = Reading(today, earlier)
    reading.start()
    reading.wait()
    assert reading.error is None
    return reading.findings


@pytest.fixture
def window(qtbot: QtBot, root: Path, folder: Path) -> Clinical:
    """Return the app at the end of an appointment in which was practised."""
    where = Clinic(root)
    made = shown(qtbot, where)
    plan = where.plan("P01")
    now = replace(made.appointment, patient=where.patient("P01"), plan=plan, day=DAY)
    made.renew(replace(now, sessions=(folder,)))
    made.go(Step.LOOK_BACK)
    return made


def page(window: Clinical) -> LookBackPage:
    assert isinstance(window.page, LookBackPage)
    return window.page


def test_a_reading_finds_what_the_recording_says(folder: Path, findings: Findings) -> None:
    (session,) = findings.sessions
    again = practised(open_session(folder, Asked()))
    assert [one.pattern for _, one in findings.bouts] == ["pucker", "pucker"]
    assert [one.report.attempts for one in session.judged] == [again.bout(1), again.bout(2)]
    assert all(one.course is not None for one in session.judged)
    starts = {one.start for _, made in findings.bouts for one in made.attempts}
    assert {one.start for one in again.tried} <= starts
    assert findings.today
    assert findings.done
    assert findings.trends is not None
    assert len(findings.trends.sessions) == 1


def test_what_is_replayed_is_what_was_judged_to_the_last_bit(findings: Findings) -> None:
    (session,) = findings.sessions
    opened, stop = session.opened, session.opened.stop - 250
    at, monitor = session.checkpoints.before(stop)
    assert at > 0
    levels = [
        monitor.push(Chunk(at, opened.recorded.samples(at, stop)))[-1],
        opened.monitor().push(Chunk(0, opened.recorded.samples(0, stop)))[-1],
    ]
    np.testing.assert_array_equal(levels[0].activation, levels[1].activation)


def test_without_practice_today_the_last_one_is_shown(folder: Path, tmp_path: Path) -> None:
    found_before = read((), (folder,))
    assert not found_before.today
    assert len(found_before.sessions) == 1
    gone = read((), (tmp_path / "gone",))
    assert gone.sessions == ()
    assert any("Left out" in said for said in gone.left)


def test_an_earlier_session_is_what_today_is_compared_with(folder: Path) -> None:
    both = read((folder,), (folder,))
    change = both.sessions[0].judged[0].report.changes[0]
    assert change.since_last.known
    assert both.trends is not None
    assert len(both.trends.sessions) == 2


def test_who_gives_up_waits_for_nothing(folder: Path) -> None:
    reading = Reading((folder,), ())
    reading.give_up()
    reading.start()
    reading.wait()
    assert reading.error is None
    assert reading.findings.sessions == ()
    assert reading.findings.done


def test_what_was_measured_while_it_ran_is_there_without_reading(tmp_path: Path) -> None:
    made = ran(tmp_path)
    (made.folder / NAME).unlink()
    reading = Reading((made.folder,), (), (made.result,))
    reading.start()
    reading.wait()
    assert reading.error is None
    (session,) = reading.findings.sessions
    assert made.result.judged.practised is not None
    assert session.judged[0].report.attempts == made.result.judged.practised.tried
    assert session.checkpoints.before(session.opened.stop)[0] > 0
    # Nobody judged it again: that would have been kept.
    assert not (made.folder / NAME).exists()


def test_the_page_is_usable_before_anything_is_judged(
    qtbot: QtBot, window: Clinical, folder: Path
) -> None:
    here = page(window)
    here.leave()
    (folder / NAME).unlink(missing_ok=True)
    here.enter(window.appointment)
    qtbot.waitUntil(lambda: bool(here.findings and here.findings.sessions), timeout=20_000)
    here.refresh()
    assert here.board.attempts.state.chips
    assert here.foot.doing.text()
    press(window, K.Key_Right)
    assert here.board.attempts.state.at == 0


def test_p12_any_attempt_replays_through_the_bars(
    qtbot: QtBot, window: Clinical, findings: Findings
) -> None:
    here = page(window)
    here.stand_still(findings)
    press(window, K.Key_1)
    press(window, K.Key_Right)
    press(window, K.Key_Return)
    qtbot.waitUntil(lambda: here.board.stack.currentWidget() is here.board.replay, timeout=20_000)
    qtbot.waitUntil(lambda: bool(here.board.replay.bars.state.bars), timeout=20_000)
    names = [bar.name for bar in here.board.replay.bars.state.bars]
    assert names == ["Eye", "Cheek", "Neck"]
    press(window, K.Key_Space)
    moment = here.playing.moment()
    assert moment is not None
    assert not moment[1].playing
    press(window, K.Key_Escape)
    assert here.board.stack.currentWidget() is not here.board.replay
    assert window.page is here
    assert not window.room.quiet, "both are to look at it"
    assert window.foot.text() == ""


def test_a_replay_stands_still_at_the_end_of_its_attempt(
    qtbot: QtBot, window: Clinical, findings: Findings
) -> None:
    here = page(window)
    here.stand_still(findings)
    press(window, K.Key_Return)
    attempt = findings.bouts[-1][1].attempts[0]
    here.playing.seek(replayed(attempt, 250.0)[1] - 50)
    here.playing.hold()

    def ended() -> bool:
        moment = here.playing.moment()
        return moment is not None and not moment[1].playing

    qtbot.waitUntil(ended, timeout=20_000)


def test_keys_choose_bouts_and_looks(window: Clinical, findings: Findings) -> None:
    here = page(window)
    here.stand_still(over_sessions(findings, measures(0.4, 0.41)))
    assert here.board.title.text() == "Pucker"
    assert here.board.bouts.state.at == 1
    press(window, K.Key_Up)
    assert here.board.bouts.state.at == 0
    press(window, K.Key_9)
    assert here.board.bouts.state.at == 0
    titles = []
    for _ in Look:
        press(window, K.Key_N)
        titles.append(here.board.title.text())
    assert titles == ["Over sessions", "Who acts when", "Pucker"]


def test_a_click_on_an_attempt_chooses_it(window: Clinical, findings: Findings) -> None:
    here = page(window)
    here.stand_still(findings)
    chips = here.board.attempts
    at = chips.box(1).center().toPoint()
    QTest.mouseClick(  # type: ignore[call-overload]
        chips, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(at)
    )
    assert chips.state.at == 1
    assert "Attempt 2" in here.board.chosen.text()
    assert chips.accessibleName().startswith("Attempts. Attempt 2")


def test_the_whole_recording_opens_in_the_review(window: Clinical, findings: Findings) -> None:
    here = page(window)
    here.stand_still(findings)
    press(window, K.Key_V)
    (review,) = here.reviews
    assert review.isVisible()
    assert findings.sessions[0].opened.name in review.windowTitle()
    review.close()


def test_the_patient_sees_the_same_on_a_screen_of_their_own(
    qtbot: QtBot, window: Clinical, findings: Findings
) -> None:
    here = page(window)
    here.stand_still(findings)
    assert here.patient_part is here.room
    qtbot.addWidget(here.room)
    here.room.setParent(None)
    with qtbot.waitExposed(here.room):
        here.room.show()
    assert here.room.table.state == here.board.table.state
    assert here.room.table.accessibleName() == here.board.table.accessibleName() != ""
    # Which keys choose an attempt is for the therapist.
    assert not here.board.chosen.isHidden()
    assert here.room.chosen.isHidden()
    press(window, K.Key_Right)
    assert not here.room.chosen.isHidden()


def test_a_bout_of_which_nothing_counts_is_shown_all_the_same(
    window: Clinical, tmp_path: Path
) -> None:
    here = page(window)
    made = found(tmp_path, (0.1,))
    raw = replace(made.sessions[0], judged=())
    here.stand_still(Findings(sessions=(replace(raw, made=(replace(raw.made[0], attempts=()),)),)))
    assert here.board.notice.text() == "There was no attempt in this bout."
    press(window, K.Key_Return)
    assert not here.playing.on


def test_leaving_ends_reading_and_playing(qtbot: QtBot, window: Clinical) -> None:
    here = page(window)
    reading = here.reading
    assert reading is not None
    window.go(Step.PATIENT)
    qtbot.waitUntil(lambda: not window.journey.waiting, timeout=20_000)
    qtbot.waitUntil(lambda: not reading.busy, timeout=20_000)
    assert here.reading is None
    assert window.page is not here
