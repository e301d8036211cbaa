"""The board on the screen: lines are dragged where they stand, on either side."""

import numpy as np
from PyQt6.QtCore import QPoint, QPointF
from pytestqt.qtbot import QtBot

from calibration.muscles import Side
from host.feedback.clinic.practising.board import Board
from host.feedback.clinic.practising.board_state import board_state
from host.feedback.clinic.practising.memory import Memory
from host.feedback.lettering import sized
from host.feedback.picture import picture
from host.feedback.theme import LIGHT
from tests.host.feedback.clinic.practising.moments import PLAN, moment
from tests.host.feedback.pixels import PaintCounter, on_screen, painted
from tests.host.feedback.review.reviews import drag
from tests.host.session.practising.bench import EYE, SMILE


def board(qtbot: QtBot, **does: object) -> Board:
    made = Board(LIGHT)
    qtbot.addWidget(made)
    made.setFont(sized(made.font(), 17))
    made.resize(700, 140)
    made.state = board_state(
        moment(**does).view,  # type: ignore[arg-type]
        PLAN.planned(SMILE),
        Memory(),
    )
    made.show()
    return made


def place_of_line(made: Board, row: int, side: Side) -> QPoint:
    line = made.state.rows[row].line
    assert line is not None
    place = made.layout_now
    return QPointF(place.x(row, side, line), place.row(row).center().y()).toPoint()


def test_a_line_is_dragged_outwards_on_either_side(qtbot: QtBot) -> None:
    made = board(qtbot)
    for side, way in ((Side.LEFT, -20), (Side.RIGHT, 20)):
        moved: list[tuple[str, float]] = []
        made.dragged.connect(lambda code, to, moved=moved: moved.append((code, to)))
        at = place_of_line(made, 0, side)
        with qtbot.waitSignal(made.dropped):
            drag(qtbot, made, at, at + QPoint(way, 0))
        assert moved[-1][0] == "OOC"
        assert moved[-1][1] > 0.3


def test_a_press_beside_the_line_only_chooses_the_muscle(qtbot: QtBot) -> None:
    made = board(qtbot)
    moved: list[object] = []
    made.dragged.connect(lambda *told: moved.append(told))
    name = made.layout_now.name(0).center().toPoint()
    with qtbot.waitSignal(made.chose) as chosen:
        drag(qtbot, made, name, name + QPoint(30, 0))
    assert chosen.args == ["OOC"]
    assert moved == []


def test_the_patients_right_is_at_the_right(qtbot: QtBot) -> None:
    made = board(qtbot, active=(EYE,), level=0.8)
    image, place = picture(made), made.layout_now
    left, right = (
        image.pixelColor(QPointF(place.x(0, side, 0.2), place.row(0).center().y()).toPoint())
        for side in Side
    )
    assert right.red() > right.blue()
    assert left.blue() > left.red()


def test_it_says_what_it_shows(qtbot: QtBot) -> None:
    said = board(qtbot).accessibleName()
    assert "Eye: quiet" in said
    assert "Cheek: leads" in said


def test_painting_only_the_tracks_leaves_nothing_behind(qtbot: QtBot) -> None:
    made = board(qtbot, level=0.1)
    counter = PaintCounter(made)
    for number, level in enumerate(np.random.default_rng(8).uniform(0.0, 2.0, 16)):
        counter.count = 0
        now = moment(level=float(level), active=(EYE,) if number % 5 == 4 else ())
        words = (f"{number // 4} %",) * 4
        made.state = board_state(now.view, PLAN.planned(SMILE), Memory(numbers=words))
        qtbot.waitUntil(lambda: counter.count > 0)
    np.testing.assert_array_equal(on_screen(made), painted(made))


def test_where_only_levels_moved_no_number_is_written_again(qtbot: QtBot) -> None:
    made = board(qtbot, level=0.1)
    now = board_state(moment(level=0.6).view, PLAN.planned(SMILE), Memory())
    numbers = made.layout_now.numbers(0, Side.LEFT)
    assert not made.changed(made.state, now).intersects(numbers.toAlignedRect())
    told = board_state(moment(level=0.6).view, PLAN.planned(SMILE), Memory(numbers=("7 %",) * 4))
    assert made.changed(now, told) == made.rect()
