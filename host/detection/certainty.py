"""How sure an activation is: the scatter of its power, and what may still be crosstalk."""

from dataclasses import dataclass

import numpy as np

from calibration.freedom import amplitude_interval
from calibration.reference import Reference
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Certainty:
    """What the interval of an activation follows from; computed only where it is asked for."""

    reference: Reference
    """By which levels became activations; each part `(n_channels,)`, or one row a frame."""
    freedom: FloatArray
    """Degrees of freedom of each level's power, `(n_frames, n_channels)` or `(n_channels,)`."""
    doubt: FloatArray | None = None
    """Share of the power that may be crosstalk still, same shape; None where none is taken out."""

    def at(self, row: int) -> "Certainty":
        """Return that of one frame."""
        parts = (self.reference.rest_uv, self.reference.noise_uv, self.reference.gentle_uv)
        rest, noise, gentle = (part[row] if part.ndim > 1 else part for part in parts)
        calibrated = self.reference.calibrated
        return Certainty(
            reference=Reference(
                rest_uv=rest, noise_uv=noise, gentle_uv=gentle, calibrated=calibrated
            ),
            freedom=self.freedom[row],
            doubt=None if self.doubt is None else self.doubt[row],
        )

    def interval(self, rms_uv: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the ends of the 95 % interval of the activation at these levels, same shape.

        All that may be crosstalk counts against the lower end. NaN where the level is unknown.
        """
        low_uv, high_uv = amplitude_interval(rms_uv, np.zeros(1), self.freedom)
        if self.doubt is not None:
            low_uv = low_uv * np.sqrt(np.maximum(1.0 - 2.0 * np.nan_to_num(self.doubt), 0.0))
        with np.errstate(invalid="ignore"):
            return self.reference.activation(low_uv), self.reference.activation(high_uv)
