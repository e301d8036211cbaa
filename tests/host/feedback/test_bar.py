"""One relaxation bar: quiet, come along, and without a signal."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PyQt6.QtGui import QColor
from pytestqt.qtbot import QtBot

from host.feedback.bar import RelaxationBar, fill_color
from host.feedback.bar_state import BarState
from host.feedback.lettering import sized
from host.feedback.theme import DARK, LIGHT, Theme
from tests.host.feedback.pixels import PaintCounter, near, on_screen, painted
from tests.host.feedback.screens import bar

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def shown(qtbot: QtBot, state: BarState, theme: Theme = LIGHT) -> RelaxationBar:
    widget = RelaxationBar(state, theme)
    qtbot.addWidget(widget)
    widget.setFont(sized(widget.font(), 24))
    widget.resize(140, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@both_themes
def test_no_signal_never_shows_the_colour_of_quiet(qtbot: QtBot, theme: Theme) -> None:
    quiet, unknown = shown(qtbot, bar(fill=0.0), theme), shown(qtbot, bar(fill=None), theme)
    assert near(painted(quiet), theme.quiet).sum() > 1000
    assert not near(painted(unknown), theme.quiet, 24).any()
    different = (np.abs(painted(quiet) - painted(unknown)).max(axis=-1) > 8).mean()
    assert different > 0.2


@both_themes
def test_a_bar_at_zero_is_on(qtbot: QtBot, theme: Theme) -> None:
    widget = shown(qtbot, bar(fill=0.0), theme)
    filled = near(painted(widget), theme.quiet)
    track = widget.track()
    assert filled[int(track.rect.bottom()) - 6].sum() > 0.7 * track.rect.width()
    assert filled.any(axis=1).sum() == pytest.approx(track.foot, abs=3)


@pytest.mark.parametrize("fill", [0.0, 0.25, 0.7, 1.0])
def test_the_fill_ends_where_its_level_stands(qtbot: QtBot, fill: float) -> None:
    widget = shown(qtbot, replace(bar(fill=fill), threshold=0.5))
    top = int(near(painted(widget), LIGHT.quiet).any(axis=1).argmax())
    assert top == pytest.approx(widget.track().y(fill), abs=2)


@pytest.mark.parametrize("threshold", [0.1, 0.4, 0.9])
def test_the_threshold_line_stands_at_its_height_and_reaches_beyond_the_bar(
    qtbot: QtBot, threshold: float
) -> None:
    widget = shown(qtbot, replace(bar(fill=0.0), threshold=threshold))
    line = near(painted(widget), LIGHT.ink)[: int(widget.track().rect.bottom())]
    rows = np.flatnonzero(line.sum(axis=1) > widget.track().rect.width())
    assert rows.mean() + 0.5 == pytest.approx(widget.track().y(threshold), abs=1)


def test_coming_along_changes_the_colour_softly_and_only_by_the_detectors_word() -> None:
    below = bar(fill=0.9)
    assert fill_color(below, LIGHT) == QColor(LIGHT.quiet)
    assert fill_color(replace(below, over=True, fill=0.3), LIGHT).name() == LIGHT.warm
    assert fill_color(replace(below, over=True, fill=1.0), LIGHT).name() == LIGHT.over
    reds = [fill_color(bar(fill=f, over=True), LIGHT).red() for f in np.linspace(0.4, 1.0, 61)]
    assert max(abs(a - b) for a, b in pairwise(reds)) <= 2


def test_the_other_side_is_a_mark_on_the_bar_p3(qtbot: QtBot) -> None:
    without, state = shown(qtbot, bar(fill=0.0)), replace(bar(fill=0.0), other=0.7)
    marked = shown(qtbot, state)
    different = (painted(without) != painted(marked)).any(axis=-1)
    rows = np.flatnonzero(different.any(axis=1))
    assert rows.mean() + 0.5 == pytest.approx(marked.track().y(0.7), abs=1)
    assert different.any(axis=0).sum() < 0.5 * marked.track().rect.width()


def test_an_equal_state_is_not_painted_again(qtbot: QtBot) -> None:
    widget = shown(qtbot, bar(fill=0.2))
    counter = PaintCounter(widget)
    widget.state, widget.theme, widget.label = bar(fill=0.2), LIGHT, "Eye"
    qtbot.wait(30)
    assert counter.count == 0
    widget.state = bar(fill=0.3)
    qtbot.waitUntil(lambda: counter.count == 1)


def test_painting_only_what_changed_leaves_nothing_behind(qtbot: QtBot) -> None:
    widget = shown(qtbot, bar(fill=0.2))
    counter = PaintCounter(widget)
    for fill, other in np.random.default_rng(5).uniform(0.0, 1.0, (30, 2)):
        counter.count = 0
        known = replace(bar(fill=fill, over=fill > 0.7), other=other)
        widget.state = replace(known, fill=None, over=False) if fill < 0.1 else known
        qtbot.waitUntil(lambda: counter.count > 0)
    np.testing.assert_array_equal(on_screen(widget), painted(widget))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (bar(fill=0.0), "Eye: quiet"),
        (bar(fill=0.9, over=True), "Eye: came along"),
        (bar(fill=None), "Eye: no signal, electrode loose?"),
        (replace(bar(fill=None), reason=""), "Eye: no signal"),
    ],
)
def test_a_bar_can_be_read_aloud(qtbot: QtBot, state: BarState, words: str) -> None:
    widget = shown(qtbot, bar(fill=0.5))
    widget.state = state
    assert widget.accessibleName() == words


def test_p11_the_edge_is_as_soft_as_the_level_is_unsure(qtbot: QtBot) -> None:
    sharp = shown(qtbot, replace(bar(fill=0.5), sure=(0.5, 0.5)))
    soft = shown(qtbot, replace(bar(fill=0.5), sure=(0.3, 0.7)))
    middle = soft.width() // 2
    track = soft.track()

    def blue(widget: RelaxationBar, height: float) -> float:
        """Return how much of the bar's colour there is at a height, 0 to 1."""
        column = painted(widget)[:, middle].astype(float)
        full, none = column[int(track.y(0.1))], column[int(track.y(0.9))]
        share = (column[int(track.y(height))] - none) @ (full - none)
        return float(share / ((full - none) @ (full - none)))

    assert [round(blue(sharp, height)) for height in (0.2, 0.45, 0.55, 0.8)] == [1, 1, 0, 0]
    assert blue(soft, 0.2) == pytest.approx(1.0, abs=0.05)
    assert blue(soft, 0.5) == pytest.approx(0.5, abs=0.1)
    assert blue(soft, 0.6) == pytest.approx(0.25, abs=0.1)
    assert blue(soft, 0.8) == pytest.approx(0.0, abs=0.05)


def test_when_only_the_certainty_changes_the_bar_is_painted_anew(qtbot: QtBot) -> None:
    widget = shown(qtbot, replace(bar(fill=0.5), sure=(0.3, 0.7)))
    new = replace(bar(fill=0.5), sure=(0.45, 0.55))
    region = widget.changed(widget.state, new)
    assert region.top() <= widget.track().y(0.7)
    assert region.bottom() >= widget.track().y(0.3)
