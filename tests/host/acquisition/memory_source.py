"""A source in memory: noise whose every sample is known."""

import numpy as np

from host.acquisition.source import Link, LinkState, Unconnected
from host.chain.stream import Chunk, FloatArray, Stream, channel_names


class MemorySource(Unconnected):
    """Plays an array in chunks, without the samples named in `lost`."""

    def __init__(
        self, data: FloatArray, *, rate_hz: float = 250.0, lost: frozenset[int] = frozenset()
    ) -> None:
        self.stream = Stream(rate_hz=rate_hz, channels=channel_names(data.shape[1]))
        self.data = self.stream.on_grid(data)
        keep = np.array([index for index in range(len(data)) if index not in lost], dtype=np.int64)
        edges = np.flatnonzero((np.diff(keep) != 1) | (keep[1:] % 25 == 0)) + 1
        self._runs = [run for run in np.split(keep, edges) if len(run)]
        self._ended = False

    @property
    def state(self) -> LinkState:
        """Return whether the array is at its end."""
        return LinkState(link=Link.ENDED if self._ended else Link.STREAMING)

    def read(self, timeout_s: float) -> Chunk | None:
        """Return the next run of at most 25 samples."""
        if not self._runs:
            self._ended = True
            return None
        run = self._runs.pop(0)
        return Chunk(int(run[0]), self.data[run])


def noise(seconds: float, *, rate_hz: float = 250.0, channels: int = 8) -> FloatArray:
    """Return seeded noise that fits a facial EMG's size, with an electrode offset."""
    rng = np.random.default_rng(7)
    offsets = rng.normal(0.0, 20_000.0, channels)
    return rng.normal(offsets, 50.0, (round(seconds * rate_hz), channels))
