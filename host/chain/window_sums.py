"""Sums of whole numbers over windows of several lengths that end with each hop."""

from collections.abc import Iterator

import numpy as np

from host.chain.stream import FloatArray, IntArray


class WindowSums:
    """Power and number of samples in windows of some lengths, from running sums.

    A running sum of whole numbers is exact, and its differences are right even where it has
    wrapped around: unlike one of floats, it does not depend on where it began.
    """

    def __init__(self, lengths: IntArray, channels: int, per_hop: int) -> None:
        self._lengths = lengths
        self._longest = int(lengths[-1])
        self._per_hop = per_hop
        self._channels = channels
        steps = per_hop * np.arange(1, self._longest + 1, dtype=np.int64)
        self._ramp = np.repeat(steps[:, np.newaxis], channels, axis=1)
        full = (lengths * per_hop).astype(np.float64)
        self.sound = np.repeat(full[:, np.newaxis, np.newaxis], channels, axis=2)
        """Numbers of samples where none is missing, `(n_windows, 1, n_channels)`."""
        self.restart()

    def restart(self) -> None:
        """Begin anew: no sample before the next hop."""
        shape = self._longest, self._channels
        self._powers: IntArray = np.zeros(shape, dtype=np.int64)
        self._weights: IntArray = np.zeros(shape, dtype=np.int64)
        self._full = 0
        """How many hops have been without a flaw, up to the last one."""

    def extend(self, powers: IntArray, weights: IntArray | None) -> None:
        """Add hops, `(n_hops, n_channels)`; without weights all their samples are good."""
        count = len(powers)
        self._powers = _continued(self._powers[-self._longest :], powers)
        self._full = self._full + count if weights is None else 0
        if self._complete:
            self._weights = self._ramp
            return
        if weights is None:
            weights = np.full(powers.shape, self._per_hop, dtype=np.int64)
        self._weights = _continued(self._weights[-self._longest :], weights)

    def windows(self, rows: int) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield power and number of samples in every window, for so many new hops at a time.

        `(n_windows, n_hops, n_channels)`; the numbers are `sound` itself where no sample is missing
        in any window.
        """
        count = len(self._powers) - self._longest
        for row in range(0, count, rows):
            part = slice(row, min(row + rows, count) + self._longest)
            power = self._in_windows(self._powers[part])
            yield power, self.sound if self._complete else self._in_windows(self._weights[part])

    @property
    def _complete(self) -> bool:
        """Whether no window that ends with a new hop lacks a sample."""
        return self._full >= len(self._powers)

    def _in_windows(self, running: IntArray) -> FloatArray:
        """Return the sum over every window that ends with each of the new hops."""
        count = len(running) - self._longest
        newest = np.arange(self._longest, self._longest + count)
        before = running.take(newest - self._lengths[:, np.newaxis], axis=0)
        np.subtract(running[self._longest :], before, out=before)
        return before.astype(np.float64)


def _continued(running: IntArray, parts: IntArray) -> IntArray:
    """Go on with running sums."""
    joined = np.concatenate([running[-1:], parts])
    np.cumsum(joined, axis=0, out=joined)
    return np.concatenate([running, joined[1:]])
