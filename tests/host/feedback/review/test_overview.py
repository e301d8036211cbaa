"""The whole session in one line: nothing unknown looks quiet there either."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from host.feedback.review.overview import Overview
from host.feedback.review.window import ReviewWindow
from host.feedback.theme import LIGHT, mixed
from tests.host.feedback.pixels import near, painted
from tests.host.feedback.review.reviews import click, drag, reviewed
from tests.host.session.recordings import EYE_RIGHT, RATE, STOP, face, foreign, opened, plain

QUIET = mixed(LIGHT.background, LIGHT.quiet, 0.8).name()
HATCH = mixed(mixed(LIGHT.background, LIGHT.track, 0.55).name(), LIGHT.unknown, 0.75).name()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewWindow]:
    with reviewed(qtbot, opened(tmp_path)) as made:
        yield made


def span(overview: Overview, start_s: float, stop_s: float) -> slice:
    px = overview.width() * RATE / STOP
    return slice(int(start_s * px) + 3, int(stop_s * px) - 3)


def test_what_came_along_is_orange_and_quiet_is_blue(window: ReviewWindow) -> None:
    overview = window.overview
    picture = painted(overview)
    along, quiet = (np.logical_or.reduce(near(picture, color, 3)) for color in (LIGHT.over, QUIET))
    assert along[span(overview, 4.4, 4.9)].all()
    assert not along[span(overview, 6, 32)].any()
    assert quiet[span(overview, 10, 26)].all()


def test_a_gap_is_hatched(window: ReviewWindow) -> None:
    overview = window.overview
    picture = painted(overview)
    gap = span(overview, 27, 29)
    assert near(picture, HATCH, 3)[:, gap].any(axis=0).all()
    assert not near(picture, QUIET, 3)[:, gap].any()


def test_one_unknown_muscle_is_enough_that_nobody_calls_it_quiet(
    qtbot: QtBot, tmp_path: Path
) -> None:
    raw = face()
    # In a smile the eye is asked to be quiet: its electrode is off in the third attempt.
    raw[18 * RATE : 23 * RATE, EYE_RIGHT] = 187_500.0
    with reviewed(qtbot, opened(tmp_path, foreign(raw, ()))) as window:
        picture = painted(window.overview)
        off = span(window.overview, 18.3, 22.9)
        assert not near(picture, QUIET, 3)[:, off].any()
        assert near(picture, HATCH, 3)[:, off].any(axis=0).all()


def test_a_click_or_a_drag_moves_the_view(qtbot: QtBot, window: ReviewWindow) -> None:
    overview = window.overview
    window.look_at(window.scale.fitted(2 * RATE, 4 * RATE))
    click(qtbot, overview, QPoint(overview.width() // 2, 5))
    scale = window.scale
    assert 0.5 * (scale.start + scale.stop) == pytest.approx(STOP / 2, rel=0.01)
    assert window.player.position == 0
    places = [QPoint(x * overview.width() // 10, 5) for x in range(5, 9)]
    drag(qtbot, overview, *places)
    assert 0.5 * (window.scale.start + window.scale.stop) == pytest.approx(0.8 * STOP, rel=0.01)


def test_what_is_out_of_view_is_veiled(window: ReviewWindow) -> None:
    overview = window.overview
    whole = painted(overview)
    overview.state = replace(overview.state, scale=window.scale.fitted(10 * RATE, 12 * RATE))
    part = painted(overview)
    outside = span(overview, 20, 24)
    inside = span(overview, 10.2, 11.8)
    middle = slice(6, part.shape[0] - 6)
    assert (part[middle, outside] != whole[middle, outside]).any(axis=-1).all()
    assert (part[middle, inside] == whole[middle, inside]).all()


def test_plain_channels_have_one_too(qtbot: QtBot, tmp_path: Path) -> None:
    with reviewed(qtbot, plain(tmp_path)) as window:
        picture = near(painted(window.overview), LIGHT.over, 3)
        px = window.overview.width() / 8
        assert picture[:, int(5.4 * px) : int(5.9 * px)].any(axis=0).all()
        assert window.overview.accessibleName() == "The whole session; click to move the view"
