"""What frames say of certainty and crosstalk where a test has nothing to say about it."""

from typing import TypedDict

import numpy as np

from calibration.reference import first_guess
from host.chain.stream import BoolArray, FloatArray
from host.detection.certainty import Certainty


class Plain(TypedDict):
    """Those fields of a frame."""

    certainty: Certainty
    total: FloatArray
    explained: FloatArray
    crosstalk: BoolArray


def plain(activation: FloatArray) -> Plain:
    """Return the fields where nothing is separated, and each level is known to a tenth."""
    return Plain(
        certainty=Certainty(
            reference=first_guess(np.zeros(activation.shape[-1])),
            freedom=np.full(activation.shape, 50.0),
        ),
        total=activation,
        explained=np.zeros(activation.shape),
        crosstalk=np.zeros(activation.shape, dtype=np.bool_),
    )
