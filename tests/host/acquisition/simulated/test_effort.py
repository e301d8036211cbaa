"""How the patient follows the script, and blinks."""

import numpy as np
import pytest

from calibration.muscles import Side
from host.acquisition.simulated.effort import FACE, Blinks, BlinkTrain, Effort, Voluntary
from host.acquisition.simulated.script import Script, Step, Timetable
from host.acquisition.simulated.synkinesis import column
from host.chain.stream import FloatArray, Stream, channel_names

STREAM = Stream(rate_hz=250.0, channels=channel_names(8))
STEP = Step(pattern="gentle closed smile", rest_s=4.0, rise_s=1.0, hold_s=5.0, effort=0.8)
TIMETABLE = Timetable(Script(steps=(STEP,)), STREAM)
EXACT = Effort(reaction_s=0.0, variation=0.0, sides_variation=0.0, tremor=0.0)
ZYG = [column("ZYG", side) for side in Side]


def levels(effort: Effort, start: int = 0, stop: int = 2750) -> tuple[FloatArray, FloatArray]:
    return Voluntary(effort, TIMETABLE, STREAM, affected=Side.RIGHT, seed=1).at(start, stop)


def test_the_target_rises_over_the_ramp_and_holds_the_effort_asked_for() -> None:
    led, _ = levels(EXACT)
    smile = led[:, ZYG]
    assert not smile[:1001].any()
    assert smile[1125] == pytest.approx(0.4)
    np.testing.assert_allclose(smile[1250:2500], 0.8)
    assert not smile[2600:].any()


def test_only_targets_lead() -> None:
    led, _ = levels(EXACT)
    led[:, ZYG] = 0.0
    assert not led.any()


def test_p15_healthy_muscles_move_along_a_little_and_t4_more_so_on_the_other_side() -> None:
    _, along = levels(EXACT)
    eye = {side: along[2000, column("PLA", side)] for side in Side}
    assert 0.0 < eye[Side.RIGHT] < 0.05
    assert 0.0 < eye[Side.LEFT] < 0.1
    quiet = [c for c, site in enumerate(FACE) if site.muscle not in ("ZYG", "LLS")]
    other = [c for c in quiet if FACE[c].side is Side.LEFT]
    affected = [c for c in quiet if FACE[c].side is Side.RIGHT]
    assert along[2000, other].mean() > along[2000, affected].mean()


def test_the_muscles_follow_a_cue_after_the_reaction() -> None:
    led, _ = levels(Effort(reaction_s=0.4, variation=0.0, sides_variation=0.0, tremor=0.0))
    onset = np.flatnonzero(led[:, ZYG[0]])[0]
    assert 1000 + 75 < onset < 1000 + 125


def test_attempts_vary_naturally_and_p17_sides_nearly_agree() -> None:
    holds = np.array(
        [
            levels(Effort(), start + 1500, start + 2250)[0][:, ZYG].mean(0)
            for start in range(0, 275_000, 2750)
        ]
    )
    assert holds.mean() == pytest.approx(0.8, rel=0.05)
    assert 0.05 < holds.std() / holds.mean() < 0.15
    assert np.abs(holds[:, 0] - holds[:, 1]).mean() < 0.1


def test_levels_do_not_depend_on_where_a_stretch_begins() -> None:
    for whole, part in zip(levels(Effort()), levels(Effort(), 1234), strict=True):
        np.testing.assert_array_equal(whole[1234:], part)


def test_blinks_come_about_as_often_as_asked_and_are_short() -> None:
    train = BlinkTrain(Blinks(every_s=5.0), STREAM, seed=1)
    level = train.at(0, 75_000)
    closed = np.diff((level > 0.0).astype(int))
    assert (closed == 1).sum() == 60
    lengths = np.flatnonzero(closed == -1) - np.flatnonzero(closed == 1)
    assert lengths.max() / 250.0 < 0.3
    assert 0.6 < level.max() < 1.3
    np.testing.assert_array_equal(level[5000:9000], train.at(5000, 9000))


def test_nobody_blinks_before_the_stream_or_when_told_not_to() -> None:
    assert not BlinkTrain(Blinks(), STREAM, seed=1).at(-5000, 0).any()
    assert not BlinkTrain(Blinks(every_s=0.0), STREAM, seed=1).at(0, 5000).any()


@pytest.mark.parametrize(
    "wrong", [{"reaction_s": 2.0}, {"fall_s": 0.0}, {"variation": 0.9}, {"along": -0.1}]
)
def test_efforts_that_no_person_makes_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        Effort(**wrong)


@pytest.mark.parametrize("wrong", [{"every_s": 0.3}, {"length_s": 0.0}, {"peak": -1.0}])
def test_blinks_that_run_into_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"blinks|length_s"):
        Blinks(**wrong)
