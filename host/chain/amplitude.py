"""The level of each channel on a grid of hops, and how sure it is."""

from dataclasses import dataclass

import numpy as np

from calibration.freedom import amplitude_interval
from host.chain.quality import CodeArray
from host.chain.stream import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Crosstalk:
    """What driven muscles add to each electrode; arrays are `(n_hops, n_channels)`."""

    leaked_uv: FloatArray
    """RMS of what was taken out, over a quarter of a second; NaN where unknown.

    In the units of the levels: `hypot(rms_uv, leaked_uv)` is the level as it came.
    """
    explained: FloatArray
    """Share of the activity's power that comes from driven muscles, 0 to 1; NaN where unknown."""
    doubt: FloatArray
    """Share of what is left that may still be crosstalk; NaN where unknown."""
    suspected: BoolArray
    """Whether most of what the electrode shows is crosstalk, and worth a word."""

    def rows(self, start: int, stop: int) -> "Crosstalk":
        """Return some of them, by row."""
        rows = slice(start, stop)
        return Crosstalk(
            self.leaked_uv[rows], self.explained[rows], self.doubt[rows], self.suspected[rows]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels at the ends of consecutive hops."""

    first: int
    """Number of the first hop; hop `k` ends before sample `(k + 1) * hop`."""
    hop: int
    """Samples per hop."""
    rms_uv: FloatArray
    """Muscle and noise together, `(n_hops, n_channels)`; NaN where the quality is not usable."""
    quality: CodeArray
    """`Quality`, same shape."""
    lost: IntArray
    """How many samples of each hop never came or came garbled, same shape."""
    freedom: FloatArray | None = None
    """Degrees of freedom of `rms_uv` squared, same shape; None where nobody says."""
    noise_uv: FloatArray | None = None
    """RMS of noise that is in `rms_uv`, `(n_channels,)`; None in the plain mode: not known."""
    hop_power_uv2: FloatArray | None = None
    """Mean power of each hop by itself, of the same signal as `rms_uv`: what detection sums up."""
    beside: Crosstalk | None = None
    """What was taken out; None where nothing is separated."""

    def __len__(self) -> int:
        return len(self.rms_uv)

    @property
    def amplitude_uv(self) -> FloatArray:
        """The muscle's amplitude, freed of the noise where that is known; NaN where unknown."""
        if self.noise_uv is None:
            return self.rms_uv
        power: FloatArray = np.maximum(self.rms_uv**2 - self.noise_uv**2, 0.0)
        amplitude: FloatArray = np.sqrt(power)
        return amplitude

    def interval_uv(self, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return where the amplitude lies, in this share of all cases; NaN where unknown."""
        if self.freedom is None:
            unknown = np.full_like(self.rms_uv, np.nan)
            return unknown, unknown
        noise_uv = np.zeros(1) if self.noise_uv is None else self.noise_uv
        return amplitude_interval(self.rms_uv, noise_uv, self.freedom, confidence)

    def rows(self, start: int, stop: int) -> "Levels":
        """Return some of them, by row."""
        return Levels(
            self.first + start,
            self.hop,
            self.rms_uv[start:stop],
            self.quality[start:stop],
            self.lost[start:stop],
            None if self.freedom is None else self.freedom[start:stop],
            self.noise_uv,
            None if self.hop_power_uv2 is None else self.hop_power_uv2[start:stop],
            None if self.beside is None else self.beside.rows(start, stop),
        )
