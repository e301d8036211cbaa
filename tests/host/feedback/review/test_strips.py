"""The strips: who is where, what came along, what is not known, and the mouse."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor
from pytestqt.qtbot import QtBot

from host.feedback.review.scale import Scale
from host.feedback.review.strips import Strips
from host.feedback.review.strips_state import StripsState
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import DARK, LIGHT, Theme, mixed
from tests.host.feedback.pixels import Pixels, near, painted
from tests.host.feedback.review.reviews import (
    press,
    raw_read,
    reviewed,
)
from tests.host.session.recordings import (
    EYE_RIGHT,
    GAP,
    RATE,
    STOP,
    face,
    foreign,
    opened,
    plain,
)

EYE, CHEEK = 0, 1
"""Rows of the small face."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    with reviewed(qtbot, opened(tmp_path)) as made:
        yield made


def half(strips: Strips, row: int, *, lower: bool) -> Pixels:
    """Return the pixels of one side of a strip, without the middle line."""
    rect = strips.row_rect(row)
    middle = int(rect.top()) + int(rect.height()) // 2
    picture = painted(strips)
    left, right = int(strips.field.left()), int(strips.field.right())
    if lower:
        return picture[middle + 1 : int(rect.bottom()) - 1, left:right]
    return picture[int(rect.top()) : middle - 2, left:right]


def columns(strips: Strips, start_s: float, stop_s: float) -> slice:
    """Return the pixel columns of a time, a little inside its ends."""
    scale = strips.state.scale
    return slice(int(scale.x(start_s * RATE)) + 4, int(scale.x(stop_s * RATE)) - 4)


def coloured(picture: Pixels, theme: Theme, color: str, share: float = 1.0) -> NDArray[np.bool_]:
    return near(picture, mixed(theme.background, color, share).name(), 3)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_an_episode_is_orange_on_the_affected_side_below(
    qtbot: QtBot, tmp_path: Path, theme: Theme
) -> None:
    with reviewed(qtbot, opened(tmp_path), "dark" if theme is DARK else "light") as window:
        strips = window.strips
        below = coloured(half(strips, EYE, lower=True), theme, theme.over)
        assert below[:, columns(strips, 4.3, 4.9)].any(axis=0).all()
        assert not below[:, columns(strips, 6, 32)].any()
        # The left eye, above, did not come along.
        above = half(strips, EYE, lower=False)
        assert not coloured(above, theme, theme.over, 0.5).any()
        assert not coloured(above, theme, theme.over).any()


def test_p3_what_leads_is_green_and_fainter_on_the_other_side(window: ReviewWindow) -> None:
    strips = window.strips
    led = columns(strips, 19.5, 21.5)
    below, above = (half(strips, CHEEK, lower=lower) for lower in (True, False))
    # A line of the time may cross them.
    assert coloured(below, LIGHT, LIGHT.target, 0.9)[0, led].mean() > 0.9
    assert coloured(above, LIGHT, LIGHT.target, 0.45)[-1, led].mean() > 0.9
    # At rest before it, hardly anything is filled.
    rest = columns(strips, 17, 18)
    assert (coloured(below, LIGHT, LIGHT.target, 0.9)[:, rest].sum(axis=0) < 8).all()


def test_quiet_muscles_are_blue(window: ReviewWindow) -> None:
    below = half(window.strips, CHEEK, lower=True)
    closing = columns(window.strips, 11, 14)
    assert coloured(below, LIGHT, LIGHT.quiet)[0, closing].mean() > 0.9


def test_holds_are_bands(window: ReviewWindow) -> None:
    edge = half(window.strips, CHEEK, lower=False)[0]
    band = near(edge[np.newaxis], mixed(LIGHT.background, LIGHT.target, 0.16).name(), 2)[0]
    for number in range(4):
        assert band[columns(window.strips, 8 * number + 3, 8 * number + 3.6)].mean() > (
            0.9 if number < 3 else -1
        )
        assert not band[columns(window.strips, 8 * number, 8 * number + 2.5)].any()


def hatched(picture: Pixels) -> NDArray[np.bool_]:
    """Tell which columns are hatched: every seventh row of them has the colour."""
    strong = [mixed(ground, LIGHT.unknown, 0.75).name() for ground in GROUNDS]
    found = np.logical_or.reduce([near(picture, color, 2) for color in strong])
    wide: NDArray[np.bool_] = found.sum(axis=0) >= len(picture) // 7 - 1
    return wide


GROUNDS = (
    mixed(LIGHT.background, LIGHT.track, 0.55).name(),
    mixed(LIGHT.background, LIGHT.target, 0.16).name(),
)


def test_a_gap_is_hatched_on_all_strips(window: ReviewWindow) -> None:
    for row in (EYE, CHEEK):
        for lower in (True, False):
            found = hatched(half(window.strips, row, lower=lower))
            assert found[columns(window.strips, GAP[0] / RATE, GAP[1] / RATE)].all()
            assert not found[columns(window.strips, 2, 26)].any()


