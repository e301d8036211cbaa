"""Whatever goes wrong is told in the reader's language too, but for names (decision 0016)."""

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from calibration.profile import write_profile
from calibration.saying import words_of
from host.acquisition.catalog import find_board
from host.acquisition.quietface_mode import Wish, negotiate
from host.acquisition.source import Link, LinkState
from host.acquisition.troubles import explain
from host.chain.stream import Stream, channel_names
from host.detection.watch import Watch
from host.errors import DeviceError, HostError, SettingsError
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.calibrate_page import CalibratePage
from host.feedback.clinic.electrodes_check import ContactCheck
from host.feedback.clinic.electrodes_page import ElectrodesPage
from host.feedback.clinic.plan_page import PlanPage
from host.feedback.clinic.practise_page import PractisePage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.start_page import StartPage
from host.feedback.clinic.steps import Step
from host.recording import durable
from host.recording.postponed import Postponed
from host.recording.recorder import Recorder
from host.recording.room import refuse_full_disk
from host.session.calibrated import read_for
from host.session.practising.troubles import with_edges
from host.session.practising.worker import PracticeMoment
from tests.host.clinic import people
from tests.host.feedback.calibrating.windows import stepped
from tests.host.feedback.clinic.practising.moments import moment, running
from tests.host.feedback.clinic.rooms import (
    FACE,
    PATIENT,
    appointment,
    clinic,
    profile_of,
    shown,
)
from tests.host.feedback.clinic.test_calibrate_page import Pretended
from tests.host.feedback.clinic.test_electrodes_check import failing, until
from tests.host.feedback.said import all_said, assert_all_told
from tests.host.session.practising.bench import SMILE

pytestmark = pytest.mark.usefixtures("bracketed")

CYTON = find_board("cyton")
STREAM = Stream(rate_hz=250.0, channels=channel_names(8), range_uv=187_500.0)


def names_in(path: Path) -> list[str]:
    """Return the words of a path, which nobody translates."""
    return re.findall(r"[^\W\d_]+", str(path))


def is_said(window: Clinical, words: str) -> bool:
    """Tell whether the English words stand in the window, in brackets."""
    said = re.sub("[⟦⟧]", "", " ".join(text for _, text in all_said(window)))
    return words in said


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Iterator[Clinical]:
    """Return the app in the midst of an appointment."""
    where = clinic(tmp_path)
    window = shown(qtbot, where)
    now = replace(appointment(where), profile=profile_of("P01"), earlier=1)
    window.renew(replace(now, reach=Reach(through_board=False)))
    yield window
    window.journey.end(lambda: None)


def raised(attempt: Callable[[], object]) -> HostError:
    """Return what an attempt raises."""
    with pytest.raises(HostError) as refused:
        attempt()
    return refused.value


class Trouble(NamedTuple):
    """What may be wrong with a board, and the beginning of how it is told."""

    error: HostError
    words: str


def board_troubles() -> list[Trouble]:
    """Return what the edges say of boards that are not there, or not those that were named."""
    codes = {
        "UNABLE_TO_OPEN_PORT_ERROR": "There is no port COM99",
        "BOARD_NOT_READY_ERROR": "Nothing that speaks like an",
        "SYNC_TIMEOUT_ERROR": "does not answer. Switch it on",
        "ANOTHER_BOARD_IS_CREATED_ERROR": "is already open in this program",
        "GENERAL_ERROR": "could not be found",
    }
    reached = [
        Trouble(DeviceError(explain(code, board=CYTON, port="COM99")), words)
        for code, words in codes.items()
    ]
    other = raised(lambda: negotiate(lambda _command: "OpenBCI V3 8-16 channel\n$$$", Wish()))
    damaged = raised(lambda: negotiate(lambda _command: "Quietface protocol=1 $$$", Wish()))
    return [
        *reached,
        Trouble(other, "What answers is no board with this project's firmware"),
        Trouble(damaged, "The board's description of itself came damaged: version is missing"),
    ]


@pytest.mark.parametrize("trouble", board_troubles(), ids=lambda one: str(one.words))
def test_a_board_that_is_not_the_one_that_was_named(
    app: Clinical, trouble: Trouble, painted: list[str]
) -> None:
    app.go(Step.ELECTRODES)
    assert isinstance(app.page, ElectrodesPage)
    closing = app.page.check.end()
    if closing is not None:
        closing()
    app.page.check = ContactCheck()
    app.page.check.begin(lambda: failing(trouble.error))
    until(app.page.check, lambda looked: bool(looked.error))
    app.page.refresh()
    # An entry of what the board says of itself keeps its name.
    assert_all_told(app, painted, names=["version"])
    assert is_said(app, trouble.words)


