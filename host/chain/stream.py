"""A stream of samples and the pieces it arrives in."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

DIGITAL_MAX = 2**23 - 1
"""Largest count of a 24-bit recording; the ADS1299's one count below its negative is folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What is true of every sample of a source."""

    rate_hz: float
    """Samples per second and channel, as claimed; sources refuse a board that is > 2 % off."""
    channels: tuple[str, ...]
    """Names of the wires, in column order: `ch1`, `ch2`, …"""
    range_uv: float = 187_500.0
    """Largest magnitude that the converter can give; a channel that stays there is railed."""
    bandwidth_hz: float | None = None
    """-3 dB bandwidth of the board's converter, where it is below half the rate."""
    resolution_uv: float | None = None
    """One step of the board's converter, where it is far coarser than the recorder's grid."""

    def __post_init__(self) -> None:
        """Refuse a stream that cannot be filtered."""
        if not (math.isfinite(self.rate_hz) and self.rate_hz >= 100.0):
            raise ValueError(
                f"surface EMG needs at least 100 samples per second, got {self.rate_hz}"
            )
        if not self.channels:
            raise ValueError("a stream needs at least one channel")
        if len(set(self.channels)) != len(self.channels):
            raise ValueError(f"channel names must differ, got {self.channels}")
        if not (math.isfinite(self.range_uv) and self.range_uv > 0):
            raise ValueError(f"range_uv must be positive, got {self.range_uv}")
        if self.resolution_uv is not None and not 0.0 < self.resolution_uv < self.range_uv:
            raise ValueError(f"resolution_uv must be within the range, got {self.resolution_uv}")

    @property
    def step_uv(self) -> float:
        """One step of the recorder's 24-bit grid."""
        return self.range_uv / DIGITAL_MAX

    def on_grid(self, data_uv: FloatArray) -> FloatArray:
        """Round `(n_samples, n_channels)` microvolts to the recorder's grid; NaN is refused."""
        counts = np.rint(np.asarray(data_uv, dtype=np.float64) / self.step_uv)
        if np.isnan(counts).any():
            raise ValueError("a sample on the recorder's grid cannot be NaN")
        return np.clip(counts, -DIGITAL_MAX, DIGITAL_MAX) * self.step_uv

    def samples(self, seconds: float) -> int:
        """Return the nearest whole number of samples, at least one."""
        return max(1, round(seconds * self.rate_hz))


def channel_names(count: int) -> tuple[str, ...]:
    """Name `count` wires as the boards number them: from 1."""
    return tuple(f"ch{number}" for number in range(1, count + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Consecutive samples; a gap in the stream is a jump of `start` between chunks."""

    start: int
    """Index of the first sample since the stream began; lost samples are counted too."""
    data: FloatArray
    """Microvolts on the recorder's grid, `(n_samples, n_channels)`."""

    def __len__(self) -> int:
        return len(self.data)

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.start + len(self.data)
