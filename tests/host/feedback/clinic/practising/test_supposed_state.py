"""What today's attempts would have been with a line elsewhere, and where it might lie (P14, T4)."""

from dataclasses import replace
from math import nan

import pytest

from host.feedback.bar_heights import bar_height
from host.feedback.clinic.practising.board_state import board_state
from host.feedback.clinic.practising.board_supposed import with_supposed
from host.feedback.clinic.practising.lines import lifted, moved
from host.feedback.clinic.practising.memory import Memory
from host.feedback.clinic.practising.reached import Reached, Rules
from host.feedback.clinic.practising.supposed_state import Supposed, supposed
from host.session.practising.tried import AttemptResult, MuscleTried, Tried
from host.session.practising.worker import PracticeMoment
from tests.host.feedback.clinic.practising.moments import PLAN, moment, running, tried, view
from tests.host.feedback.clinic.practising.test_reached import RULES, frames, rested
from tests.host.session.practising.bench import CHEEK, EYE, RATE_HZ, SMILE

PLANNED = PLAN.planned(SMILE)


def practised(
    *levels: float, known: float = 1.0, rules: Rules = RULES
) -> tuple[PracticeMoment, Reached]:
    """Return attempts at the smile in which the eye kept these levels; NaN for not measured."""
    reached, done = Reached(), []
    reached.rules = rules
    for number, level in enumerate(levels):
        shift = number * 10_000
        for one in (*frames([level] * 4), rested(4)):
            cue = replace(one.cue, start=one.cue.start + shift)
            at = one.sample + shift
            reached.push(replace(one, sample=at, time_s=at / RATE_HZ, cue=cue))
        done.append(attempt(number, 1000 + shift, known=known))
    return moment(view(attempts=tuple(done))), reached


def attempt(number: int, start: int, *, known: float) -> Tried:
    def muscle(one: MuscleTried) -> MuscleTried:
        return replace(one, known=known) if one.channel == EYE else one

    plain = tried(index=number + 1, start=start, stop=start + 2000)
    return replace(plain, muscles=tuple(muscle(one) for one in plain.muscles))


