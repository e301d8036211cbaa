"""Qt's own `self.tr` speaks from the same catalogue as plain code."""

import gettext
from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from host.feedback.speaking import Catalogue, speak_in_qt
from host.feedback.starting import application
from host.translation import speak


class German(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Keys": "Tasten"}.get(message, message)


@pytest.fixture
def spoken(qtbot: QtBot) -> Iterator[Catalogue]:
    app = application()
    made = speak_in_qt(app)
    yield made
    app.removeTranslator(made)
    speak(gettext.NullTranslations())


def test_a_widget_says_what_the_catalogue_says(qtbot: QtBot, spoken: Catalogue) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert widget.tr("Keys") == "Keys"
    speak(German())
    assert widget.tr("Keys") == "Tasten"
    assert widget.tr("Hold") == "Hold"
