"""Samples as a loudspeaker wants them: bytes, and how many of them may wait. No Qt."""

import enum

import numpy as np

from host.feedback.sound.synth import Samples

CHANNELS = 2
BUFFER_S = 0.02
"""What a loudspeaker may hold back at most: feedback that comes late teaches less (T4)."""


class Coding(enum.Enum):
    """How one sample of one ear is written; the value is its size in bytes."""

    INT16 = 2
    FLOAT32 = 4

    @property
    def frame_bytes(self) -> int:
        """Size of one sample of both ears."""
        return CHANNELS * self.value


def buffer_bytes(rate_hz: int, coding: Coding) -> int:
    """Return the size of the largest buffer of whole frames that holds no more than 20 ms."""
    return int(rate_hz * BUFFER_S) * coding.frame_bytes


def encoded(samples: Samples, coding: Coding) -> bytes:
    """Return samples as bytes, ear by ear, in the machine's own byte order."""
    if coding is Coding.FLOAT32:
        return bytes(samples.astype(np.float32).data)
    return bytes(np.rint(np.clip(samples, -1.0, 1.0) * 32767.0).astype(np.int16).data)
