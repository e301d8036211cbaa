"""The slow shape: up, along, down and back, without a jump, and the same for everybody."""

import itertools
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.feedback.clinic.patient.loop import FOOT, Leg, LoopState, behind, hill, loop_state
from host.session.practising.view import BoutPhase
from tests.host.feedback.clinic.practising.moments import view


def test_p10_each_part_begins_where_the_one_before_ended() -> None:
    legs = [Leg.RISE, Leg.HOLD, Leg.RELEASE, Leg.REST]
    for one, other in itertools.pairwise([*legs, Leg.RISE]):
        end = LoopState(leg=one, share=1.0).place
        begin = LoopState(leg=other, share=0.0).place
        assert dist(end, begin) < 1e-9


@given(st.sampled_from(Leg), st.floats(0.0, 0.98))
def test_the_ball_never_jumps(leg: Leg, share: float) -> None:
    here, there = (LoopState(leg=leg, share=at).place for at in (share, share + 0.02))
    assert dist(here, there) < 0.06


@pytest.mark.parametrize("phase", [BoutPhase.WAIT, BoutPhase.SETTLE, BoutPhase.PAUSED])
def test_p12_while_release_is_waited_for_the_ball_waits_at_the_foot(phase: BoutPhase) -> None:
    assert loop_state(view(phase)).place == pytest.approx((FOOT, 0.0))


def test_p10_the_ball_follows_the_pace_of_the_bout() -> None:
    rise = loop_state(view(BoutPhase.RISE, phase_s=0.5, left_s=1.5))
    assert rise.leg is Leg.RISE
    assert rise.share == pytest.approx(0.25)
    hold = loop_state(view(BoutPhase.HOLD))
    assert hold.place[1] == 1.0


def test_a_rest_without_an_end_is_over() -> None:
    assert loop_state(view(BoutPhase.REST, phase_s=0.0, left_s=0.0)).share == 1.0


def test_what_lies_behind_the_ball_ends_at_the_ball() -> None:
    state = LoopState(leg=Leg.HOLD, share=0.5)
    assert behind(state)[-1] == state.place
    assert behind(state)[0] == hill()[0]
    assert behind(LoopState()) == ()


def test_a_ball_beside_its_way_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        LoopState(share=1.1)
