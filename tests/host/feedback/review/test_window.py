"""The review window: keys, mouse, bars and notes."""

from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from host.feedback.bar_state import ScreenState, screen_state
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import LIGHT
from host.recording.events import Marker
from host.recording.notes import read_notes
from host.session.opened import Opened
from tests.host.feedback.pixels import near, painted
from tests.host.feedback.review.reviews import (
    arrived,
    click,
    place,
    press,
    reviewed,
    texts,
    write,
)
from tests.host.session.recordings import (
    GAP,
    RATE,
    STOP,
    opened,
)

STARTS = [(8 * number + 2) * RATE for number in range(4)]


def test_arrow_keys_go_from_attempt_to_attempt(qtbot: QtBot, window: ReviewWindow) -> None:
    for start in STARTS:
        press(qtbot, window, Qt.Key.Key_Right)
        assert window.player.position == start
        assert window.strips.state.cursor == start
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.player.position == STARTS[-1]
    press(qtbot, window, Qt.Key.Key_Left)
    assert window.player.position == STARTS[-2]
    press(qtbot, window, Qt.Key.Key_Home)
    press(qtbot, window, Qt.Key.Key_Left)
    assert window.player.position == 0
    press(qtbot, window, Qt.Key.Key_End)
    assert window.player.position == STOP


def test_the_card_tells_what_became_of_the_attempt(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Right)
    window.refresh()
    assert "1 · gentle closed smile" in texts(window)
    assert window.card.text().startswith("Eye came along.\nEye, right: came along for 1.")
    press(qtbot, window, Qt.Key.Key_End)
    window.scrub(7 * RATE + STOP - 8 * RATE)
    window.refresh()
    assert "Not scored: too little signal." in window.card.text()


def test_the_bars_show_the_moment_under_the_cursor(qtbot: QtBot, window: ReviewWindow) -> None:
    click(qtbot, window.strips, place(window.strips, 4.8 * RATE))
    arrived(qtbot, window)
    state = window.patient.state
    assert state == screen_state(window.player.view)
    (eye,) = state.bars
    assert eye.over
    assert eye.fill is not None
    assert eye.fill > eye.threshold
    assert near(painted(window.patient), LIGHT.over, 30).any()
    click(qtbot, window.strips, place(window.strips, 11.5 * RATE))
    arrived(qtbot, window)
    assert [bar.name for bar in window.patient.state.bars] == ["Cheek"]
    assert not window.patient.state.bars[0].over


def test_in_a_gap_the_bars_say_that_nothing_was_recorded(
    qtbot: QtBot, window: ReviewWindow
) -> None:
    click(qtbot, window.strips, place(window.strips, sum(GAP) / 2))
    arrived(qtbot, window)
    state = window.patient.state
    assert state.interruption == "Nothing was recorded here."
    assert all(bar.fill is None for bar in state.bars)


def test_the_cursor_stays_where_it_was_put_while_the_bars_are_on_their_way(
    qtbot: QtBot, window: ReviewWindow
) -> None:
    with window.player._changed:
        window.scrub(20 * RATE)
        window.refresh()
        cursors = {window.strips.state.cursor, window.overview.state.cursor}
    assert cursors == {20 * RATE}


def test_space_plays_and_the_view_goes_along(qtbot: QtBot, window: ReviewWindow) -> None:
    window.look_at(window.scale.fitted(2 * RATE, 4 * RATE))
    window.scrub(3 * RATE)
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Plus)
    press(qtbot, window, Qt.Key.Key_Space)
    assert (window.player.playing, window.player.speed) == (True, 16.0)
    shown = set[ScreenState]()

    def follows() -> bool:
        shown.add(window.patient.state)
        state = window.strips.state
        assert state.scale.start <= state.cursor <= state.scale.stop + RATE
        return state.cursor > 9 * RATE

    qtbot.waitUntil(follows, timeout=20_000)
    assert len(shown) > 3
    assert window.transport.play.text() == "Pause"
    press(qtbot, window, Qt.Key.Key_Space)
    window.refresh()
    assert window.transport.play.text() == "Play"


