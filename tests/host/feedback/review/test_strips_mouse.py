"""The mouse on the strips: click, drag and wheel."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from host.feedback.review.window import ReviewWindow
from tests.host.feedback.pixels import painted
from tests.host.feedback.review.reviews import (
    arrived,
    click,
    drag,
    place,
    reviewed,
    turn,
)
from tests.host.session.recordings import (
    RATE,
    STOP,
    opened,
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    with reviewed(qtbot, opened(tmp_path)) as made:
        yield made


def test_a_click_scrubs_and_a_drag_scrubs_along(qtbot: QtBot, window: ReviewWindow) -> None:
    strips, seen = window.strips, list[int]()
    strips.scrubbed.connect(seen.append)
    for at in (5 * RATE, 20 * RATE):
        click(qtbot, strips, place(strips, at))
        assert seen[-1] == pytest.approx(at, abs=10)
        assert window.player.position == seen[-1]
        assert strips.state.cursor == seen[-1]
    click(qtbot, strips, place(strips, 0), Qt.MouseButton.RightButton)
    assert seen[-1] == pytest.approx(20 * RATE, abs=10)
    drag(qtbot, strips, *(place(strips, second * RATE) for second in range(9)))
    assert strips.state.cursor == pytest.approx(8 * RATE, abs=10)


def test_a_click_beside_the_strips_stays_inside(qtbot: QtBot, window: ReviewWindow) -> None:
    strips = window.strips
    click(qtbot, strips, QPoint(2, 200))
    assert strips.state.cursor == 0
    click(qtbot, strips, QPoint(strips.width() - 1, 200))
    assert strips.state.cursor == STOP


def test_the_wheel_zooms_about_the_mouse(window: ReviewWindow) -> None:
    strips = window.strips
    at = place(strips, 20 * RATE)
    turn(strips, at, 4)
    scale = strips.state.scale
    assert scale.seconds == pytest.approx(32 / 1.25**4)
    assert scale.x(20 * RATE) == pytest.approx(at.x() - strips.field.left(), abs=2)
    turn(strips, at, -9)
    assert strips.state.scale.is_whole


def test_sideways_and_with_shift_the_wheel_moves_along(window: ReviewWindow) -> None:
    strips = window.strips
    window.look_at(strips.state.scale.fitted(10 * RATE, 14 * RATE))
    first = strips.state.scale
    turn(strips, place(strips, 12 * RATE), -1, Qt.KeyboardModifier.ShiftModifier)
    second = strips.state.scale
    assert second.seconds == pytest.approx(first.seconds)
    assert second.start > first.start
    turn(strips, place(strips, 12 * RATE), 0, sideways=1)
    assert strips.state.scale.start == pytest.approx(first.start)


def test_the_cursor_moves_without_painting_the_rest(qtbot: QtBot, window: ReviewWindow) -> None:
    strips = window.strips
    arrived(qtbot, window)
    moved = replace(strips.state, cursor=strips.state.cursor + 2 * RATE)
    dirty = strips.changed(strips.state, moved)
    assert dirty.width() < 0.25 * strips.width()
    assert strips.changed(strips.state, replace(moved, raw=True)) == strips.rect()
    before = painted(strips)
    strips.state = moved
    after = painted(strips)
    different = np.flatnonzero((before != after).any(axis=(0, 2)))
    assert dirty.left() <= different.min()
    assert different.max() <= dirty.right()
