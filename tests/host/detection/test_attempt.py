"""An attempt as it happens: rest, rise, hold, release, rest (T4, P8, P10, P12)."""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chain.stream import FloatArray
from host.detection.attempt import AttemptWatch
from host.detection.attempted import Pace, rose_too_fast
from host.detection.cues import Phase
from host.detection.guards import Effort
from host.detection.states import Finding, State
from tests.host.detection.bits import attempt_bits
from tests.host.detection.course_drawn import (
    HOP_S,
    LEFT,
    RIGHT,
    TARGETS,
    USUAL,
    attempted,
    cues,
    pieces,
    ramp,
    seen,
)
from tests.host.detection.rest import HOP, RATE_HZ


def both(level: FloatArray) -> FloatArray:
    """Return levels of both cheeks and a quiet muscle between them."""
    return np.column_stack([level, np.zeros(len(level)), level])


def test_t4_the_states_follow_the_muscles_and_the_cue() -> None:
    (attempt,), now = attempted(seen(both(ramp(1.2))))
    states = [state for _, state in attempt.states]
    assert states == [State.REST, State.RISE, State.HOLD, State.RELEASE, State.REST]
    times_s = [at / RATE_HZ for at, _ in attempt.states]
    # Asked to rise at 2, it rises at 2.3; it leads when the hold is asked for at 3.5; let go from
    # 8.3 on, below a tenth at 8.65, and half a second later released.
    assert times_s == pytest.approx([2.0, 2.38, 3.5, 8.0, 9.15], abs=0.06)
    assert attempt.hold == (round(3.5 * RATE_HZ), round(8.0 * RATE_HZ))
    assert (attempt.release, attempt.findings) == (8000, ())
    assert now[round(1.9 / HOP_S)] is None
    middle = now[round(5.0 / HOP_S)]
    assert middle is not None
    assert (middle.number, middle.state, middle.since) == (1, State.HOLD, 3500)


def test_a_target_that_is_let_go_early_is_released_before_the_cue() -> None:
    (attempt,), _ = attempted(seen(both(ramp(1.0, end_s=5.0))))
    (_, hold), (let_go, _) = attempt.states[2], attempt.states[3]
    assert hold is State.HOLD
    assert let_go / RATE_HZ == pytest.approx(5.4, abs=0.2)
    assert attempt.release == 8000


def test_what_never_leads_has_no_hold() -> None:
    (attempt,), _ = attempted(seen(both(0.2 * ramp(1.0))))
    assert attempt.hold is None
    assert State.HOLD not in [state for _, state in attempt.states]


def test_p12_the_next_attempt_finds_what_was_not_released() -> None:
    stays = both(np.maximum(ramp(1.2), np.where(np.arange(3000) > 1000, 0.3, 0.0)))
    again = [*USUAL, *cues((11, Phase.RISE))]
    (first, second), _ = attempted(seen(stays), again)
    assert first.findings == (Finding.NOT_RELEASED,)
    assert not first.cut
    assert (second.number, second.cut) == (2, True)


def test_a_target_that_is_unknown_is_neither_released_nor_said_to_be_tense() -> None:
    levels = both(ramp(1.2))
    levels[2100:, RIGHT] = np.nan
    (attempt,), _ = attempted(seen(levels))
    assert attempt.states[-1][1] is State.RELEASE
    assert attempt.findings == ()


def test_p12_while_another_pattern_is_prepared_the_attempt_still_comes_to_rest() -> None:
    given_cues = [*USUAL, *cues((8.6, Phase.REST), (11, Phase.RISE), pattern="pucker")]
    (first, _), _ = attempted(seen(both(ramp(1.2))), given_cues)
    assert first.states[-1][1] is State.REST
    assert (first.stop, first.cut) == (11_000, False)


def test_free_movement_breaks_an_attempt_off() -> None:
    (attempt,), now = attempted(seen(both(ramp(1.2))), [*USUAL, *cues((9, Phase.FREE))])
    assert (attempt.stop, attempt.cut) == (9000, True)
    assert now[-1] is None


@pytest.mark.parametrize(("rise_s", "fast"), [(0.2, True), (0.4, True), (1.0, False), (1.5, False)])
def test_p10_too_fast_is_named_after_the_attempt_and_never_while_it_rises(
    rise_s: float,
    fast: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    (attempt,), now = attempted(seen(both(ramp(rise_s))))
    assert (Finding.TOO_FAST in attempt.findings) == fast
    rested = attempt.states[-1][0] // HOP
    assert not any(one is not None and Finding.TOO_FAST in one.findings for one in now[:rested])
    last = now[-1]
    assert last is not None
    assert (Finding.TOO_FAST in last.findings) == fast


def test_p10_the_pace_can_be_set_for_a_person() -> None:
    (attempt,), _ = attempted(seen(both(ramp(1.2))))
    assert attempt.hold is not None
    assert rose_too_fast(attempt.course, attempt.hold, Pace(ramp_s=3.0))
    with pytest.raises(ValueError, match=r"ramp_s must be 0\.1 to 10, got 0\.0"):
        Pace(ramp_s=0.0)


def test_p8_too_strong_is_found_from_the_hop_on_in_which_it_was() -> None:
    levels = both(ramp(1.2))
    strong = np.zeros(levels.shape)
    strong[1200:1300, LEFT] = 1.0
    (attempt,), now = attempted(seen(levels, strong=strong))
    assert attempt.findings == (Finding.TOO_STRONG,)
    found = [one is not None and Finding.TOO_STRONG in one.findings for one in now]
    assert found.index(True) == 1200


def test_p5_a_touched_attempt_says_so() -> None:
    (attempt,), _ = attempted(seen(both(ramp(1.2)), touched=True))
    assert attempt.findings == (Finding.TOUCHED,)


def test_without_an_electrode_on_a_target_there_is_nothing_to_follow() -> None:
    watch = AttemptWatch(Effort(), Pace(), HOP, RATE_HZ)
    assert watch.turn(USUAL[1], (), 0) is None
    assert watch.push(seen(both(ramp(1.2)))) == ()
    assert watch.finish(3000) is None


def test_other_targets_make_another_attempt() -> None:
    watch = AttemptWatch(Effort(), Pace(), HOP, RATE_HZ)
    watch.turn(USUAL[1], TARGETS, 0)
    over = watch.turn(USUAL[1], (LEFT,), 300)
    assert over is not None
    assert over.cut


def test_a_copy_goes_on_as_the_original() -> None:
    whole = seen(both(ramp(1.2)))
    watch = AttemptWatch(Effort(), Pace(), HOP, RATE_HZ)
    watch.turn(USUAL[1], TARGETS, 0)
    early, late = pieces(whole, [1500])
    watch.push(early)
    other = copy.deepcopy(watch)
    watch.turn(USUAL[3], TARGETS, 1500)
    other.turn(USUAL[3], TARGETS, 1500)
    assert watch.push(late) == other.push(late)
    one, same = watch.finish(3000), other.finish(3000)
    assert one is not None
    assert same is not None
    assert attempt_bits(one) == attempt_bits(same)


LOST = both(ramp(0.5))
LOST[1300:1330] = np.nan
WHOLE = seen(LOST, strong=np.where(LOST > 0.79, 1.0, 0.0))
EXPECTED = attempted(WHOLE)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 3000), max_size=10))
def test_attempts_do_not_depend_on_the_cut(cut_points: list[int]) -> None:
    over, now = attempted(WHOLE, cut_points=cut_points)
    assert [attempt_bits(one) for one in over] == [attempt_bits(one) for one in EXPECTED[0]]
    assert now == EXPECTED[1]
