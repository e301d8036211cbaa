"""What frames say where a test has nothing to say about it: nothing moves, and nobody touches."""

from typing import Any, TypedDict

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
    moving: BoolArray
    released: BoolArray
    may_go_on: Any
    """`bool` in a frame, an array in frames."""
    blinking: BoolArray
    touched: BoolArray


def plain(activation: FloatArray) -> Plain:
    """Return the fields where nothing is separated, and each level is known to a tenth."""
    nowhere = np.zeros(activation.shape, dtype=np.bool_)
    return Plain(
        certainty=Certainty(
            reference=first_guess(np.zeros(activation.shape[-1])),
            freedom=np.full(activation.shape, 50.0),
        ),
        total=activation,
        explained=np.zeros(activation.shape),
        crosstalk=nowhere,
        moving=nowhere,
        released=nowhere,
        may_go_on=nowhere[..., 0] if nowhere.ndim > 1 else False,
        blinking=nowhere,
        touched=np.zeros(activation.shape[-1], dtype=np.bool_),
    )
