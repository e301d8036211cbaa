"""How sure an activation is: the scatter of its power, and what may still be crosstalk."""

from dataclasses import dataclass, replace

import numpy as np

from calibration.freedom import amplitude_interval
from calibration.reference import Reference
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What stands behind one level of one channel."""

    rms_uv: float
    freedom: float
    """Degrees of freedom of its power."""
    doubt: float
    """Share of its power that may be crosstalk still."""
    rest_uv: float
    noise_uv: float
    gentle_uv: float

    def chance_above(self, line: float) -> float | None:
        """Return how probable it is that the true activation was above `line`; None: not known.

        `P(chi²(f) <= f · P · (1 − 2 d) / L)`: P is the power of the level with f degrees of
        freedom, d the share of it that may be crosstalk, as in the 95 % interval, and L the power
        at the line, noise included. The fiducial distribution of a mean power (Fisher 1935).
        """
        if not self.freedom > 0.0 or np.isnan(line):
            return None
        at_line = (line * self.gentle_uv + self.rest_uv) ** 2 + self.noise_uv**2
        power = self.rms_uv**2 * max(1.0 - 2.0 * self.doubt, 0.0)
        half = self.freedom / 2.0
        from scipy import special  # takes a while: the first window does not wait for it

        return float(special.gammainc(half, half * power / at_line))


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
        return Certainty(
            reference=reference_at(self.reference, row),
            freedom=self.freedom[row],
            doubt=None if self.doubt is None else self.doubt[row],
        )

    def evidence(self, row: int, channel: int, rms_uv: float) -> Evidence:
        """Return what stands behind one level."""
        parts = (self.reference.rest_uv, self.reference.noise_uv, self.reference.gentle_uv)
        rest, noise, gentle = (
            float(part[row, channel] if part.ndim > 1 else part[channel]) for part in parts
        )
        doubt = 0.0 if self.doubt is None else float(np.nan_to_num(self.doubt[row, channel]))
        return Evidence(
            rms_uv=rms_uv,
            freedom=float(self.freedom[row, channel]),
            doubt=doubt,
            rest_uv=rest,
            noise_uv=noise,
            gentle_uv=gentle,
        )

    def interval(self, rms_uv: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the ends of the 95 % interval of the activation at these levels, same shape.

        All that may be crosstalk counts against the lower end. NaN where the level is unknown.
        """
        low_uv, high_uv = amplitude_interval(rms_uv, np.zeros(1), self.freedom)
        if self.doubt is not None:
            doubt = np.where(np.isnan(self.doubt), 0.0, self.doubt)
            low_uv = low_uv * np.sqrt(np.maximum(1.0 - 2.0 * doubt, 0.0))
        with np.errstate(invalid="ignore"):
            return self.reference.activation(low_uv), self.reference.activation(high_uv)


def reference_at(reference: Reference, row: int) -> Reference:
    """Return what holds in one row of a reference; itself, where it is the same for all."""
    if reference.rest_uv.ndim == 1:
        return reference
    return replace(
        reference,
        rest_uv=reference.rest_uv[row],
        noise_uv=reference.noise_uv[row],
        gentle_uv=reference.gentle_uv[row],
    )
