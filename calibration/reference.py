"""What a level means: the resting level, the noise floor, and the gentle reference (T3)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

GENTLE_UV = 20.0
"""Reference while nobody has calibrated: the upper end of a gentle contraction (T4: 5–20 µV)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reference:
    """Per channel, in microvolts RMS; NaN where not known yet."""

    rest_uv: FloatArray
    """Noise-corrected amplitude at rest, `(n_channels,)`."""
    noise_uv: FloatArray
    """Noise of electrode and amplifier, RMS."""
    gentle_uv: FloatArray
    """Noise-corrected amplitude of the muscle's own gentle pattern; never a maximal one (P8)."""
    calibrated: bool
    """Whether a therapist's calibration stands behind these, or only a first guess."""
    spread: FloatArray | None = None
    """How sure the gentle reference is, as `ChannelNumbers.reference_spread`, `(n_channels,)`; None
    or NaN where nobody knows."""

    def __post_init__(self) -> None:
        """Refuse references that turn levels around."""
        if not (self.rest_uv.shape == self.noise_uv.shape == self.gentle_uv.shape):
            raise ValueError("rest, noise and gentle reference must be of the same channels")
        if self.spread is not None and self.spread.shape != self.gentle_uv.shape[-1:]:
            raise ValueError("need one spread for each channel")
        if (self.gentle_uv <= 0).any() or (self.noise_uv < 0).any() or (self.rest_uv < 0).any():
            raise ValueError(f"need gentle > 0, noise >= 0 and rest >= 0, got {self}")

    def amplitude_uv(self, rms_uv: FloatArray) -> FloatArray:
        """Take the noise out of RMS levels `(…, n_channels)`: `sqrt(max(rms² − noise², 0))`."""
        power: FloatArray = np.maximum(rms_uv**2 - self.noise_uv**2, 0.0)
        amplitude: FloatArray = np.sqrt(power)
        return amplitude

    def activation(self, rms_uv: FloatArray) -> FloatArray:
        """Return the share of the gentle reference, `max(e − rest, 0) / ref` (T3)."""
        above: FloatArray = np.maximum(self.amplitude_uv(rms_uv) - self.rest_uv, 0.0)
        return above / self.gentle_uv


def first_guess(rest_rms_uv: FloatArray, gentle_uv: float = GENTLE_UV) -> Reference:
    """Return a reference from the resting level alone: a gentle 20 µV above it, not calibrated."""
    return Reference(
        rest_uv=rest_rms_uv,
        noise_uv=np.zeros_like(rest_rms_uv),
        gentle_uv=np.full_like(rest_rms_uv, gentle_uv),
        calibrated=False,
    )
