"""A timetable that grows: what is asked at runtime, and called off."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.acquisition.simulated.agenda import Agenda
from host.acquisition.simulated.script import WAITING, Script, Step, Timetable
from host.chain.stream import Stream, channel_names
from host.detection.cues import Phase

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
STEP = Step(pattern="pucker", rest_s=1.0, rise_s=1.0, hold_s=2.0, release_s=0.4)


def asked(*starts: int, free: int = 0) -> Agenda:
    agenda = Agenda(WAITING, STREAM)
    for start in starts:
        agenda.ask(STEP, start, free=free)
    return agenda


def test_a_step_falls_where_it_is_asked_for() -> None:
    attempt = Agenda(WAITING, STREAM).ask(STEP, 500, free=0)
    phases = (attempt.start, attempt.rise, attempt.hold, attempt.release, attempt.stop)
    assert phases == (500, 750, 1000, 1500, 1600)


def test_one_asked_late_has_a_shorter_rest() -> None:
    attempt = Agenda(WAITING, STREAM).ask(STEP, 500, free=700)
    assert (attempt.start, attempt.rise, attempt.hold) == (700, 750, 1000)


def test_one_asked_too_late_is_later_altogether() -> None:
    attempt = Agenda(WAITING, STREAM).ask(STEP, 500, free=900)
    assert (attempt.start, attempt.rise, attempt.hold) == (900, 901, 1151)


def test_a_step_waits_for_the_one_before() -> None:
    first, second = asked(0, 100).attempts(0, math.inf)
    assert (first.number, second.number) == (0, 1)
    assert second.start == first.stop


def test_it_follows_a_script_that_ends_and_refuses_one_that_does_not() -> None:
    script = Script(steps=(STEP,), repeat=False)
    attempt = Agenda(script, STREAM).ask(STEP, 0, free=0)
    assert (attempt.number, attempt.start) == (1, Timetable(script, STREAM).end)
    with pytest.raises(ValueError, match="repeats a script"):
        Agenda(Script(steps=(STEP,)), STREAM).ask(STEP, 0, free=0)


@pytest.mark.parametrize(
    ("at", "phases"),
    [
        (100, [Phase.REST]),
        (400, [Phase.REST, Phase.RISE, Phase.RELEASE]),
        (700, [Phase.REST, Phase.RISE, Phase.HOLD, Phase.RELEASE]),
    ],
)
def test_what_is_called_off_lets_go_from_that_sample_on(at: int, phases: list[Phase]) -> None:
    agenda = asked(0, 2000)
    agenda.call_off(at, free=0)
    (attempt,) = agenda.attempts(0, math.inf)
    cues = attempt.cues()
    assert [cue.phase for cue in cues] == phases
    assert attempt.moved is (at > 250)
    assert attempt.stop == (at if at <= 250 else at + 100)


def test_what_stands_already_is_not_called_off() -> None:
    agenda = asked(0)
    agenda.call_off(100, free=600)
    (attempt,) = agenda.attempts(0, math.inf)
    assert (attempt.rise, attempt.release) == (250, 600)


def test_after_a_step_comes_rest() -> None:
    cues = list(asked(0, 2000).cues())
    names = [(cue.start, cue.pattern) for cue in cues if cue.phase is Phase.REST]
    assert names == [
        (0, "rest and release"),
        (0, "pucker"),
        (1100, "rest and release"),
        (2000, "pucker"),
        (3100, "rest and release"),
    ]


@given(st.lists(st.integers(0, 5000), max_size=6), st.integers(0, 8000), st.integers(0, 500))
def test_attempts_are_those_that_overlap(starts: list[int], start: int, length: int) -> None:
    agenda = asked(*starts)
    every = list(agenda.attempts(0, math.inf))
    overlapping = [one for one in every if one.start < start + length and one.stop > start]
    assert list(agenda.attempts(start, start + length)) == overlapping
