"""When it is painted: at news, not too often, and without news all the same."""

import pytest
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from host.feedback.rhythm import EARLY, PAINTS_PER_S, SOONEST_S, Rhythm

PERIOD_S = 1.0 / PAINTS_PER_S


class _Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def parent(qtbot: QtBot) -> QObject:
    return QObject()


def _told(qtbot: QtBot, rhythm: Rhythm) -> None:
    """Tell news, and let Qt deliver them: it comes from another thread."""
    rhythm.tell()
    qtbot.wait(1)


def test_news_are_painted_at_once_where_the_last_paint_is_long_enough_ago(
    qtbot: QtBot, parent: QObject, clock: _Clock
) -> None:
    rhythm = Rhythm(parent, clock)
    fired: list[float] = []
    rhythm.due.connect(lambda: fired.append(clock.now_s))
    clock.now_s += (1.0 - EARLY) * PERIOD_S + 1e-6
    _told(qtbot, rhythm)
    assert fired[:1] == [clock.now_s]


def test_news_that_come_oftener_than_a_screen_shows_wait_for_the_next_paint(
    qtbot: QtBot, parent: QObject, clock: _Clock
) -> None:
    rhythm = Rhythm(parent, clock)
    fired: list[float] = []
    rhythm.due.connect(lambda: fired.append(clock.now_s))
    clock.now_s += 0.5 * PERIOD_S
    rhythm.tell()
    rhythm.tell()
    with qtbot.waitSignal(rhythm.due, timeout=1000):
        pass
    assert len(fired) == 1


def test_news_that_cannot_wait_are_painted_sooner_but_not_all_the_time(
    qtbot: QtBot, parent: QObject, clock: _Clock
) -> None:
    fired: list[float] = []
    rhythm = Rhythm(parent, clock, urgent=lambda: True)
    rhythm.due.connect(lambda: fired.append(clock.now_s))
    clock.now_s += 0.5 * SOONEST_S
    _told(qtbot, rhythm)
    assert fired == []
    clock.now_s += 0.6 * SOONEST_S
    _told(qtbot, rhythm)
    assert fired[:1] == [clock.now_s]


def test_without_news_it_is_painted_all_the_same(qtbot: QtBot, parent: QObject) -> None:
    """A link that falls silent has to be said."""
    rhythm = Rhythm(parent)
    for _ in range(3):
        with qtbot.waitSignal(rhythm.due, timeout=1000):
            pass


def test_news_that_are_a_little_late_are_waited_for(
    qtbot: QtBot, parent: QObject, clock: _Clock
) -> None:
    """Or what is painted were older than it had to be, and the news came just behind it."""
    rhythm = Rhythm(parent, clock)
    period_ms = 1000.0 / PAINTS_PER_S
    assert 1.2 * period_ms < rhythm._timer.interval() < 1.5 * period_ms


def test_a_stopped_rhythm_and_one_that_is_gone_stay_quiet(qtbot: QtBot, clock: _Clock) -> None:
    owner = QObject()
    rhythm = Rhythm(owner, clock)
    fired: list[float] = []
    rhythm.due.connect(lambda: fired.append(clock.now_s))
    rhythm.stop()
    clock.now_s += 1.0
    _told(qtbot, rhythm)
    assert fired == []
    owner.deleteLater()
    qtbot.wait(10)
    rhythm.tell()


def test_once_it_is_stopped_no_thread_reaches_into_what_is_being_deleted(parent: QObject) -> None:
    rhythm = Rhythm(parent)
    reached: list[None] = []
    rhythm._news.connect(lambda: reached.append(None))
    rhythm.tell()
    rhythm.stop()
    rhythm.tell()
    assert len(reached) == 1