def test_looking_elsewhere_while_it_plays_is_respected(qtbot: QtBot, window: ReviewWindow) -> None:
    window.look_at(window.scale.fitted(2 * RATE, 4 * RATE))
    press(qtbot, window, Qt.Key.Key_Space)
    overview = window.overview
    click(qtbot, overview, QPoint(9 * overview.width() // 10, 5))
    elsewhere = window.scale
    window.refresh()
    assert window.scale == elsewhere
    press(qtbot, window, Qt.Key.Key_Space)


def test_keys_zoom(qtbot: QtBot, window: ReviewWindow) -> None:
    window.scrub(20 * RATE)
    press(qtbot, window, Qt.Key.Key_Up)
    assert window.scale.seconds == pytest.approx(16.0)
    assert window.scale.start < 20 * RATE < window.scale.stop
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.scale.is_whole
    window.scrub(STARTS[1])
    press(qtbot, window, Qt.Key.Key_Z)
    scale = window.scale
    assert (scale.start, scale.stop) == pytest.approx((9.1 * RATE, 16.9 * RATE))
    press(qtbot, window, Qt.Key.Key_0)
    assert window.scale.is_whole
    window.scrub(0)
    press(qtbot, window, Qt.Key.Key_Z)
    assert window.scale.is_whole


def test_m_marks_the_moment_and_the_mark_is_there_again(
    qtbot: QtBot, window: ReviewWindow, made: Opened
) -> None:
    window.scrub(20 * RATE)
    before = near(painted(window.strips), LIGHT.beside, 60).sum()
    press(qtbot, window, Qt.Key.Key_M)
    (note,) = read_notes(made.notes)
    assert (note.sample, note.text, note.by) == (20 * RATE, "", "review")
    assert window.notes == (note,)
    window.scrub(0)
    assert near(painted(window.strips), LIGHT.beside, 60).sum() > before
    with reviewed(qtbot, made) as again:
        assert again.notes == (note,)


def test_n_writes_a_note_where_the_cursor_was(
    qtbot: QtBot, window: ReviewWindow, made: Opened
) -> None:
    window.scrub(20 * RATE)
    press(qtbot, window, Qt.Key.Key_N)
    assert window.note_line.isVisible()
    assert "0:20.0" in window.note_line.placeholderText()
    # Letters that are keys of the window are words here; and it may play on meanwhile.
    write(qtbot, window.note_line, "r w m 0 her neck let go")
    window.player.seek(25 * RATE)
    press(qtbot, window.note_line, Qt.Key.Key_Return)
    (note,) = read_notes(made.notes)
    assert (note.sample, note.text) == (20 * RATE, "r w m 0 her neck let go")
    assert not window.transport.raw_button.isChecked()
    window.scrub(20 * RATE)
    window.refresh()
    assert "“r w m 0 her neck let go”" in window.card.text()


def test_what_was_marked_while_it_ran_is_there_too(qtbot: QtBot, tmp_path: Path) -> None:
    marker = Marker(sample=500, text="felt it", by="live")
    with reviewed(qtbot, opened(tmp_path, markers=(marker,))) as window:
        assert window.notes == (marker,)
        window.scrub(520)
        window.refresh()
        assert "“felt it”" in window.card.text()


def test_f11_fills_the_screen_and_escape_leaves_it(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def test_escape_gives_the_keys_back_to_the_window(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_W)
    slider = window.terms.line._slider
    slider.setFocus()
    press(qtbot, slider, Qt.Key.Key_Escape)
    assert not slider.hasFocus()
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.player.position == STARTS[0]


def test_while_nothing_changes_nothing_is_painted(qtbot: QtBot, window: ReviewWindow) -> None:
    arrived(qtbot, window)
    window.refresh()
    states = window.strips.state, window.overview.state, window.patient.state
    window.refresh()
    assert states == (window.strips.state, window.overview.state, window.patient.state)
    assert window.strips.state.lane is states[0].lane
