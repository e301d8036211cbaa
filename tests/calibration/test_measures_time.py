"""Slowness, release and synchrony (T3, P10, P12, P17)."""

from dataclasses import replace
from math import log

import numpy as np
import pytest
from scipy.optimize import brentq

from calibration.measures_time import (
    LOST_IN_CHANGE,
    offset,
    onset,
    peak_rate,
    release_time,
    remaining_tone,
    rise_time,
    synchrony,
)
from calibration.traces import Trace
from tests.calibration.attempts_drawn import HOP_S, coverage, noisy, ramp_and_hold

RISES = [1.0, 1.5, 3.0]
KINDS = [{}, {"correlated_hops": 3, "clipped": True}, {"spread": 0.1}]


def share_reached(share: float) -> float:
    """Return at which share of a minimum-jerk rise this share of its level is reached."""
    return float(brentq(lambda u: 10 * u**3 - 15 * u**4 + 6 * u**5 - share, 0.0, 1.0))


def exact(rise_s: float = 1.5) -> Trace:
    """Return an attempt without any error."""
    truth = ramp_and_hold(rise_s=rise_s)
    return Trace(activation=truth, sd=np.full(len(truth), 1e-6), hop_s=HOP_S)


def test_t3_known_answers() -> None:
    attempt = exact()
    assert rise_time(attempt, (3.0, 7.0)).value == pytest.approx(0.760, abs=0.005)
    assert peak_rate(attempt.between(0.5, 3.0)).value == pytest.approx(1.25, rel=0.02)
    assert onset(attempt, 0.2).value == pytest.approx(1.0 + 1.5 * share_reached(0.2), abs=0.005)
    assert offset(attempt, 0.2).value == pytest.approx(7.5 + 0.4 * log(5.0), abs=0.01)
    released = release_time(attempt.between(7.5, 10.5), 0.2)
    assert released.value == pytest.approx(0.4 * log(5.0), abs=0.01)


@pytest.mark.parametrize("rise_s", RISES)
@pytest.mark.parametrize("kind", KINDS, ids=["white", "correlated and cut off", "noisy"])
def test_t3_slowness_covers_the_truth(rise_s: float, kind: dict[str, float]) -> None:
    truth = ramp_and_hold(rise_s=rise_s)
    ten_to_ninety = (share_reached(0.9) - share_reached(0.1)) * rise_s

    def drawn(random: np.random.Generator) -> Trace:
        return noisy(truth, random, **kind)  # type: ignore[arg-type]

    hold = (1.0 + rise_s, 6.0 + rise_s)
    attempts = 2000 if rise_s == 1.5 else 600
    covered = coverage(lambda random: rise_time(drawn(random), hold), ten_to_ninety, attempts)
    assert 0.92 <= covered <= 0.975
    covered = coverage(
        lambda random: peak_rate(drawn(random).between(0.5, 1.5 + rise_s)),
        1.875 / rise_s,
        attempts,
    )
    assert 0.92 <= covered <= 0.975


@pytest.mark.parametrize("rise_s", RISES)
def test_t3_p17_onsets_and_their_difference_cover_the_truth(rise_s: float) -> None:
    early = ramp_and_hold(rise_s=rise_s)
    late = np.concatenate([np.zeros(5), early])[: len(early)]
    truth = 1.0 + rise_s * share_reached(0.15)
    attempts = 2000 if rise_s == 1.5 else 600
    covered = coverage(lambda random: onset(noisy(early, random), 0.15), truth, attempts)
    assert 0.92 <= covered <= 0.975

    covered = coverage(
        lambda random: synchrony(
            onset(noisy(late, random), 0.15), onset(noisy(early, random), 0.15)
        ),
        5 * HOP_S,
        attempts,
    )
    assert 0.92 <= covered <= 0.975


@pytest.mark.parametrize("threshold", [0.15, 0.3])
@pytest.mark.parametrize("spread", [0.0, 0.08])
def test_t3_p12_release_covers_the_truth(threshold: float, spread: float) -> None:
    truth = ramp_and_hold()

    def once(random: np.random.Generator) -> Trace:
        return noisy(truth, random, reference_spread=spread).between(7.5, 10.5)

    covered = coverage(lambda random: release_time(once(random), threshold), -0.4 * log(threshold))
    assert 0.92 <= covered <= 0.97


