"""Cut samples into hops on the grid of the global sample index, and count what is good in each."""

from dataclasses import dataclass

import numpy as np

from host.chain.quality import CodeArray, Flaw
from host.chain.stream import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Hops:
    """Consecutive whole hops; `tracks` are curves that go along with the samples."""

    first: int
    """Number of the first hop; hop `k` ends before sample `(k + 1) * hop`."""
    tracks: FloatArray
    """`(n_tracks, n_channels, n_hops, hop)`."""
    flaws: CodeArray
    """`Flaw` bits, `(n_channels, n_hops, hop)`."""
    flawed: bool
    """Whether there is any flaw."""

    def __len__(self) -> int:
        return int(self.flaws.shape[1])

    def sums(self, *tracks: int) -> FloatArray:
        """Return the sums of some tracks and the number of good samples.

        `(n_hops, n_tracks + 1, n_channels)`; samples are added strictly from first to last.
        """
        channels, count, hop = self.flaws.shape
        sums = np.empty((count, len(tracks) + 1, channels))
        chosen = self.tracks[tracks[0] : tracks[-1] + 1]
        sums[:, :-1] = in_order([chosen[..., k] for k in range(hop)]).transpose(2, 0, 1)
        sums[:, -1] = hop
        if self.flawed:
            sums[:, -1] -= np.count_nonzero(self.flaws, axis=2).T
        return sums

    def lost(self) -> IntArray:
        """Return how many samples never came or came garbled, `(n_hops, n_channels)`."""
        if not self.flawed:
            return np.zeros(self.flaws.shape[1::-1], dtype=np.int64)
        lost: IntArray = np.count_nonzero(self.flaws & np.uint8(Flaw.LOST), axis=2).T.copy()
        return lost

    def worst(self) -> CodeArray:
        """Return all flaws that a sample of the hop has, `(n_hops, n_channels)`."""
        if not self.flawed:
            return np.zeros(self.flaws.shape[1::-1], dtype=np.uint8)
        worst: CodeArray = np.bitwise_or.reduce(self.flaws, axis=2).T.copy()
        return worst


class HopCutter:
    """Keeps the samples of the hop that is not complete yet."""

    def __init__(self, hop: int, tracks: int, channels: int) -> None:
        self._hop = hop
        self._start = self.stop = -1
        self._tracks = np.empty((tracks, channels, 0))
        self._flaws = np.empty((channels, 0), dtype=np.uint8)

    def restart(self, start: int) -> None:
        """Begin at the first hop that lies wholly behind a jump of the sample index."""
        self._start = self.stop = start
        self._tracks, self._flaws = self._tracks[:, :, :0], self._flaws[:, :0]

    def extend(self, flaws: CodeArray) -> FloatArray:
        """Add `(n_samples, n_channels)` flaws; return where their tracks are to be written.

        `(n_tracks, n_channels, n_samples)`.
        """
        before, count = self._tracks.shape[2], len(flaws)
        tracks = np.empty((*self._tracks.shape[:2], before + count))
        tracks[:, :, :before] = self._tracks
        self._tracks = tracks
        self._flaws = np.concatenate([self._flaws, flaws.T], axis=1)
        self.stop += count
        return tracks[:, :, before:]

    def cut(self) -> Hops:
        """Return the hops that are complete."""
        skip = -self._start % self._hop
        count = max(0, (self._flaws.shape[1] - skip) // self._hop)
        first = (self._start + skip) // self._hop
        used = skip + count * self._hop if count else 0
        begin = min(skip, used)
        kinds, channels = self._tracks.shape[:2]
        tracks = self._tracks[:, :, begin:used].reshape(kinds, channels, count, self._hop)
        flaws = self._flaws[:, begin:used].reshape(channels, count, self._hop)
        self._tracks, self._flaws = self._tracks[:, :, used:], self._flaws[:, used:]
        self._start += used
        return Hops(first, tracks, flaws, bool(np.count_nonzero(flaws)))


def in_order(parts: list[FloatArray]) -> FloatArray:
    """Add arrays strictly from first to last: `sum` may pair them, by their layout in memory."""
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total
