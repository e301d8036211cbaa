"""The therapist's board: every muscle, both sides, and how sure each level is."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.patterns import Role
from host.acquisition.source import Link
from host.chain.quality import Quality
from host.feedback.bar_heights import bar_height
from host.feedback.clinic.practising.board_state import BoardState, board_state, numbers_of
from host.feedback.clinic.practising.lines import line_now, moved, percent
from host.feedback.clinic.practising.memory import Memory
from host.session.worker import View
from tests.host.feedback.clinic.practising.moments import PLAN, SCENE, moment
from tests.host.session.practising.bench import EYE, EYE_LEFT, SMILE

PLANNED = PLAN.planned(SMILE)


def board(memory: Memory | None = None, **does: object) -> BoardState:
    return board_state(moment(**does).view, PLANNED, memory or Memory())  # type: ignore[arg-type]


def test_p1_every_muscle_stands_on_both_sides_with_its_role() -> None:
    rows = board().rows
    assert [(row.code, row.role) for row in rows] == [("OOC", Role.QUIET), ("ZYG", Role.TARGET)]
    assert all(row.left is not None and row.right is not None for row in rows)


def test_what_came_along_is_marked_on_its_own_side() -> None:
    eye = board(active=(EYE,)).rows[0]
    assert eye.left is not None
    assert eye.right is not None
    assert (eye.left.over, eye.right.over) == (False, True)


def test_unknown_is_never_quiet_and_says_why() -> None:
    eye = board(unknown=(EYE,), quality=Quality.LOOSE).rows[0]
    assert eye.right is not None
    assert (eye.right.fill, eye.right.words) == (None, "electrode loose?")
    touched = board(touched=(EYE_LEFT,)).rows[0]
    assert touched.left is not None
    assert (touched.left.fill, touched.left.words) == (None, "touch")


def test_a_silent_board_has_no_level_anywhere() -> None:
    rows = board_state(moment(link=Link.SILENT).view, PLANNED, Memory()).rows
    assert all(row.left and row.left.fill is None for row in rows)
    assert all(row.right and row.right.fill is None for row in rows)


def test_p11_levels_in_numbers_carry_their_interval() -> None:
    frame = moment(level=0.2).view.frame
    assert frame is not None
    low, high = frame.interval()
    words = numbers_of(frame)[EYE]
    assert words.startswith("20 %")
    if np.isfinite(high[EYE]):
        assert f"({100 * low[EYE]:.0f}–{100 * high[EYE]:.0f})" in words
    unknown = moment(unknown=(EYE,)).view.frame
    assert unknown is not None
    assert numbers_of(unknown)[EYE] == ""


def test_p11_no_share_is_finer_than_can_be_told() -> None:
    assert [percent(0.253), percent(0.1), percent(0.0525)] == ["25 %", "10 %", "5.2 %"]


def test_lines_stand_where_they_are_judged_by() -> None:
    eye, cheek = board().rows
    frame = moment().view.frame
    assert frame is not None
    asked = frame.asked
    assert eye.line == pytest.approx(bar_height(PLANNED.line * asked.allowance("OOC")))
    assert cheek.line == pytest.approx(bar_height(frame.effort.ceiling))


def test_a_line_that_is_dragged_is_drawn_before_it_is_in_force() -> None:
    draft = moved(PLANNED, "OOC", 0.4)
    shown = board(Memory(draft=draft, selected="OOC"))
    eye = shown.rows[0]
    assert shown.draft
    assert (eye.own, eye.selected, eye.line_words) == (True, True, "40 %")
    assert eye.line == pytest.approx(bar_height(0.4))


def test_the_ceiling_of_a_plan_takes_the_place_of_the_proposed_one() -> None:
    own = replace(PLANNED, ceiling=0.8)
    assert line_now(own, "ZYG", moment().view.frame, SCENE) == 0.8


def test_before_the_board_is_reached_there_are_no_rows() -> None:
    assert board_state(View(), PLANNED, Memory()).rows == ()
