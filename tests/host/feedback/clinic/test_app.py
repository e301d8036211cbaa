"""The app as it is started: recordings to look back on, things told from a thread, pictures."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from host.feedback.clinic.app import Clinical
from host.feedback.clinic.pictures import draw_pages
from host.feedback.clinic.steps import Step
from tests.host.feedback.clinic.rooms import appointment, clinic, profile_of, shown
from tests.host.feedback.clinic.test_recent import recorded


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    return shown(qtbot, clinic(tmp_path))


def test_a_recording_opens_in_a_window_of_its_own_and_ends_with_the_app(
    qtbot: QtBot, app: Clinical, tmp_path: Path
) -> None:
    app.look_back(recorded(tmp_path / "sessions", 4.0))
    review = app.reviews[0]
    qtbot.addWidget(review)
    assert review.isVisible()
    app.end_now()
    assert not review.isVisible()


def test_what_is_no_recording_is_said_in_a_sentence(app: Clinical, tmp_path: Path) -> None:
    app.look_back(tmp_path / "nothing")
    assert app.reviews == []
    assert app.foot.text().endswith(".")


def test_what_a_thread_tells_is_said_at_the_foot(qtbot: QtBot, app: Clinical) -> None:
    thread = threading.Thread(target=lambda: app.told.emit("A session was closed."))
    thread.start()
    qtbot.waitUntil(lambda: app.foot.text() == "A session was closed.")
    thread.join()


WITHOUT_A_BOARD = (Step.PATIENT, Step.PLAN, Step.CALIBRATE, Step.END)


def test_pages_can_be_drawn_for_the_documents(qtbot: QtBot, tmp_path: Path) -> None:
    where = clinic(tmp_path / "data")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    now, size = appointment(where), (960, 600)
    draw_pages(pictures, where, now, scheme="dark", size=size, steps=WITHOUT_A_BOARD)
    names = {path.stem.removesuffix("-dark-600") for path in pictures.iterdir()}
    steps = {f"app-{step.value.lower().replace(' ', '-')}" for step in WITHOUT_A_BOARD}
    assert steps | {"app-start", "app-notice", "app-calibrate-patient"} <= names
    for path in pictures.iterdir():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (960, 600)


def test_a_step_that_is_not_possible_yet_is_not_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    where = clinic(tmp_path)
    unchecked = replace(appointment(where), contact_checked=False, profile=profile_of("P01"))
    with pytest.raises(ValueError, match=f"{Step.CALIBRATE.value} cannot be opened"):
        draw_pages(
            tmp_path, where, unchecked, scheme="light", size=(960, 600), steps=(Step.CALIBRATE,)
        )
