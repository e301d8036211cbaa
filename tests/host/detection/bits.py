"""Frames as something that two of them can be compared by, to the last bit."""

import numpy as np

from host.detection.certainty import Certainty
from host.detection.frame import Frame


def as_bits(frame: Frame) -> tuple[object, ...]:
    """Return all that a frame says; NaN equals NaN."""
    return tuple(_bits(getattr(frame, name), frame) for name in Frame.__slots__)


def _bits(value: object, frame: Frame) -> object:
    if isinstance(value, Certainty):
        return tuple(end.tobytes() for end in value.interval(frame.rms_uv))
    return value.tobytes() if isinstance(value, np.ndarray) else value
