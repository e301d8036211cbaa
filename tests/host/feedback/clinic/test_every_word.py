"""Whatever a page says can be said in another language, in every state (decision 0016)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from calibration.channel import ChannelNumbers
from calibration.recheck import recheck
from host.acquisition.source import Link, LinkState
from host.clinic.plan import FeedbackMode
from host.feedback.calibrating.moment import Concluded
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.calibrate_page import CalibratePage
from host.feedback.clinic.electrodes_page import ElectrodesPage
from host.feedback.clinic.look_back_choice import Look
from host.feedback.clinic.look_back_page import LookBackPage
from host.feedback.clinic.pages import PAGES
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.steps import Step
from host.session.contacting.sides import side_steps
from host.session.contacting.verdicts import ADVICE, Verdict
from host.session.contacting.view import ContactView
from host.session.practising.tried import AttemptResult
from host.session.practising.view import BoutPhase
from tests.host.feedback.calibrating.profiles import numbers
from tests.host.feedback.calibrating.windows import stepped
from tests.host.feedback.clinic import contacts, looked_back
from tests.host.feedback.clinic.contacts import StillCheck, heard, with_channel
from tests.host.feedback.clinic.practising.moments import moment, running, tried, view
from tests.host.feedback.clinic.rooms import (
    FACE,
    appointment,
    clinic,
    press,
    profile_of,
    shown,
)
from tests.host.feedback.clinic.test_calibrate_page import Pretended
from tests.host.feedback.said import assert_all_told
from tests.host.session.practising.bench import EYE, SMILE

pytestmark = pytest.mark.usefixtures("bracketed")


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[Clinical]:
    """Return the app at a point from which every step can be opened."""
    where = clinic(tmp_path)
    window = shown(qtbot, where)
    reach = Reach(through_board=False)
    window.renew(replace(appointment(where), profile=profile_of("P01"), earlier=1, reach=reach))
    yield window
    window.journey.end(lambda: None)


@pytest.mark.parametrize("step", PAGES, ids=lambda step: str(step.value))
def test_every_page_as_it_opens(app: Clinical, step: Step, painted: list[str]) -> None:
    app.go(step)
    assert_all_told(app, painted)
    assert app.page is not None
    if app.page.patient_part is not None:
        assert_all_told(app.page.patient_part)


def test_the_start_page_and_the_sheet_of_keys(app: Clinical, painted: list[str]) -> None:
    press(app, Qt.Key.Key_F1)
    assert_all_told(app, painted)


def asking() -> ContactView:
    """Return a moment of the side check, in words of the reader's language."""
    view, (_, step, *_) = contacts.asking(heard()), side_steps(FACE)
    assert view.sides is not None
    return replace(view, sides=replace(view.sides, prompt=step.prompt, therapist=step.therapist))


def contact_views() -> dict[str, ContactView]:
    """Return a contact check in all of its states."""
    swapped = contacts.asked(heard(), swapped=True)
    views = {
        one.value: with_channel(heard(), 4, verdict=one, advice=ADVICE.get(one, ""))
        for one in Verdict
    }
    return views | {
        "asking": asking(),
        "asked": contacts.asked(heard()),
        "swapped": swapped,
        "lost": heard(link=LinkState(link=Link.RECONNECTING)),
        "measured": with_channel(heard(), 2, positive=contacts.ohms(44.0)),
        "left out": with_channel(heard(), 4, excluded=contacts.without(4)),
    }


@pytest.mark.parametrize("state", contact_views())
def test_the_electrodes(app: Clinical, state: str, painted: list[str]) -> None:
    app.go(Step.ELECTRODES)
    assert isinstance(app.page, ElectrodesPage)
    closing = app.page.check.end()
    if closing is not None:
        closing()
    app.page.check = StillCheck(contact_views()[state])
    app.page.refresh()
    assert_all_told(app, painted)


@pytest.mark.parametrize("planted", ["", "loose:2", "swapped"])
def test_a_calibration(app: Clinical, planted: str, painted: list[str]) -> None:
    app.go(Step.CALIBRATE)
    assert isinstance(app.page, CalibratePage)
    with stepped(planted) as made:
        app.page.show_running(made)
        seen = set[object]()
        for _ in range(400):
            now = made.course.view
            if (what := (now.step, now.phase, bool(now.findings), now.hold > 1)) not in seen:
                seen.add(what)
                app.page.refresh()
                assert_all_told(app, painted)
                assert_all_told(app.page.patient_part)
            made.step()


