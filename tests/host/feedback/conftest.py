"""A language in brackets, and an ear for what is painted."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

import pytest

from host.translation import speak
from tests.host.bracketed import Bracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PyQt6.QtWidgets import QApplication

# Qt is imported late: this file is read on machines without it, too.


@pytest.fixture
def bracketed(qapp: QApplication) -> Iterator[None]:
    """Speak the language in which everything that can be translated stands in brackets."""
    from host.feedback.speaking import speak_in_qt

    speak(Bracketed())
    made = speak_in_qt(qapp)
    yield
    qapp.removeTranslator(made)
    speak(gettext.NullTranslations())


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that are painted from now on."""
    from PyQt6.QtGui import QPainter

    found: list[str] = []
    draw = QPainter.drawText

    def drawn(painter: QPainter, *given: object) -> object:
        found.extend(one for one in given if isinstance(one, str))
        return draw(painter, *given)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", drawn)
    return found
