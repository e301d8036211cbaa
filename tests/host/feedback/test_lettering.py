"""Names in columns: none clipped, none overlapping, all as large as they can be."""

import pytest
from PyQt6.QtCore import QSizeF
from PyQt6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from host.feedback.lettering import Labels, fit_labels, fitted, legible, sized

CHANNELS = tuple(f"Channel {number}" for number in range(1, 17))


@pytest.fixture
def font(qtbot: QtBot) -> QFont:
    """Return the desktop's font at the size of a bar's name."""
    return sized(QFont(), 28)


def widest(labels: Labels) -> float:
    metrics = QFontMetricsF(labels.font)
    lines = [line for text in labels.texts for line in text.split("\n")]
    return max(metrics.horizontalAdvance(line) for line in lines)


def test_names_that_fit_stay_as_they_are(font: QFont) -> None:
    labels = fit_labels(["Eye", "Neck"], 200.0, font)
    assert labels.texts == ("Eye", "Neck")
    assert labels.font.pixelSize() == 28


def test_a_long_name_breaks_into_two_lines_and_its_neighbours_keep_their_ground(
    font: QFont,
) -> None:
    labels = fit_labels(["Eye", "Mouth corner"], 120.0, font)
    assert labels.texts == ("Eye\n", "Mouth\ncorner")


def test_a_word_that_all_names_share_is_told_once_where_room_is_short(font: QFont) -> None:
    labels = fit_labels(CHANNELS, 50.0, font)
    assert labels.shared == "Channel"
    assert labels.texts[:2] == ("1", "2")
    assert labels.font.pixelSize() == 28


def test_a_name_without_end_gets_an_ellipsis_not_letters_of_an_ant(font: QFont) -> None:
    labels = fit_labels(["Eye", "Zygomaticusmajoretminor"], 90.0, font)
    assert labels.texts[0] == "Eye"
    assert labels.texts[1].endswith("…")
    assert labels.font.pixelSize() == 12


@pytest.mark.parametrize("width", [30.0, 47.3, 64.0, 90.0, 150.0, 400.0])
@pytest.mark.parametrize("names", [("Forehead", "Mouth corner", "Eye"), CHANNELS, ("Eye",)])
def test_no_line_is_wider_than_its_column(
    width: float, names: tuple[str, ...], font: QFont
) -> None:
    labels = fit_labels(names, width, font)
    assert widest(labels) <= width + 0.5
    assert len(labels.texts) == len(names)


def test_a_text_is_set_smaller_until_it_fits_its_box(font: QFont) -> None:
    text, box = "No signal from the board. Looking for it again.", QSizeF(300.0, 60.0)
    small = fitted(font, text, box)
    assert 9 <= small.pixelSize() < 28
    assert fitted(font, "Rest", box).pixelSize() == 28


def test_what_fits_in_hardly_smaller_letters_is_legible(font: QFont) -> None:
    wide = QFontMetricsF(font).horizontalAdvance("line 25 %")
    assert legible(font, "line 25 %", QSizeF(0.9 * wide, 60.0))
    assert not legible(font, "line 25 %", QSizeF(0.7 * wide, 60.0))