def test_p12_a_muscle_that_was_quiet_took_no_time_and_one_that_is_not_has_not_released() -> None:
    attempt = exact()
    assert release_time(attempt.between(0.0, 1.0), 0.2).value == 0.0
    assert "at the end" in release_time(attempt.between(3.0, 7.0), 0.2).reason


def test_p12_remaining_tone_is_the_second_after_ten() -> None:
    tone = np.concatenate([np.ones(500), np.full(60, 0.2)])
    trace = Trace(activation=tone, sd=np.zeros(560), hop_s=HOP_S)
    assert remaining_tone(trace).value == pytest.approx(0.2)
    assert "less than 11 s" in remaining_tone(trace.between(0.0, 10.0)).reason


def test_what_was_lost_or_never_came_is_unknown() -> None:
    values = ramp_and_hold()
    values[60:100] = np.nan
    gone = Trace(activation=values, sd=np.full(len(values), 0.01), hop_s=HOP_S)
    assert not rise_time(gone, (3.0, 7.0)).known
    assert not peak_rate(gone.between(0.5, 3.0)).known
    assert onset(exact(), 2.0).reason == "the level was never surely above the threshold"
    assert "from the start" in onset(exact().between(3.0, 7.0), 0.2).reason
    nothing = onset(exact(), 2.0)
    assert synchrony(nothing, onset(exact(), 0.2)).reason == nothing.reason
    values = ramp_and_hold()
    values[-60:] = np.nan
    after = Trace(activation=values, sd=np.full(len(values), 0.01), hop_s=HOP_S)
    assert release_time(after.between(7.5, 10.5), 0.5).reason == (
        "the signal was lost after the level fell"
    )


def blinked(trace: Trace, start_s: float, stop_s: float, level: float = np.nan) -> Trace:
    """Return a trace that is left out, or at a level, while a blink lasts."""
    values = trace.activation.copy()
    values[round(start_s / HOP_S) : round(stop_s / HOP_S)] = level
    return replace(trace, activation=values)


def test_p12_who_blinks_at_rest_has_let_go_before() -> None:
    attempt, let_go_s, blink = exact(), 7.5 + 0.4 * log(5.0), (9.4, 9.9)
    gone = blinked(attempt, *blink)
    assert release_time(gone, 0.2).reason == "the signal was lost after the level fell"
    assert offset(gone, 0.2).reason == "the signal was lost after the level fell"
    assert release_time(gone, 0.2, blinks=[blink]).value == pytest.approx(let_go_s, abs=0.01)
    assert offset(gone, 0.2, [blink]).value == pytest.approx(let_go_s, abs=0.01)
    # One that was below all the time took no time, though it blinked.
    quiet = blinked(attempt.between(0.0, 1.0), 0.4, 0.8)
    assert not release_time(quiet, 0.2).known
    assert release_time(quiet, 0.2, blinks=[(0.4, 0.8)]).value == 0.0


def test_p12_what_moves_without_a_blink_has_not_let_go() -> None:
    moved = blinked(exact(), 9.4, 9.9, level=0.6)
    assert release_time(moved, 0.2).value == pytest.approx(9.9, abs=0.1)


def test_p12_the_interval_covers_a_release_that_a_blink_hides() -> None:
    truth, blink = ramp_and_hold(), (0.4, 0.95)

    def once(random: np.random.Generator) -> Trace:
        return blinked(noisy(truth, random).between(7.5, 10.5), *blink)

    let_go_s = -0.4 * log(0.2)
    covered = coverage(lambda random: release_time(once(random), 0.2, 0.0, [blink]), let_go_s, 300)
    assert covered >= 0.95
    narrowest = release_time(once(np.random.default_rng(1)), 0.2, 0.0, [blink])
    assert narrowest.high - narrowest.low >= blink[1] - blink[0] - 2 * HOP_S


def test_p12_what_falls_just_after_a_lost_signal_may_have_been_at_rest_in_it() -> None:
    twitch = blinked(exact(), 9.4, 9.7, level=0.6)
    lost = blinked(twitch, 8.0, 9.3)
    assert release_time(lost, 0.2, 7.5).reason == LOST_IN_CHANGE
    # One that goes on for long after it has surely not let go.
    tense = blinked(blinked(exact(), 7.5, 10.0, level=0.6), 8.0, 8.4)
    assert release_time(tense, 0.2, 7.5).value == pytest.approx(2.5, abs=0.1)
