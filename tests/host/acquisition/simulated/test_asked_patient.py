"""A patient who is asked at runtime: same seed and same asks, same samples, a true truth."""

import numpy as np
import pytest
from hypothesis import given, settings

from calibration.montage import montages
from calibration.muscles import Side
from calibration.patterns import Pattern
from host.acquisition.simulated.effort import Blinks
from host.acquisition.simulated.patient import PatientSource, SimulatedPatient
from host.acquisition.simulated.script import WAITING, Script, Step
from host.acquisition.simulated.settings import PatientSettings
from tests.cuts import cuts

FACE = montages()["face-4"]
STILL = PatientSettings(montage=FACE, script=WAITING, blinks=Blinks(every_s=0.0))
SMILE = Step(pattern="gentle closed smile", rest_s=0.5, rise_s=0.5, hold_s=1.0, release_s=0.3)
LEFT, RIGHT = 1, 3
"""Columns of both cheeks."""


def read(cut_points: list[int]) -> np.ndarray:
    """Return 3 s of a patient who was asked to smile at 0.4 s; the first of them uncut."""
    patient = SimulatedPatient(STILL)
    pieces = [patient.read(100).data]
    patient.ask(SMILE, 100)
    for begin, end in zip([0, *cut_points], [*cut_points, 650], strict=True):
        pieces.append(patient.read(end - begin).data)
    return np.concatenate(pieces)


ONCE = read([])


@settings(max_examples=20)
@given(cuts(650))
def test_what_was_asked_gives_the_same_samples_for_every_cut(cut_points: list[int]) -> None:
    np.testing.assert_array_equal(read(cut_points), ONCE)


def test_asking_is_as_good_as_a_script() -> None:
    scripted = Script(steps=(SMILE,), repeat=False)
    one = SimulatedPatient(PatientSettings(montage=FACE, script=scripted, blinks=STILL.blinks))
    other = SimulatedPatient(STILL)
    other.ask(SMILE, 0)
    np.testing.assert_array_equal(one.truth(0, 900).activation, other.truth(0, 900).activation)


def test_nothing_that_was_read_changes_when_something_is_asked() -> None:
    patient = SimulatedPatient(STILL)
    patient.read(333)
    before = patient.truth(0, 333)
    attempt = patient.ask(SMILE)
    after = patient.truth(0, 333)
    assert attempt.start >= 333
    np.testing.assert_array_equal(before.activation, after.activation)


def test_nothing_that_was_read_changes_when_it_is_called_off() -> None:
    patient = SimulatedPatient(STILL)
    patient.ask(SMILE, 0)
    patient.read(300)
    before = patient.truth(0, 300)
    patient.call_off()
    after = patient.truth(0, 900)
    np.testing.assert_array_equal(before.activation, after.activation[:300])
    assert after.activation[500:, LEFT].max() < 0.01


def test_until_somebody_asks_the_face_rests() -> None:
    truth = SimulatedPatient(STILL).truth(0, 2000)
    assert not truth.activation.any()


@pytest.mark.parametrize("side", Side)
def test_one_side_moves_alone_and_a_little_spills_over(side: Side) -> None:
    patient = SimulatedPatient(STILL)
    step = Step(pattern=SMILE.pattern, rest_s=0.5, rise_s=0.5, hold_s=2.0, side=side)
    attempt = patient.ask(step, 0)
    level = patient.truth(attempt.hold + 100, attempt.release).activation.mean(axis=0)
    asked, other = (LEFT, RIGHT) if side is Side.LEFT else (RIGHT, LEFT)
    assert level[asked] > 0.7
    assert 0.05 < level[other] < 0.3


def test_a_pattern_of_ones_own_can_be_asked_for() -> None:
    patient = SimulatedPatient(STILL)
    own = Pattern(name="wink", prompt="Wink", target=("OOC",))
    attempt = patient.ask(Step(pattern="wink", movement=own, side=Side.LEFT), 0)
    level = patient.truth(attempt.hold + 100, attempt.release).activation.mean(axis=0)
    assert level[0] > 0.7
    with pytest.raises(ValueError, match="is not the pattern"):
        Step(pattern="pucker", movement=own)


def test_a_source_passes_on_what_is_asked() -> None:
    patient = SimulatedPatient(STILL)
    source = PatientSource(patient)
    assert source.ask(SMILE, 50).start == 50
    source.call_off(60)
    assert not patient.truth(0, 900).activation.any()
