"""The notice of the first start: research software, supervised, on batteries (Safety)."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from host.feedback.clinic.notice import notice, show_notice_once
from host.feedback.clinic.remembered import Remembered, remember
from tests.host.feedback.clinic.rooms import clinic, shown


def test_it_says_what_the_program_is_not_and_what_runs_on_batteries() -> None:
    said = " ".join(notice())
    for words in ("not a medical device", "supervised", "batteries", "60601-1", "never a name"):
        assert words in said


def test_it_is_shown_until_somebody_understood_it(qtbot: QtBot, tmp_path: Path) -> None:
    remember(Remembered())
    app = shown(qtbot, clinic(tmp_path))
    show_notice_once(app.overlay)
    assert app.overlay.isVisible()
    app.overlay.buttons[0].click()
    assert app.overlay.isHidden()
    show_notice_once(app.overlay)
    assert app.overlay.isHidden()
