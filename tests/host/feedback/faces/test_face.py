"""The drawn face: as in a mirror, it lights what came along."""

from dataclasses import replace

import numpy as np
import pytest
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from calibration.muscles import Side, muscles
from host.feedback.faces.face import Face, WatchedFace
from host.feedback.faces.face_paint import picture_transform, region_path
from host.feedback.faces.face_state import FaceState, face_state
from host.feedback.theme import LIGHT
from host.report.face import geometry
from tests.host.feedback.pixels import PaintCounter, near, painted
from tests.host.feedback.screens import SMILE, bar, plain_bars, target


def shown(qtbot: QtBot, state: FaceState) -> Face:
    widget = Face(LIGHT)
    qtbot.addWidget(widget)
    widget.resize(400, 520)
    widget.state = state
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.mark.parametrize("code", muscles())
@pytest.mark.parametrize("side", Side)
def test_a_muscle_that_came_along_is_lit_on_its_own_side(
    qtbot: QtBot, code: str, side: Side
) -> None:
    plain = painted(shown(qtbot, FaceState()))
    lit = painted(shown(qtbot, FaceState(lit=frozenset({(code, side)}))))
    columns = np.flatnonzero((plain != lit).any(axis=(0, 2)))
    # In a mirror the patient's right is on the right of the screen.
    assert columns.min() >= 195 if side is Side.RIGHT else columns.max() <= 205


def test_the_light_falls_on_the_muscle_itself(qtbot: QtBot) -> None:
    widget = shown(qtbot, FaceState(lit=frozenset({("ZYG", Side.RIGHT)})))
    x, y = geometry.region("ZYG", Side.RIGHT).touch
    point = picture_transform(QRectF(widget.rect())).map(QPointF(x, y)).toPoint()
    assert near(painted(widget), LIGHT.over, 50)[point.y(), point.x()]


def test_the_eye_stays_open_inside_its_ring() -> None:
    path = region_path("OOC", Side.LEFT)
    pupil, below = (0.5 - geometry.PUPIL[0], geometry.PUPIL[1]), (0.33, 0.61)
    assert not path.contains(QPointF(*pupil))
    assert path.contains(QPointF(*below))


def test_a_touch_cue_is_drawn_where_the_fingertip_rests_p5(qtbot: QtBot) -> None:
    spot = frozenset({("PLA", Side.LEFT)})
    plain, cued = (painted(shown(qtbot, FaceState(touch=touch))) for touch in (frozenset(), spot))
    rows, columns = np.nonzero((plain != cued).any(axis=-1))
    x, y = geometry.region("PLA", Side.LEFT).touch
    assert columns.max() / 400 == pytest.approx(x + 0.048, abs=0.02)
    assert rows.min() / 400 < y < rows.max() / 400
    assert columns.max() < 200


def test_a_screen_tells_the_face_who_is_calm_came_along_leads_and_is_unknown() -> None:
    right = Side.RIGHT
    bars = (bar("OOC", 0.1), bar("PLA", 0.9, over=True), bar("OOR", None))
    state = face_state(replace(SMILE, bars=bars, target=target(), touch=("OOC",)))
    assert state == FaceState(
        calm=frozenset({("OOC", right)}),
        lit=frozenset({("PLA", right)}),
        unknown=frozenset({("OOR", right)}),
        target=frozenset({("ZYG", right)}),
        touch=frozenset({("OOC", right)}),
    )


def test_a_target_without_a_signal_is_unknown_not_led() -> None:
    state = face_state(replace(SMILE, target=target(None)))
    assert ("ZYG", Side.RIGHT) in state.unknown
    assert not state.target


def test_plain_channels_leave_the_face_blank() -> None:
    assert face_state(replace(SMILE, bars=plain_bars(4), target=None)).blank


def test_a_face_that_shows_the_same_is_not_painted_again(qtbot: QtBot) -> None:
    widget = shown(qtbot, face_state(SMILE))
    counter = PaintCounter(widget)
    widget.state = face_state(replace(SMILE, bars=(bar("OOC", 0.3), *SMILE.bars[1:])))
    qtbot.wait(30)
    assert counter.count == 0


def test_the_face_can_be_read_aloud(qtbot: QtBot) -> None:
    bars = (bar("OOC", 0.9, over=True), bar("OOR", 0.1))
    widget = shown(qtbot, face_state(replace(SMILE, bars=bars, touch=("OOC",))))
    assert widget.accessibleName() == "Face; came along: Eye; leads: Cheek; touch: Eye"


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (Face, {"left"}, {"right"}),
        (
            WatchedFace,
            {"patient's left", "as in a mirror"},
            {"patient's right", "as in a mirror"},
        ),
    ],
)
def test_whoever_looks_at_it_reads_whose_left_is_left(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Face],
    left: set[str],
    right: set[str],
) -> None:
    written: dict[bool, set[str]] = {False: set(), True: set()}
    draw = QPainter.drawText

    def drawn(painter: QPainter, box: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:
        written[box.center().x() > 400].add(text)
        draw(painter, box, flags, text)

    monkeypatch.setattr(QPainter, "drawText", drawn)
    widget = kind(LIGHT)
    qtbot.addWidget(widget)
    widget.resize(800, 520)
    painted(widget)
    assert (written[False], written[True]) == (left, right)
