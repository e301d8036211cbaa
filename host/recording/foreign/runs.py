"""Continuous stretches of a recording: in memory, or in a file and decoded when asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from host.chain.stream import Chunk, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileRun:
    """Consecutive samples of a file, of which nothing is decoded yet."""

    start: int
    """Index of the first sample, as in a chunk."""
    length: int
    at: int
    """Which sample of the file the first one is: gaps are not counted."""
    decode: Callable[[int, int], FloatArray]
    """Return `(stop - start, n_channels)` microvolts of the file's samples."""

    def __len__(self) -> int:
        return self.length

    @property
    def stop(self) -> int:
        """Index after the last sample."""
        return self.start + self.length

    @property
    def data(self) -> FloatArray:
        """All samples, decoded anew each time."""
        return self.part(self.start, self.stop)

    def part(self, start: int, stop: int) -> FloatArray:
        """Return the samples from index `start` to `stop`."""
        ahead = self.at - self.start
        return self.decode(start + ahead, stop + ahead)


Run: TypeAlias = Chunk | FileRun
"""Both have `start`, `stop`, a length and `data`."""


def part_of(run: Run, start: int, stop: int) -> FloatArray:
    """Return the samples from index `start` to `stop`, which must lie in the run."""
    if isinstance(run, FileRun):
        return run.part(start, stop)
    return run.data[start - run.start : stop - run.start]
