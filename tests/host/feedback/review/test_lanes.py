"""What stands about the strips: attempts, names, times, notes."""

import numpy as np
import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QFont, QImage, QPainter

from calibration.muscles import Side
from host.feedback.review.lanes import (
    Mark,
    colour_of,
    paint_axis,
    paint_lane,
    paint_name,
    paint_notes,
    paint_sign,
)
from host.feedback.review.layout import Strip
from host.feedback.review.scale import Scale
from host.feedback.theme import DARK, LIGHT, Theme
from host.report.outcomes import Verdict
from tests.host.feedback.pixels import Pixels, near, pixels

pytestmark = pytest.mark.usefixtures("qtbot")
SCALE = Scale.whole(1000, 250.0, 500.0)
LANE = QRectF(0, 0, 500, 40)


class Canvas:
    """A picture to paint on."""

    def __init__(self, theme: Theme = LIGHT) -> None:
        self._image = QImage(500, 200, QImage.Format.Format_RGB32)
        self._image.fill(int(theme.background[1:], 16) | 0xFF000000)

    def __enter__(self) -> QPainter:
        self._painter = QPainter(self._image)
        font = QFont()
        font.setPixelSize(16)
        self._painter.setFont(font)
        return self._painter

    def __exit__(self, *_: object) -> None:
        self._painter.end()

    @property
    def pixels(self) -> Pixels:
        return pixels(self._image)


def lane(*marks: Mark, theme: Theme = LIGHT) -> Pixels:
    canvas = Canvas(theme)
    with canvas as painter:
        paint_lane(painter, LANE, SCALE, marks, theme)
    return canvas.pixels


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_an_attempt_stands_where_it_was_in_the_colour_of_its_verdict(
    verdict: Verdict | None, theme: Theme
) -> None:
    picture = lane(Mark(start=200, stop=600, name="1 smile", verdict=verdict), theme=theme)
    foot = np.logical_and.reduce(near(picture[37:40], colour_of(verdict, theme), 3))
    assert foot[102:296].all()
    assert not foot[:98].any()
    assert not foot[302:].any()


def test_verdicts_are_told_by_shape_too() -> None:
    shapes = []
    for verdict in (Verdict.QUIET, Verdict.ALONG, Verdict.UNKNOWN):
        canvas = Canvas()
        with canvas as painter:
            paint_sign(painter, QRectF(10, 10, 40, 40), verdict, LIGHT)
        shapes.append(near(canvas.pixels, colour_of(verdict, LIGHT), 30))
    quiet, along, unknown = shapes
    assert quiet[30, 30]
    assert not unknown[30, 30]
    assert unknown.sum() < quiet.sum()
    # A triangle is narrow above and wide below.
    assert along[14].sum() < along[46].sum() / 3


def test_many_narrow_attempts_are_told_apart() -> None:
    marks = [
        Mark(start=10 * at, stop=10 * at + 8, name=str(at), verdict=Verdict.QUIET)
        for at in range(100)
    ]
    foot = near(lane(*marks)[38], LIGHT.quiet, 40)
    runs = (foot[1:] & ~foot[:-1]).sum()
    assert runs >= 99


def test_what_is_judged_differently_has_a_frame() -> None:
    plain = lane(Mark(start=200, stop=600, name="1", verdict=Verdict.QUIET))
    changed = lane(Mark(start=200, stop=600, name="1", verdict=Verdict.QUIET, changed=True))
    assert not near(plain, LIGHT.beside).any()
    assert near(changed, LIGHT.beside).sum() > 300


def test_attempts_out_of_view_are_not_drawn() -> None:
    canvas = Canvas()
    marks = (Mark(start=0, stop=90, name="1"), Mark(start=900, stop=1000, name="9"))
    with canvas as painter:
        paint_lane(painter, LANE, SCALE.fitted(300, 500), marks, LIGHT)
    assert near(canvas.pixels, LIGHT.background, 0).all()


def test_the_affected_side_is_darker() -> None:
    canvas = Canvas()
    with canvas as painter:
        rect = QRectF(300, 0, 200, 160)
        row = Strip(name="Eye", upper=0, lower=1, muscle="OOC")
        paint_name(painter, row, rect, Side.RIGHT, LIGHT)
    sides = canvas.pixels[:, 265:298]
    darkest = [sides[part].sum(axis=-1).min() for part in (slice(0, 80), slice(80, 160))]
    assert darkest[1] < darkest[0]
    assert near(canvas.pixels[:, :150], LIGHT.ink, 40).any()


def test_a_plain_channel_has_no_sides() -> None:
    canvas = Canvas()
    with canvas as painter:
        row = Strip(name="Channel 1", upper=0, lower=0)
        paint_name(painter, row, QRectF(300, 0, 200, 160), Side.RIGHT, LIGHT)
    assert near(canvas.pixels[:, 265:298], LIGHT.background, 2).all()


def test_notes_are_lines_one_where_many_are() -> None:
    canvas = Canvas()
    with canvas as painter:
        paint_notes(painter, QRectF(0, 0, 500, 200), SCALE, [500] * 5000 + [501, 800], LIGHT)
    columns = np.flatnonzero(near(canvas.pixels, LIGHT.beside, 60).any(axis=0))
    assert set(columns.tolist()) <= {249, 250, 251, 399, 400, 401}
    assert {250, 400} <= {*columns.tolist(), *(columns + 1).tolist()}


def test_round_times_stand_below_with_lines_across() -> None:
    canvas = Canvas()
    with canvas as painter:
        paint_axis(painter, QRectF(0, 160, 500, 30), QRectF(0, 0, 500, 160), SCALE, LIGHT)
    picture = canvas.pixels
    crossed = np.flatnonzero((~near(picture[:150], LIGHT.background, 2)).all(axis=0))
    assert {125, 250, 375} <= {*crossed.tolist(), *(crossed + 1).tolist()}
    assert near(picture[160:], LIGHT.faint, 60).any()
