"""What the chain says of a recording, as calibration takes it in: powers, quality, samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.segments import Segment
from calibration.traces import FloatArray

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Levels:
    """Consecutive hops from sample 0; arrays are `(n_hops, n_channels)` unless said."""

    power_uv2: FloatArray
    """Mean power of the hop in the EMG band; NaN where unknown."""
    known: BoolArray
    """Whether there was a signal that can be used."""
    clipped: BoolArray
    mains: BoolArray
    """Whether hum was too strong to judge the muscle."""
    loose: BoolArray
    """Whether an electrode seemed to have no contact."""
    hop: int
    """Samples."""
    rate_hz: float
    band_hz: tuple[float, float]
    """Where the chain passes the signal."""
    shown_uv: FloatArray | None = None
    """The displayed estimator's level, RMS with noise in it; None where it is the hop's own."""
    samples_uv: FloatArray | None = None
    """`(n_samples, n_channels)`, band-passed; None where only powers are at hand."""

    def __post_init__(self) -> None:
        """Refuse arrays that do not belong together."""
        shape = self.power_uv2.shape
        shapes = {one.shape for one in (self.known, self.clipped, self.mains, self.loose)}
        if self.shown_uv is not None:
            shapes.add(self.shown_uv.shape)
        if len(shape) != 2 or shapes != {shape}:
            raise ValueError("levels and quality must all be (n_hops, n_channels)")
        if not (self.hop >= 1 and self.rate_hz > 0.0):
            raise ValueError(f"need hop >= 1 and rate_hz > 0, got {self.hop} and {self.rate_hz}")
        if not 0.0 <= self.band_hz[0] < self.band_hz[1] <= self.rate_hz / 2.0:
            raise ValueError(f"band_hz must lie within {self.rate_hz / 2} Hz, got {self.band_hz}")
        if self.samples_uv is not None and self.samples_uv.shape[1] != shape[1]:
            raise ValueError("samples must be of the same channels")

    @property
    def channels(self) -> int:
        """Number of columns."""
        return int(self.power_uv2.shape[1])

    @property
    def samples(self) -> int:
        """Number of samples that all hops span."""
        return len(self.power_uv2) * self.hop

    def powers(self, segment: Segment, channel: int) -> FloatArray:
        """Return the powers of one channel in a stretch, NaN where unknown, `(n,)`."""
        rows = segment.rows(self.hop)
        power = self.power_uv2[rows, channel]
        return np.where(self.known[rows, channel], power, np.nan)

    def shown(self, segment: Segment, channel: int) -> FloatArray:
        """Return the displayed levels of one channel in a stretch, NaN where unknown."""
        if self.shown_uv is None:
            return np.sqrt(self.powers(segment, channel))
        rows = segment.rows(self.hop)
        return np.where(self.known[rows, channel], self.shown_uv[rows, channel], np.nan)

    def raw(self, segment: Segment) -> FloatArray | None:
        """Return the samples of a stretch, `(n, n_channels)`."""
        return None if self.samples_uv is None else self.samples_uv[segment.start : segment.stop]

    def known_samples(self, segment: Segment) -> BoolArray:
        """Return which samples of a stretch are known, `(n, n_channels)`."""
        known: BoolArray = np.repeat(self.known, self.hop, axis=0)[segment.start : segment.stop]
        return known

    def means(self, powers: FloatArray, seconds: float) -> FloatArray:
        """Average powers over whole pieces of so long; NaN where a piece is not wholly known."""
        per_piece = max(1, round(seconds * self.rate_hz / self.hop))
        whole = len(powers) // per_piece * per_piece
        means: FloatArray = powers[:whole].reshape(-1, per_piece).mean(axis=1)
        return means
