"""From page to page: only one has the board, and nobody waits for it on the window's thread."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from host.feedback.clinic.appointment import Appointment
from host.feedback.clinic.closing import Closer
from host.feedback.clinic.journey import Journey
from host.feedback.clinic.shell import Shell
from tests.host.feedback.clinic.rooms import Other, Plain, clinic


@pytest.fixture
def pages(qtbot: QtBot, tmp_path: Path) -> tuple[Plain, Other]:
    desk = Shell(clinic(tmp_path), Other, {})
    made = Plain(desk), Other(desk)
    for one in (desk, *made):
        qtbot.addWidget(one)
    return made


def test_a_page_that_has_nothing_open_is_left_at_once(pages: tuple[Plain, Other]) -> None:
    journey, (first, second) = Journey(), pages
    journey.open(first, Appointment)
    journey.open(second, Appointment)
    assert first.left == 1
    assert len(second.entered) == 1
    assert journey.page is second


def test_the_next_page_is_entered_only_when_the_board_has_been_let_go(
    qtbot: QtBot, pages: tuple[Plain, Other]
) -> None:
    journey, (first, second) = Journey(), pages
    let_go, threads = threading.Event(), list[str]()

    def closing() -> None:
        threads.append(threading.current_thread().name)
        let_go.wait(10.0)

    first.closing = closing
    journey.open(first, Appointment)
    with qtbot.waitSignal(journey.waits):
        journey.open(second, Appointment)
    assert journey.waiting
    assert second.entered == []
    journey.open(first, Appointment)
    assert first.left == 1
    with qtbot.waitSignal(journey.began):
        let_go.set()
    assert threads == ["closing"]
    assert journey.page is second


def test_what_goes_wrong_in_closing_is_kept_and_the_way_goes_on(qtbot: QtBot) -> None:
    closer, gone = Closer(), list[str]()

    def closing() -> None:
        raise OSError("the port is stuck")

    closer.close(closing, lambda: gone.append("on"))
    with pytest.raises(ValueError, match="already"):
        closer.close(closing, lambda: None)
    qtbot.waitUntil(lambda: gone == ["on"])
    assert str(closer.error) == "the port is stuck"
    assert not closer.busy
