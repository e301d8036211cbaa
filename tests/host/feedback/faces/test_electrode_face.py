"""The picture by which electrodes are put on."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtGui import QFont
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.muscles import Side
from host.feedback.faces.electrode_face import ElectrodeFace
from host.feedback.faces.electrode_state import ElectrodeFaceState, electrode_face_state
from host.feedback.theme import DARK, LIGHT, Theme
from host.report.face.sites import sites_of
from host.report.face.status import Status
from tests.host.feedback.pixels import near, painted

PLACED = electrode_face_state(montages()["face-8"])


def shown(qtbot: QtBot, state: ElectrodeFaceState = PLACED, theme: Theme = LIGHT) -> ElectrodeFace:
    widget = ElectrodeFace(state, theme)
    qtbot.addWidget(widget)
    widget.resize(800, 624)
    return widget


def with_state(column: int, status: Status) -> ElectrodeFaceState:
    return replace(PLACED, status=((column, status),))


@pytest.mark.parametrize("column", range(8))
def test_a_state_is_drawn_on_the_side_that_faces_the_therapist(qtbot: QtBot, column: int) -> None:
    widget = shown(qtbot)
    plain = painted(widget)
    widget.state = with_state(column, Status.LOOSE)
    columns = np.flatnonzero((plain != painted(widget)).any(axis=(0, 2)))
    # Never mirrored: as one faces the patient, the patient's right is on the left.
    if montages()["face-8"].sites[column].side is Side.RIGHT:
        assert columns.max() < 400
    else:
        assert columns.min() > 400


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("status", [Status.GOOD, Status.MAINS, Status.RAILED])
def test_a_state_has_the_colour_of_the_theme(qtbot: QtBot, status: Status, theme: Theme) -> None:
    color = {Status.GOOD: theme.target, Status.MAINS: theme.warm, Status.RAILED: theme.over}[status]
    assert not near(painted(shown(qtbot, PLACED, theme)), color, 4).any()
    assert near(painted(shown(qtbot, with_state(0, status), theme)), color, 4).sum() > 100


def test_unknown_is_never_painted_as_good(qtbot: QtBot) -> None:
    picture = painted(shown(qtbot, with_state(0, Status.UNKNOWN)))
    assert not near(picture, LIGHT.target, 20).any()
    assert (picture != painted(shown(qtbot, with_state(0, Status.GOOD)))).any()


def test_it_can_be_read_aloud(qtbot: QtBot) -> None:
    said = shown(qtbot, with_state(4, Status.LOOSE)).accessibleName()
    assert "5, Eye, right: loose" in said
    assert said.startswith("Electrodes, as you face the patient")


def test_it_fits_into_any_room(qtbot: QtBot) -> None:
    widget = shown(qtbot)
    for width, height in ((800, 500), (430, 900), (1600, 1250)):
        widget.resize(width, height)
        used = np.argwhere((painted(widget) != painted(widget)[0, 0]).any(axis=-1))
        assert (used.min(axis=0) > 0).all()
        assert (used.max(axis=0) < [height - 1, width - 1]).all()


def test_words_keep_within_the_picture_in_a_wide_font(qtbot: QtBot) -> None:
    widget = shown(qtbot, ElectrodeFaceState(sites=sites_of(montages()["face-16-dao"])))
    font = QFont(widget.font())
    font.setStretch(150)
    widget.setFont(font)
    edge = painted(widget)[:, [0, 1, -2, -1]]
    assert (edge == edge[0, 0]).all()
