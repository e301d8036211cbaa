"""Colours that everybody can tell apart, and letters that follow the desktop's."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PyQt6.QtGui import QColor, QFont
from pytestqt.qtbot import QtBot

from host.feedback.theme import (
    DARK,
    LIGHT,
    Scheme,
    Theme,
    mixed,
    name_px,
    other_scheme,
    theme_of,
)

FloatArray = NDArray[np.float64]

SIGHT = {
    "usual": np.eye(3),
    # Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ_OF_RGB = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)
both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def linear(color: str) -> FloatArray:
    rgb = np.array(QColor(color).getRgbF()[:3], dtype=np.float64)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb: FloatArray) -> FloatArray:
    white = XYZ_OF_RGB.sum(axis=1)
    x, y, z = np.cbrt(np.maximum(XYZ_OF_RGB @ rgb / white, 0.0089))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one: str, other: str) -> float:
    """Contrast ratio as in WCAG 2.1, 1 to 21."""
    dark, light = sorted(float(XYZ_OF_RGB[1] @ linear(color)) for color in (one, other))
    return (light + 0.05) / (dark + 0.05)


@both_themes
@pytest.mark.parametrize("sight", SIGHT)
def test_states_stay_apart_for_every_kind_of_colour_vision(theme: Theme, sight: str) -> None:
    states = {
        "quiet": [theme.quiet],
        "over": [theme.warm, theme.over],
        "nothing": [theme.track, theme.background, theme.unknown],
    }
    for one, other in itertools.combinations(states, 2):
        for first, second in itertools.product(states[one], states[other]):
            seen = [lab(np.clip(SIGHT[sight] @ linear(c), 0.0, 1.0)) for c in (first, second)]
            distance = float(np.linalg.norm(seen[0] - seen[1]))
            assert distance >= 20.0, f"{one} {first} and {other} {second}: {distance:.1f}"


@both_themes
def test_words_and_lines_stand_out(theme: Theme) -> None:
    assert contrast(theme.ink, theme.background) >= 10.0
    assert contrast(theme.ink, theme.track) >= 7.0
    assert contrast(theme.faint, theme.background) >= 4.5
    assert contrast(theme.unknown, theme.background) >= 3.0


def test_a_theme_refuses_what_is_no_colour() -> None:
    colors = {name: getattr(LIGHT, name) for name in Theme.__slots__}
    with pytest.raises(ValueError, match="ink must be a colour, got 'dark-ish'"):
        Theme(**{**colors, "ink": "dark-ish"})


@pytest.mark.parametrize(("scheme", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_a_scheme_can_be_chosen(scheme: Scheme, theme: Theme, qtbot: QtBot) -> None:
    assert theme_of(scheme) is theme
    assert theme_of("system") in {LIGHT, DARK}


@pytest.mark.parametrize("scheme", ["system", "light", "dark"])
def test_the_other_scheme_looks_the_other_way_and_follows_the_desktop_where_it_can(
    scheme: Scheme, qtbot: QtBot
) -> None:
    found = other_scheme(scheme)
    assert theme_of(found) is not theme_of(scheme)
    assert (found == "system") == (theme_of(found) is theme_of("system"))


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="'pink'"):
        theme_of("pink")  # type: ignore[arg-type] # the very mistake


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed("#000000", "#ffffff", 0.0).name() == "#000000"
    assert mixed("#000000", "#ffffff", 1.0).name() == "#ffffff"
    assert mixed("#000000", "#ff0000", 0.5).name() == "#800000"


def test_names_are_28_pixels_at_1280_by_800_and_grow_with_window_and_font(qtbot: QtBot) -> None:
    usual, twice = QFont(), QFont()
    usual.setPixelSize(12)
    twice.setPixelSize(24)
    assert name_px(1280, 800, usual) == 28
    assert name_px(1920, 1080, usual) > 28 > name_px(900, 600, usual) >= 19
    assert name_px(1280, 800, twice) == 56
