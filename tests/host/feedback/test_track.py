"""The track: where levels stand, and what is drawn while nothing is known."""

import numpy as np
import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from host.feedback.lettering import sized
from host.feedback.theme import DARK, LIGHT, Theme
from host.feedback.track import Track, draw_unknown
from tests.host.feedback.pixels import Pixels, near, pixels

WIDE, SLIM = (110.0, 560.0), (30.0, 560.0)
both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
both_widths = pytest.mark.parametrize("size", [WIDE, SLIM], ids=["wide", "slim"])


def unknown(theme: Theme, size: tuple[float, float], words: tuple[str, str]) -> Pixels:
    """Draw a track without a signal, 5 pixels inside a picture."""
    image = QImage(int(size[0]) + 10, int(size[1]) + 10, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.background))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = Track(QRectF(5.0, 5.0, *size))
        draw_unknown(painter, track, theme, words, sized(QFont(), 28))
    return pixels(image)


def test_levels_stand_in_order_on_a_foot_and_never_leave_the_track() -> None:
    track = Track(QRectF(0.0, 0.0, *WIDE))
    heights = [track.y(level) for level in (-1.0, 0.0, 0.3, 1.0, 7.0)]
    assert heights[0] == heights[1] == WIDE[1] - track.foot
    assert heights[1] > heights[2] > heights[3] == heights[4] == 0.0


@both_themes
@both_widths
def test_the_hatching_fills_all_of_a_track_without_a_signal(
    qtbot: QtBot, theme: Theme, size: tuple[float, float]
) -> None:
    bare = ~near(unknown(theme, size, ("", "")), theme.background, 6)
    inside = bare[5:-5, 10:-10]
    bands = [inside[row : row + 40].mean() for row in range(0, len(inside) - 40, 40)]
    assert min(bands) > 0.1


@both_widths
def test_words_stay_inside_the_outline(qtbot: QtBot, size: tuple[float, float]) -> None:
    with_words = unknown(LIGHT, size, ("no signal", "electrode loose?"))
    bare = unknown(LIGHT, size, ("", ""))
    rows, columns = np.nonzero((with_words != bare).any(axis=-1))
    assert len(rows) > 100
    assert columns.min() >= 8
    assert columns.max() < bare.shape[1] - 8
    assert rows.min() >= 8
    assert rows.max() < bare.shape[0] - 8


@both_themes
def test_no_signal_is_written_large(qtbot: QtBot, theme: Theme) -> None:
    letters = near(unknown(theme, WIDE, ("no signal", "")), theme.ink, 60)
    assert letters.any(axis=1).sum() > 35
    assert letters.any(axis=0).sum() > 50
