"""Between bouts the board shows the lines of the bout that is offered next."""

from dataclasses import replace

import pytest

from calibration.patterns import Role
from host.detection.cues import Cue, Phase
from host.feedback.clinic.practising.board_state import BoardState
from host.feedback.clinic.practising.memory import Memory
from host.feedback.clinic.practising.steering import Steering
from host.feedback.clinic.practising.supposed_state import Supposed
from host.feedback.clinic.practising.therapist_state import board_now
from host.session.practising.view import BoutPhase, PracticeView
from host.session.practising.worker import PracticeMoment
from tests.host.feedback.clinic.practising.moments import PLAN, moment, running, view
from tests.host.session.practising.bench import SMILE, frame

AT_REST = Cue(start=0, pattern="rest and release", phase=Phase.REST)


def resting(practice: PracticeView) -> PracticeMoment:
    now = moment(practice)
    return replace(now, view=replace(now.view, frame=frame(2500, AT_REST)))


def lines(board: BoardState) -> list[tuple[str, Role, str]]:
    return [(row.code, row.role, row.line_words) for row in board.rows]


@pytest.mark.parametrize("practice", [PracticeView(), view(BoutPhase.OVER)])
def test_between_bouts_lines_and_roles_are_those_of_the_chosen_bout(
    practice: PracticeView,
) -> None:
    memory = Memory(chosen=SMILE)
    between = board_now(resting(practice), PLAN, memory)
    during = board_now(moment(view()), PLAN, memory)
    assert lines(between) == lines(during)
    assert between.rows[0].line_words == "38 %", "the smile allows the eye a little"
    assert (between.head[0], during.head[0]) == ("Gentle closed smile: line 25 %", "line 25 %")


def test_another_pattern_that_is_chosen_brings_its_own_lines() -> None:
    planned = tuple(
        replace(one, line=0.4) if one.name == "pucker" else one for one in PLAN.patterns
    )
    board = board_now(
        resting(view(BoutPhase.OVER)), replace(PLAN, patterns=planned), Memory(chosen="pucker")
    )
    assert board.head[0] == "Pucker: line 40 %"
    assert lines(board) == [("OOC", Role.QUIET, "40 %"), ("ZYG", Role.QUIET, "40 %")]


def test_the_ceiling_is_that_of_the_next_bout_and_not_of_the_last() -> None:
    now = resting(view(BoutPhase.OVER))
    assert now.view.frame is not None
    effort = replace(now.view.frame.effort, ceiling=0.9)
    now = replace(now, view=replace(now.view, frame=replace(now.view.frame, effort=effort)))
    cheek = board_now(now, PLAN, Memory(chosen=SMILE)).rows[1]
    assert cheek.line_words == "150 %"


def test_p8_between_bouts_keys_move_the_ceiling_of_who_will_lead() -> None:
    practice, _ = running(resting(view(BoutPhase.OVER)))
    steering = Steering(practice, (SMILE, "pucker"), lambda: PLAN, print, print)
    steering.select_code("ZYG")
    steering.step(1)
    assert steering.memory.draft is not None
    assert steering.memory.draft.ceiling == pytest.approx(1.575)


def test_a_line_that_is_moved_is_in_force_before_another_pattern_is_chosen() -> None:
    practice, worker = running(resting(view(BoutPhase.OVER)))
    steering = Steering(practice, (SMILE, "pucker"), lambda: PLAN, print, print)
    steering.step(1)
    steering.choose(1)
    assert [one.name for one in worker.edits] == [SMILE]
    assert steering.memory.draft is None


def test_what_the_marks_are_is_said_once_and_only_where_there_are_marks() -> None:
    proposed = Supposed(code="", proposed=0.33)
    now, memory = moment(view()), Memory(chosen=SMILE)
    assert board_now(now, PLAN, memory, proposed).head[1] == "▾ proposed 33 %"
    assert board_now(now, PLAN, memory, Supposed(code="")).head[1] == ""
    assert board_now(now, PLAN, memory).head[1] == ""
