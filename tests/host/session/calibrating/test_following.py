"""The simulated patient does what a calibration asks for, when it asks for it."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.muscles import Side
from host.session.calibrating.protocol import ProtocolStep, StepKind
from tests.host.session.calibrating.courses import Bedside, smile


def level(bedside: Bedside, start_s: float, stop_s: float, channel: int) -> np.ndarray:
    """Return the true activation of a channel's muscle."""
    rate_hz = bedside.patient.stream.rate_hz
    truth = bedside.patient.truth(round(start_s * rate_hz), round(stop_s * rate_hz))
    return truth.activation[:, channel]


def test_each_hold_is_held_while_it_is_marked() -> None:
    bedside = Bedside((smile(holds=2),))
    bedside.go(7.0)
    for segment in bedside.course.segments:
        truth = bedside.patient.truth(segment.start + 100, segment.stop)
        assert truth.activation[:, 1].min() > 0.6


def test_the_side_that_is_asked_moves_and_the_other_hardly() -> None:
    bedside = Bedside((smile(holds=1, side=Side.LEFT),))
    bedside.go(3.0)
    assert level(bedside, 1.5, 2.5, 1).mean() > 0.7
    assert level(bedside, 1.5, 2.5, 3).mean() < 0.3


def test_a_ramp_rises_all_the_time() -> None:
    ramp: ProtocolStep = replace(smile(holds=1), kind=StepKind.RAMP, rise_s=0.0, hold_s=6.0)
    bedside = Bedside((ramp,))
    bedside.go(7.0)
    seconds = level(bedside, 0.7, 6.2, 1).reshape(5, -1).mean(axis=1)
    assert (np.diff(seconds) > 0.05).all()


@pytest.mark.parametrize("chunk_s", [0.02, 0.1, 0.25])
def test_the_same_course_gives_the_same_samples_whatever_the_chunks(chunk_s: float) -> None:
    one, other = Bedside((smile(holds=2),)), Bedside((smile(holds=2),), chunk_s=chunk_s)
    for bedside in (one, other):
        bedside.go(6.0)
    np.testing.assert_array_equal(
        one.course.material.heard(1250).power_uv2, other.course.material.heard(1250).power_uv2
    )
