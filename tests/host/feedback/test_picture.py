"""Pictures of the patient's window."""

from pathlib import Path

import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from host.errors import SettingsError
from host.feedback.patient_window import PatientWindow
from host.feedback.picture import save_picture
from host.feedback.theme import DARK
from tests.host.feedback.pixels import near, pixels
from tests.host.feedback.screens import SMILE


def test_a_picture_of_a_state_has_the_size_and_the_scheme_that_were_asked(
    qtbot: QtBot, tmp_path: Path
) -> None:
    save_picture(SMILE, tmp_path / "window.png", (900, 600), "dark")
    image = QImage(str(tmp_path / "window.png"))
    assert (image.width(), image.height()) == (900, 600)
    picture = pixels(image)
    assert near(picture, DARK.background).mean() > 0.4
    assert near(picture, DARK.quiet).any()
    assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def test_a_widget_is_taken_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    window = PatientWindow("light")
    qtbot.addWidget(window)
    window.resize(1000, 700)
    save_picture(window, tmp_path / "window.png")
    assert QImage(str(tmp_path / "window.png")).width() == 1000


def test_a_picture_that_cannot_be_written_says_where(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        save_picture(SMILE, tmp_path / "nowhere" / "window.png")
