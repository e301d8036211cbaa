"""The app as it is started: recordings to look back on, things told from a thread, pictures."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from host.feedback.clinic.app import Clinical
from host.feedback.clinic.pictures import draw_pages
from host.feedback.clinic.remembered import remembered
from host.feedback.clinic.steps import Step
from host.feedback.picture import picture
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import DARK, LIGHT, theme_of
from tests.host.feedback.clinic.rooms import appointment, clinic, press, profile_of, shown
from tests.host.feedback.clinic.test_recent import recorded


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> Clinical:
    return shown(qtbot, clinic(tmp_path))


def test_a_recording_opens_in_a_window_of_its_own_and_ends_with_the_app(
    qtbot: QtBot, app: Clinical, tmp_path: Path
) -> None:
    review = reviewed(qtbot, app, recorded(tmp_path / "sessions", 4.0))
    assert review.isVisible()
    app.end_now()
    assert not review.isVisible()


def reviewed(qtbot: QtBot, app: Clinical, path: Path) -> ReviewWindow:
    """Open a recording, and wait for its window."""
    app.open_recording(path)
    qtbot.waitUntil(lambda: not app.recordings.busy, timeout=20_000)
    review = app.recordings.windows[-1]
    qtbot.addWidget(review)
    return review


def gui_text(path: Path) -> Path:
    """Write a file as the OpenBCI GUI does, four channels for five seconds."""
    head = [
        "%OpenBCI Raw EXG Data",
        "%Number of channels = 4",
        "%Sample Rate = 200 Hz",
        "%Board = OpenBCI_GUI$BoardGanglionNative",
        "Sample Index, EXG Channel 0, EXG Channel 1, EXG Channel 2, EXG Channel 3, Timestamp",
    ]
    rows = [f"{at % 200}, 1.5, 2.5, -3.5, {at % 7}.0, {1e9 + at / 200}" for at in range(1000)]
    path.write_text("\n".join([*head, *rows]), encoding="utf-8")
    return path


def test_a_file_of_another_program_opens_too(qtbot: QtBot, app: Clinical, tmp_path: Path) -> None:
    review = reviewed(qtbot, app, gui_text(tmp_path / "OpenBCI-RAW.txt"))
    assert review.isVisible()
    assert "OpenBCI-RAW.txt" in review.windowTitle()
    assert not app.foot.text()
    app.end_now()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b"Dear colleague,\nplease find enclosed nothing.\n", "read are OpenBCI"),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "read are OpenBCI"),
        (b"EMG1,EMG2\n1.0,2.0\n2.0,3.0\n", "quietface import"),
    ],
)
def test_what_cannot_be_opened_is_said_in_one_sentence(
    qtbot: QtBot, app: Clinical, tmp_path: Path, content: bytes | None, word: str
) -> None:
    path = tmp_path / "what.csv"
    if content is not None:
        path.write_bytes(content)
    app.open_recording(path)
    qtbot.waitUntil(lambda: not app.recordings.busy, timeout=20_000)
    assert app.recordings.windows == []
    said = app.foot.text()
    assert said.startswith("Not opened: what.csv: ")
    assert word in said
    assert said.endswith(".")
    assert "\n" not in said


def test_one_recording_is_opened_at_a_time(qtbot: QtBot, app: Clinical, tmp_path: Path) -> None:
    path = gui_text(tmp_path / "one.txt")
    app.open_recording(path)
    app.open_recording(path)
    assert "One moment" in app.foot.text()
    qtbot.waitUntil(lambda: not app.recordings.busy, timeout=20_000)
    (review,) = app.recordings.windows
    qtbot.addWidget(review)
    app.end_now()


def test_what_a_thread_tells_is_said_at_the_foot(qtbot: QtBot, app: Clinical) -> None:
    thread = threading.Thread(target=lambda: app.told.emit("A session was closed."))
    thread.start()
    qtbot.waitUntil(lambda: app.foot.text() == "A session was closed.")
    thread.join()


def test_light_and_dark_are_changed_in_all_windows_at_once_and_remembered(
    qtbot: QtBot, app: Clinical, tmp_path: Path
) -> None:
    review = reviewed(qtbot, app, recorded(tmp_path / "sessions", 4.0))
    shown_before = {window: seen(window) for window in (app, app.room, review)}
    press(app, Qt.Key.Key_F3)
    assert (app.scheme, review.scheme, remembered().scheme) == ("dark",) * 3
    for window, before in shown_before.items():
        assert before > 0.7, window
        assert seen(window) < 0.3, window
    press(app, Qt.Key.Key_F3)
    assert theme_of(remembered().scheme) is LIGHT
    assert {window: seen(window) for window in shown_before} == shown_before


def test_without_a_rail_light_and_dark_are_changed_at_the_foot(app: Clinical) -> None:
    on_rail, at_foot = app.look_buttons
    assert at_foot.isVisible()
    assert not on_rail.isVisible()
    assert at_foot.accessibleName() == "Dark, key F3"
    at_foot.click()
    assert app.theme is DARK
    assert at_foot.accessibleName() == "Light, key F3"


def seen(window: QWidget) -> float:
    """Return how light the corner of a window is, from 0 to 1."""
    return picture(window).pixelColor(3, 3).lightnessF()


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
