"""What attempts reached: so that any line can be tried on them, as the detector would judge."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import numpy as np
import pytest

from host.clinic.edition import Edition
from host.detection.cocontraction import Episode
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.feedback.clinic.practising.reached import AttemptReached, Reached, Rules, lasting
from host.feedback.clinic.practising.running import rules_of
from host.session.asked import Asked
from host.session.practising.building import Appointed, practice_session
from host.session.practising.tried import AttemptResult
from tests.host.clinic.people import TODAY, patient, plan
from tests.host.session.practising.bench import BEAT, CHEEK, EYE, RATE_HZ, SMILE, frame

START = 1000
SAVED = Edition(number=1, saved="2026-11-25T09:00:00+00:00", by="T07")
HOP_S = BEAT / RATE_HZ
RULES = Rules(hop=BEAT, enter_s=2 * HOP_S, dwell_s=3 * HOP_S)


def frames(levels: list[float], phase: Phase = Phase.HOLD) -> Iterator[Frame]:
    """Return an attempt's frames; the eye of the affected side does so, one level a frame."""
    rise = Cue(start=START, pattern=SMILE, phase=Phase.RISE)
    yield frame(START + BEAT, rise)
    for number, level in enumerate(levels, start=2):
        now = frame(START + number * BEAT, Cue(start=START + BEAT, pattern=SMILE, phase=phase))
        activation = now.activation.copy()
        activation[EYE] = level
        yield replace(now, activation=activation)


def rested(levels: int) -> Frame:
    """Return the frame after an attempt of so many."""
    at = START + (levels + 2) * BEAT
    return frame(at, Cue(start=at - BEAT, pattern=SMILE, phase=Phase.REST))


def reached(levels: list[float], rules: Rules = RULES) -> AttemptReached:
    made = Reached()
    made.rules = rules
    for one in frames(levels):
        made.push(one)
    made.push(rested(len(levels)))
    found = made.of(START)
    assert found is not None
    return found


def test_a_level_counts_once_it_has_lasted() -> None:
    found = reached([0.1, 0.9, 0.1, 0.4, 0.4, 0.3, 0.1])
    assert found.along[EYE] == pytest.approx(0.4)
    assert found.strong[EYE] == pytest.approx(0.3)
    assert found.strong[CHEEK] == pytest.approx(1.0)


def test_what_is_unknown_reaches_nothing_and_breaks_a_stay() -> None:
    found = reached([0.4, float("nan"), 0.4, 0.2, 0.2])
    assert found.along[EYE] == pytest.approx(0.2)


def test_what_came_along_with_a_blink_only_is_taken_back() -> None:
    made = Reached()
    made.rules = RULES
    *before, last = [*frames([0.1, 0.6, 0.6, 0.6, 0.2])]
    for one in before:
        blinking = one.activation[EYE] > 0.5
        made.push(replace(one, active=np.arange(4) == EYE) if blinking else one)
    over = Episode(
        channel=EYE, start=START, stop=last.sample, peak=0.6, pattern=SMILE, with_blink=True
    )
    made.push(replace(last, ended=(over,)))
    made.push(rested(5))
    found = made.of(START)
    assert found is not None
    assert found.along[EYE] == pytest.approx(0.0, abs=1e-9)


def test_p9_what_stays_in_the_noise_comes_along_at_no_line() -> None:
    assert reached([0.2, 0.2], replace(RULES, floors=(0.3,) * 4)).along[EYE] == 0.0
    assert reached([0.4, 0.4], replace(RULES, floors=(0.3,) * 4)).along[EYE] == pytest.approx(0.4)


def test_nothing_is_known_of_an_attempt_that_goes_on() -> None:
    made = Reached()
    for one in frames([0.2, 0.2]):
        made.push(one)
    assert made.of(START) is None
    assert made.version == 0


def test_a_stay_longer_than_the_attempt_reaches_nothing() -> None:
    assert lasting(np.ones((2, 3)), 3).tolist() == [0.0, 0.0, 0.0]


def test_rules_that_nothing_could_last_are_refused() -> None:
    with pytest.raises(ValueError, match="hop"):
        Rules(hop=0)
    with pytest.raises(ValueError, match="times"):
        Rules(enter_s=-1.0)


def test_p14_in_practice_the_line_in_force_judges_as_the_session_did() -> None:
    asked = Asked(watched=False, through_board=False, recorded=False, person="P01", seed=3)
    saved = replace(plan("pucker"), edition=SAVED, rest_s=10.0)
    appointed = Appointed(patient=patient(), plan=saved, today=TODAY)
    build = practice_session(asked, appointed)
    with ExitStack() as stack:
        stage = build(stack)
        made = Reached()
        made.rules = rules_of(stage)
        assert stage.orders is not None
        stage.practice.begin(stage.orders.order("pucker"))
        while len(stage.practice.attempts) < 4 and not stage.session.over:
            for one in stage.session.step(0.0):
                made.push(one)
        tried = stage.practice.attempts
    line = stage.orders.plan.planned("pucker").line
    assert len(tried) >= 3
    for attempt in tried[:3]:
        found = made.of(attempt.start)
        assert found is not None
        assert attempt.result is not AttemptResult.LEFT_OUT
        for muscle in attempt.muscles:
            if muscle.judged:
                along = found.along[muscle.channel] >= line
                assert along == (muscle.along_s > 0.0), (attempt, muscle)
