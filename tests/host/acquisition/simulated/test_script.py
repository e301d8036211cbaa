"""Scripts, attempts and their cues."""

import math
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calibration.montage import montages
from host.acquisition.simulated.script import Script, Step, Timetable, clinic_script, demo_script
from host.chain.stream import Stream, channel_names
from host.detection.cues import Phase

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
SHORT = Script(
    steps=(
        Step(pattern="pucker", rest_s=0.4, rise_s=0.2, hold_s=0.2, release_s=0.2),
        Step(pattern="gentle closed smile", rest_s=0.2, rise_s=0.1, hold_s=0.3, release_s=0.1),
    )
)


def test_an_attempt_is_rest_rise_hold_release_as_in_t4() -> None:
    cues = list(islice(Timetable(clinic_script("pucker"), STREAM).cues(), 5))
    phases = [Phase.REST, Phase.RISE, Phase.HOLD, Phase.RELEASE, Phase.REST]
    assert [cue.phase for cue in cues] == phases
    assert [cue.start for cue in cues] == [0, 2500, 2875, 4125, 4375]
    assert {cue.pattern for cue in cues} == {"pucker"}


def test_the_rest_before_an_attempt_bears_its_name() -> None:
    cues = list(islice(Timetable(SHORT, STREAM).cues(), 8))
    assert [cue.pattern for cue in cues[:4]] == ["pucker"] * 4
    assert [cue.pattern for cue in cues[4:]] == ["gentle closed smile"] * 4


def test_a_script_goes_on_for_ever() -> None:
    timetable = Timetable(SHORT, STREAM)
    far = 10**12
    found = next(timetable.attempts(far, far + 1))
    assert found.start <= far < found.stop
    for first, second in pairwise(islice(timetable.cues(), 400)):
        assert first.start < second.start


def test_a_script_that_does_not_repeat_ends_in_rest() -> None:
    timetable = Timetable(Script(steps=SHORT.steps, repeat=False), STREAM)
    last = list(timetable.cues())[-1]
    assert (last.pattern, last.phase, last.start) == ("rest and release", Phase.REST, 425)
    assert not list(timetable.attempts(425, math.inf))


@given(st.integers(0, 3000), st.integers(0, 600))
def test_attempts_are_those_that_overlap(start: int, length: int) -> None:
    timetable = Timetable(SHORT, STREAM)
    every = [timetable.attempt(number) for number in range(40)]
    overlapping = [a for a in every if a.start < start + length and a.stop > start]
    assert list(timetable.attempts(start, start + length)) == overlapping


def test_the_demonstration_starts_with_rest_and_moves_after_4_s() -> None:
    for montage in montages().values():
        script = demo_script(montage)
        assert script.steps[0].rest_s == 4.0
        assert all(step.rise_s >= 1.0 for step in script.steps)


def test_the_demonstration_keeps_to_what_the_montage_can_watch() -> None:
    names = {step.pattern for step in demo_script(montages()["face-4"]).steps}
    assert names == {"gentle closed smile", "gentle eye closure"}


@pytest.mark.parametrize("name", ["rest and release", "spontaneous blink"])
def test_a_pattern_that_is_only_watched_is_no_step(name: str) -> None:
    with pytest.raises(ValueError, match="watched"):
        Step(pattern=name)


def test_steps_without_length_and_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="rest_s"):
        Step(pattern="pucker", rest_s=0.0)
    with pytest.raises(ValueError, match="effort"):
        Step(pattern="pucker", effort=-1.0)
    with pytest.raises(ValueError, match="unknown pattern"):
        Step(pattern="wink")
    with pytest.raises(ValueError, match="unknown muscle"):
        Step(pattern="pucker", touched=("EYE",))
    with pytest.raises(ValueError, match="at least one step"):
        Script(steps=())
