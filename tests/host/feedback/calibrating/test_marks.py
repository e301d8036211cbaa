"""The signs before the steps."""

from itertools import combinations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from host.feedback.calibrating.mark import Mark
from host.feedback.calibrating.marks import mark_icon
from host.feedback.theme import DARK, LIGHT, Theme
from tests.host.feedback.pixels import pixels


def shape(mark: Mark, theme: Theme) -> np.ndarray:
    """Return where a sign has ink, whatever its colour."""
    picture = pixels(mark_icon(mark, theme, 20).pixmap(20).toImage())
    return np.asarray(np.abs(picture - picture[0, 0]).max(axis=-1) > 40)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_are_told_apart_without_colours(qtbot: QtBot, theme: Theme) -> None:
    shapes = {mark: shape(mark, theme) for mark in Mark}
    assert all(one.any() for one in shapes.values())
    for one, other in combinations(Mark, 2):
        assert (shapes[one] != shapes[other]).sum() > 20, f"{one} looks like {other}"