PHASES = [*product(BoutPhase, [FeedbackMode.BARS]), *product([BoutPhase.HOLD], FeedbackMode)]


@pytest.fixture
def practice(app: Clinical, monkeypatch: pytest.MonkeyPatch) -> PractisePage:
    """Return the page of practice, before it has reached a board."""
    monkeypatch.setattr(PractisePage, "_begin", lambda _page, _now: None)
    app.go(Step.PRACTISE)
    assert isinstance(app.page, PractisePage)
    return app.page


@pytest.mark.parametrize(("phase", "mode"), PHASES, ids=lambda one: str(one.value))
def test_practice(
    app: Clinical, practice: PractisePage, phase: BoutPhase, mode: FeedbackMode, painted: list[str]
) -> None:
    attempts = tuple(tried(result, index=at) for at, result in enumerate(AttemptResult, 1))
    made, _ = running(moment(view(phase, mode, attempts=attempts), active=(EYE,), level=0.6))
    practice.show_running(made, (SMILE, "pucker"))
    for _ in range(2):
        practice.refresh()
        assert_all_told(app, painted)
        assert_all_told(practice.room)
        press(app, Qt.Key.Key_V)


@pytest.mark.parametrize("link", Link)
def test_practice_on_a_link_that_fails(
    app: Clinical, practice: PractisePage, link: Link, painted: list[str]
) -> None:
    made, _ = running(moment(link=link, unknown=(EYE,)))
    practice.show_running(made, (SMILE,))
    practice.refresh()
    assert_all_told(app, painted)
    assert_all_told(practice.room)


@pytest.mark.parametrize("look", Look, ids=lambda look: str(look.value))
def test_the_look_back(app: Clinical, tmp_path: Path, look: Look, painted: list[str]) -> None:
    app.go(Step.LOOK_BACK)
    assert isinstance(app.page, LookBackPage)
    made = looked_back.found(tmp_path / "made", (0.05, 0.2, 0.6), (0.04, 0.3))
    before = looked_back.measures(0.5, 0.6, 0.7, name="before", created="2026-11-02T10:00:00")
    now = looked_back.measures(0.05, 0.2, 0.6, name="now", created="2026-11-26T10:00:00")
    app.page.stand_still(looked_back.over_sessions(made, before, now))
    while app.page.choice.look is not look:
        press(app, Qt.Key.Key_N)
    assert_all_told(app, painted)
    assert app.page.patient_part is not None
    assert_all_told(app.page.patient_part)


def test_the_look_back_before_anything_is_judged(
    app: Clinical, tmp_path: Path, painted: list[str]
) -> None:
    app.go(Step.LOOK_BACK)
    assert isinstance(app.page, LookBackPage)
    made = looked_back.found(tmp_path / "made", (0.05, 0.2))
    (session,) = made.sessions
    app.page.stand_still(replace(made, sessions=(replace(session, judged=()),)))
    assert_all_told(app, painted)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_N, Qt.Key.Key_N):
        press(app, key)
        assert_all_told(app, painted)


def test_a_calibration_that_went_wrong_and_one_that_was_checked_again(
    app: Clinical, painted: list[str]
) -> None:
    app.go(Step.CALIBRATE)
    assert isinstance(app.page, CalibratePage)
    before = replace(profile_of("P01"), findings=(), models=())
    louder = [ChannelNumbers(noise_uv=4.0), *(numbers(90.0) for _ in before.channels[1:])]
    remarks = recheck(before, louder).sentences
    assert len(remarks) >= len(louder)
    ends = (Concluded(sentence="", remarks=remarks), Concluded(profile=before, remarks=remarks))
    with stepped() as made:
        for concluded in ends:
            app.page.show_running(Pretended(made.concluded(concluded)))
            app.page.refresh()
            assert_all_told(app, painted)
        app.page.show_running(Pretended(replace(made.moment, over=True)))
        app.page.refresh()
        assert_all_told(app, painted)
