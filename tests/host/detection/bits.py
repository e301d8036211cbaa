"""Frames as something that two of them can be compared by, to the last bit."""

import numpy as np

from host.detection.attempted import Attempted
from host.detection.certainty import Certainty
from host.detection.frame import Frame


def as_bits(frame: Frame) -> tuple[object, ...]:
    """Return all that a frame says; NaN equals NaN."""
    return tuple(_bits(getattr(frame, name), frame) for name in Frame.__slots__)


def attempt_bits(attempt: Attempted) -> tuple[object, ...]:
    """Return all that is known of an attempt."""
    course = attempt.course
    powers = (course.first, course.channels, course.powers.tobytes())
    told = (attempt.number, attempt.start, attempt.stop, attempt.hold, attempt.release)
    return (*powers, *told, attempt.states, attempt.findings, attempt.cut)


def _bits(value: object, frame: Frame) -> object:
    if isinstance(value, Certainty):
        return tuple(end.tobytes() for end in value.interval(frame.rms_uv))
    if isinstance(value, tuple):
        return tuple(attempt_bits(one) if isinstance(one, Attempted) else one for one in value)
    return value.tobytes() if isinstance(value, np.ndarray) else value