@pytest.mark.parametrize("ended", [False, True])
def test_a_disk_that_is_full_when_a_recording_begins(
    app: Clinical,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    painted: list[str],
    *,
    ended: bool,
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))

    def begin() -> Recorder:
        refuse_full_disk(tmp_path, 1000.0)
        raise AssertionError

    with Postponed(begin, words_of(raised(begin))) as postponed:
        state = postponed.state
    now = moment(recording=postponed.state if ended else state)
    practice = with_edges(now.practice, now.view.link, now.view.recording)
    show_practice(app, monkeypatch, replace(now, practice=practice), painted, names_in(tmp_path))
    assert is_said(
        app, f"{'Not recorded' if ended else 'Not recorded yet'}: the disk of {tmp_path}"
    )


def show_practice(
    app: Clinical,
    monkeypatch: pytest.MonkeyPatch,
    now: PracticeMoment,
    painted: list[str],
    names: list[str],
) -> None:
    """Show a moment of practice, to the therapist and to the patient."""
    monkeypatch.setattr(PractisePage, "_begin", lambda _page, _now: None)
    app.go(Step.PRACTISE)
    assert isinstance(app.page, PractisePage)
    made, _ = running(now)
    app.page.show_running(made, (SMILE,))
    app.page.refresh()
    assert_all_told(app, painted, names)
    assert_all_told(app.page.room, (), names)


def test_a_calibration_of_other_electrodes(
    app: Clinical, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, painted: list[str]
) -> None:
    path = tmp_path / "first.json"
    write_profile(people.profile(montage="face-4"), path)
    error = raised(lambda: read_for(path, Watch(montage=FACE), STREAM, person="P01"))
    assert isinstance(error, SettingsError)
    link = LinkState(link=Link.ENDED, message=words_of(error))
    now = moment()
    practice = with_edges(now.practice, link, now.view.recording)
    now = replace(now, practice=practice, view=replace(now.view, link=link))
    show_practice(app, monkeypatch, now, painted, ["first", "json"])
    assert is_said(app, "This profile is for the electrodes of 'face-4', which differ")


def test_a_calibration_that_the_board_ends(app: Clinical, painted: list[str]) -> None:
    app.go(Step.CALIBRATE)
    assert isinstance(app.page, CalibratePage)
    error = DeviceError(explain("BOARD_WRITE_ERROR", board=CYTON, port=""))
    with stepped() as made:
        app.page.show_running(Pretended(replace(made.moment, error=words_of(error))))
        app.page.refresh()
        assert_all_told(app, painted)
        assert_all_told(app.page.patient_part)


def test_a_patients_entry_that_is_damaged(qtbot: QtBot, tmp_path: Path, painted: list[str]) -> None:
    where = clinic(tmp_path, PATIENT, replace(PATIENT, code="P02"))
    path = tmp_path / "patients" / "P02" / "entry" / "0001.json"
    path.write_text('{"format": "something else"}', encoding="utf-8")
    app = shown(qtbot, where)
    assert_all_told(app, painted, names_in(path))
    assert is_said(app, f"{path} is damaged: it is not the entry of P02. Move it away")


def test_a_plan_that_somebody_else_changed_meanwhile(
    app: Clinical, tmp_path: Path, painted: list[str]
) -> None:
    app.go(Step.PLAN)
    assert isinstance(app.page, PlanPage)
    here = app.page.form.value()
    clinic(tmp_path).save_plan(replace(here, bout_s=60.0), by="T08")
    app.page.form.setValue(replace(here, hold_s=4.0))
    app.page.save_plan()
    assert_all_told(app, painted)
    assert is_said(app, "Somebody saved version 2 of the plan of P01 meanwhile")


def test_a_folder_that_may_only_be_read(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, painted: list[str]
) -> None:
    def refuse(_path: Path, _content: bytes) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(durable, "write_atomically", refuse)
    app = shown(qtbot, clinic(tmp_path))
    assert isinstance(app.start, StartPage)
    app.start.open_simulated()
    # The reason is in the system's words.
    names = [*names_in(tmp_path), *os.strerror(errno.EROFS).replace("-", " ").split()]
    assert_all_told(app, painted, [*names, "patients", "entry", "simulated"])
    assert is_said(app, "Make that a folder which you may write to, or name another one")