def test_a_railed_electrode_is_hatched_on_its_side_alone(qtbot: QtBot, tmp_path: Path) -> None:
    raw = face()
    raw[18 * RATE : 24 * RATE, EYE_RIGHT] = 187_500.0
    with reviewed(qtbot, opened(tmp_path, foreign(raw, ()))) as window:
        off = columns(window.strips, 18.2, 24)
        assert hatched(half(window.strips, EYE, lower=True))[off].mean() > 0.95
        assert not hatched(half(window.strips, EYE, lower=False))[off].any()
        assert not hatched(half(window.strips, CHEEK, lower=True))[off].any()


def test_a_channel_without_muscle_has_one_strip_mirrored(qtbot: QtBot, tmp_path: Path) -> None:
    with reviewed(qtbot, plain(tmp_path)) as window:
        strips = window.strips
        assert [row.name for row in strips.rows] == ["Channel 1", "Channel 2", "Channel 3"]
        above, below = (half(strips, 0, lower=lower) for lower in (False, True))
        loud = columns(strips, 5.3, 5.9)
        for side in (above, below):
            assert coloured(side, LIGHT, LIGHT.over)[:, loud].any(axis=0).all()
        assert not coloured(half(strips, 1, lower=False), LIGHT, LIGHT.over).any()


def test_raw_traces_take_the_place_of_levels(qtbot: QtBot, window: ReviewWindow) -> None:
    press(qtbot, window, Qt.Key.Key_R)
    strips = window.strips
    raw_read(qtbot, window)
    below = half(strips, EYE, lower=True)
    assert not coloured(below, LIGHT, LIGHT.over).any()
    line = near(below, LIGHT.line, 8)
    rest, loud = (line[:, columns(strips, *span)].sum() for span in ((0.5, 1.5), (12, 13)))
    assert loud > 2 * rest > 0
    assert hatched(below)[columns(strips, 27, 29)].all()
    press(qtbot, window, Qt.Key.Key_R)
    assert coloured(half(strips, EYE, lower=True), LIGHT, LIGHT.over).any()


def test_raw_from_near_is_one_line_without_holes(qtbot: QtBot, window: ReviewWindow) -> None:
    strips = window.strips
    window.look_at(Scale.whole(STOP, RATE).fitted(10 * RATE, 10 * RATE + 20))
    press(qtbot, window, Qt.Key.Key_R)
    raw_read(qtbot, window)
    below = half(strips, EYE, lower=True)
    assert near(below, LIGHT.line, 60).any(axis=0).mean() > 0.97
    assert not hatched(below).any()


def test_while_another_part_is_read_the_one_before_stays(
    qtbot: QtBot, window: ReviewWindow
) -> None:
    strips = window.strips
    press(qtbot, window, Qt.Key.Key_R)
    raw_read(qtbot, window)
    read = strips.raw
    window._decimation.close()
    window.look_at(strips.state.scale.fitted(10 * RATE, 14 * RATE))
    assert strips.raw is read
    assert near(half(strips, EYE, lower=True), LIGHT.line, 8).any()


def test_what_is_judged_is_added_to_what_is_drawn(qtbot: QtBot, window: ReviewWindow) -> None:
    state = window.strips.state
    strips = Strips(window._opened, window.study.outline, LIGHT)
    qtbot.addWidget(strips)
    strips.setFont(window.strips.font())
    strips.resize(window.strips.size())
    counted = []
    paint = strips.paint_still
    strips.paint_still = lambda painter: (counted.append(1), paint(painter))[1]  # type: ignore[method-assign,func-returns-value]
    for judged in (0, 1000, 1001, 4000, 4003, STOP):
        strips.state = replace(state, judged=judged)
        grown = painted(strips)
    assert len(counted) == 1
    strips.theme = DARK
    strips.theme = LIGHT
    painted(strips)
    np.testing.assert_array_equal(grown, painted(strips))


def test_it_says_what_is_in_view(window: ReviewWindow) -> None:
    assert window.strips.accessibleName() == "Levels of 2 muscles over 32 seconds"


def test_without_other_terms_nothing_is_marked_at_the_edge(window: ReviewWindow) -> None:
    assert window.strips.state.second_lane is None
    bottom = half(window.strips, EYE, lower=True)[-3:]
    assert not near(bottom, LIGHT.over, 3).any()
    assert QColor(LIGHT.beside).isValid()
    assert not near(painted(window.strips), LIGHT.beside, 3).any()


def test_an_equal_state_is_not_painted_anew(window: ReviewWindow) -> None:
    strips = window.strips
    assert strips.state == StripsState(
        scale=strips.state.scale,
        judged=strips.state.judged,
        lane=strips.state.lane,
        episodes=strips.state.episodes,
    )