def test_p14_a_line_tells_how_many_of_the_last_attempts_would_have_stayed_quiet() -> None:
    now, reached = practised(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    for line, quiet in ((0.05, 0), (0.35, 3), (0.45, 4), (0.9, 6)):
        draft = moved(PLANNED, "OOC", line)
        found = supposed(now, reached, "OOC", planned=PLANNED, draft=draft)
        assert found.said == f"{quiet} of the last 6 would have stayed quiet"


def test_t4_the_proposed_line_is_one_that_three_quarters_would_meet() -> None:
    now, reached = practised(*(0.2 + 0.05 * step for step in range(10)))
    planned = moved(PLANNED, "OOC", 0.25)
    proposed = supposed(now, reached, "OOC", planned=planned).proposed
    assert proposed is not None
    there = moved(planned, "OOC", proposed)
    said = supposed(now, reached, "OOC", planned=planned, draft=there).said
    assert said.startswith(("7 of", "8 of")), said


def test_the_proposal_stays_while_its_line_is_dragged() -> None:
    now, reached = practised(*(0.2 + 0.05 * step for step in range(10)))
    before = supposed(now, reached, "OOC", planned=PLANNED).proposed
    draft = moved(PLANNED, "OOC", 0.9)
    assert supposed(now, reached, "OOC", planned=PLANNED, draft=draft).proposed == before


def test_p9_no_line_is_proposed_below_the_noise() -> None:
    quiet = (0.01,) * 6
    now, reached = practised(*quiet)
    low = supposed(now, reached, "OOC", planned=PLANNED).proposed
    now, reached = practised(*quiet, rules=replace(RULES, floors=(0.12,) * 4))
    noisy = supposed(now, reached, "OOC", planned=PLANNED).proposed
    assert low is not None
    assert low < 0.1
    assert noisy is not None
    assert noisy >= 0.12


def test_too_few_attempts_propose_nothing() -> None:
    now, reached = practised(0.3, 0.4)
    found = supposed(now, reached, "OOC", planned=PLANNED)
    assert found.proposed is None
    assert "of the last 2" in found.said
    assert not supposed(moment(), Reached(), "OOC", planned=PLANNED).said


def test_unknown_is_never_quiet_and_is_counted_apart() -> None:
    now, reached = practised(nan, nan, known=0.2)
    said = supposed(now, reached, "OOC", planned=PLANNED).said
    assert said == "0 of the last 0 would have stayed quiet, 2 not known"


def test_what_was_broken_off_or_is_another_pattern_does_not_count() -> None:
    now, reached = practised(0.1, 0.1, 0.1)
    first, second, third = now.practice.attempts
    left = replace(first, result=AttemptResult.LEFT_OUT)
    other = replace(second, pattern="pucker")
    now = replace(now, practice=view(attempts=(left, other, third)))
    assert "of the last 1 " in supposed(now, reached, "OOC", planned=PLANNED).said


def test_p8_of_a_target_it_is_how_many_were_gentle_enough() -> None:
    now, reached = practised(0.1, 0.1)
    for ceiling, gentle in ((0.9, 0), (1.2, 2)):
        draft = lifted(PLANNED, ceiling)
        found = supposed(now, reached, "ZYG", planned=PLANNED, draft=draft)
        assert found.said == f"{gentle} of the last 2 would have been gentle enough"
        assert found.proposed is None
    assert CHEEK in {one.channel for one in now.practice.attempts[0].muscles}


def test_the_line_of_all_counts_every_muscle_by_its_part_of_it() -> None:
    now, reached = practised(0.3, 0.3)
    frame = now.view.frame
    assert frame is not None
    allowed = frame.asked.allowance("OOC")
    draft = replace(PLANNED, line=0.31 / allowed)
    assert supposed(now, reached, "", planned=PLANNED, draft=draft).said.startswith("2 of")
    draft = replace(PLANNED, line=0.29 / allowed)
    assert supposed(now, reached, "", planned=PLANNED, draft=draft).said.startswith("0 of")


def test_a_drag_near_to_the_proposed_line_lies_there_and_a_key_does_not_pass_it() -> None:
    found = Supposed(code="OOC", proposed=0.2)
    assert found.snapped(0.205) == 0.2
    assert found.snapped(0.3) == 0.3
    assert found.passed(0.21, 0.19) == 0.2
    assert found.passed(0.2, 0.19) == 0.19
    assert Supposed().snapped(0.3) == 0.3


def test_the_board_shows_the_mark_always_and_the_words_while_a_line_is_moved() -> None:
    now, draft = moment(), moved(PLANNED, "OOC", 0.2)
    found = Supposed(code="OOC", said="4 of the last 6 would have stayed quiet", proposed=0.3)
    still = with_supposed(board_state(now.view, PLANNED, Memory(selected="OOC")), found)
    assert not still.supposed
    assert [row.proposed for row in still.rows] == [pytest.approx(bar_height(0.3)), None]
    memory = Memory(selected="OOC", draft=draft)
    moving = with_supposed(board_state(now.view, PLANNED, memory), found)
    assert moving.supposed == "4 of the last 6 would have stayed quiet"
    assert moving.supposed_spoken.endswith("proposed 30 %")
    assert moving.rows[moving.beside].code == "OOC"


def test_a_drag_is_told_at_once_and_written_down_with_the_edit() -> None:
    from tests.host.feedback.clinic.practising.test_steering import room

    now = room()
    now.worker.moment, now.running.reached = practised(*(0.2 + 0.05 * step for step in range(10)))
    now.steering.select_code("OOC")
    proposed = now.steering.supposed().proposed
    assert proposed is not None
    now.steering.drag("OOC", proposed + 0.003)
    draft = now.steering.memory.draft
    assert draft is not None
    assert draft.line_of("OOC") == pytest.approx(proposed)
    assert now.steering.supposed().said.startswith(("7 of", "8 of"))
    assert running()[0].reached.version == 0
