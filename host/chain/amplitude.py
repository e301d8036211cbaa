"""The amplitude of each channel: RMS over a short window, on a grid of hops.

The window moves on the grid of the global sample index, so a level does not depend on how the
samples arrived. Sums are added hop by hop in a fixed order: equal to the last bit for every cut.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from host.chain.conditioning import Conditioned
from host.chain.hum import HumLimits, apart
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import FloatArray, IntArray, Stream

Parts = TypeVar("Parts", FloatArray, CodeArray)


@dataclass(frozen=True, slots=True, kw_only=True)
class RmsWindow:
    """Settings of the moving RMS."""

    window_s: float = 0.18
    hop_s: float = 0.004

    def __post_init__(self) -> None:
        """Refuse a window shorter than its hop."""
        if not 0.0 < self.hop_s <= self.window_s <= 2.0:
            raise ValueError(f"need 0 < hop_s <= window_s <= 2, got {self}")


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels at the ends of consecutive hops."""

    first: int
    """Number of the first hop; hop `k` ends before sample `(k + 1) * hop`."""
    hop: int
    """Samples per hop."""
    rms_uv: FloatArray
    """`(n_hops, n_channels)`; NaN where the quality is not usable."""
    quality: CodeArray
    """`Quality`, same shape."""
    lost: IntArray
    """How many samples of each hop never came or came garbled, same shape."""

    def __len__(self) -> int:
        return len(self.rms_uv)

    def rows(self, start: int, stop: int) -> "Levels":
        """Return some of them, by row."""
        return Levels(
            self.first + start,
            self.hop,
            self.rms_uv[start:stop],
            self.quality[start:stop],
            self.lost[start:stop],
        )


class RmsEnvelope:
    """Moving RMS of the samples that can be believed."""

    def __init__(
        self, settings: RmsWindow, limits: QualityLimits, hums: HumLimits, stream: Stream
    ) -> None:
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        self._hops = max(1, round(settings.window_s * stream.rate_hz / self.hop))
        self._limits = limits
        self._hums = hums
        self._channels = len(stream.channels)
        self._start = self._stop = -1
        self._squares = np.empty((2, self._channels, 0))
        """Power and hum of each sample that is in no hop yet; 0 power where it is flawed."""
        self._row_flaws = np.empty((self._channels, 0), dtype=np.uint8)
        self._sums = np.empty((0, 3, self._channels))
        """Power, hum and number of good samples of each hop that the next window still needs."""
        self._flaws = np.empty((0, self._channels), dtype=np.uint8)

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""
        if piece.start != self._stop:
            self._restart(piece.start)
        before = self._squares.shape[2]
        squares = np.empty((2, self._channels, before + len(piece.data)))
        squares[:, :, :before] = self._squares
        power, hum = squares[:, :, before:]
        np.square(piece.data.T, out=power)
        np.square(piece.hum.T, out=hum)
        if piece.flaws.any():
            power *= piece.flaws.T == 0
        self._squares = squares
        self._row_flaws = np.concatenate([self._row_flaws, piece.flaws.T], axis=1)
        self._stop = piece.start + len(piece.data)
        return self._levels()

    def _restart(self, start: int) -> None:
        """Begin at the first hop that lies wholly behind a jump of the sample index."""
        self._start = start
        self._squares, self._row_flaws = self._squares[:, :, :0], self._row_flaws[:, :0]
        self._sums = np.zeros((self._hops - 1, 3, self._channels))
        self._flaws = np.zeros((self._hops - 1, self._channels), dtype=np.uint8)

    def _levels(self) -> Levels:
        """Close the hops that are complete, and judge the windows that end with them."""
        skip = -self._start % self.hop
        count = max(0, (self._squares.shape[2] - skip) // self.hop)
        first = (self._start + skip) // self.hop
        if not count:
            empty = np.empty((0, self._channels))
            codes = empty.astype(np.uint8)
            return Levels(first, self.hop, empty, codes, codes.astype(np.int64))
        lost = self._close(skip, count)
        levels = self._judged(first, lost)
        self._sums, self._flaws = self._sums[count:], self._flaws[count:]
        return levels

    def _close(self, skip: int, count: int) -> IntArray:
        """Sum up `count` hops, sample by sample; return how many samples each has lost."""
        used = skip + count * self.hop
        squares = self._squares[:, :, skip:used].reshape(2, self._channels, count, self.hop)
        flaws = self._row_flaws[:, skip:used].reshape(self._channels, count, self.hop)
        sums = np.empty((count, 3, self._channels))
        sums[:, :2] = _in_order([squares[..., k] for k in range(self.hop)]).transpose(2, 0, 1)
        sums[:, 2] = self.hop
        lost: IntArray = np.zeros((count, self._channels), dtype=np.int64)
        worst = np.zeros((count, self._channels), dtype=np.uint8)
        if flaws.any():
            sums[:, 2] -= np.count_nonzero(flaws, axis=2).T
            lost[:] = np.count_nonzero(flaws & np.uint8(Flaw.LOST), axis=2).T
            worst[:] = np.bitwise_or.reduce(flaws, axis=2).T
        self._sums = np.concatenate([self._sums, sums])
        self._flaws = np.concatenate([self._flaws, worst])
        self._squares, self._row_flaws = self._squares[:, :, used:], self._row_flaws[:, used:]
        self._start += used
        return lost

    def _judged(self, first: int, lost: IntArray) -> Levels:
        """Turn sums into levels, and leave out what is not known."""
        power, hum, valid = _windows(self._sums, self._hops).transpose(1, 0, 2).copy()
        quality = self._qualities(hum, valid)
        rms_uv = np.sqrt(power / np.maximum(valid, 1.0))
        rms_uv[quality > _USABLE] = np.nan
        return Levels(first, self.hop, rms_uv, quality, lost)

    def _qualities(self, hum: FloatArray, valid: FloatArray) -> CodeArray:
        """Name the worst that is true of each window."""
        samples = self._hops * self.hop
        quality = np.zeros(hum.shape, dtype=np.uint8)
        needed = self._limits.valid_share * samples
        suspect_uv = min(self._limits.hum_uv, self._hums.apart_floor_uv)
        some = self._flaws.any()
        if not some and valid.min() >= needed and hum.max() <= samples * suspect_uv**2:
            return quality
        quality[hum > samples * self._limits.hum_uv**2] = Quality.MAINS
        quality[valid < needed] = Quality.GAP
        if some:
            flaws = _windows(self._flaws, self._hops, np.bitwise_or)
            for flaw, code in _WORSE:
                quality[(flaws & np.uint8(flaw)) != 0] = code
        hum_uv = np.sqrt(hum / samples)
        quality[apart(hum_uv, quality <= _USABLE, self._hums)] = Quality.LOOSE
        return quality


_USABLE = np.uint8(Quality.MAINS)
"""As a number: NumPy takes its time to compare arrays with an enumeration."""

_WORSE = (
    (Flaw.SETTLING, Quality.SETTLING),
    (Flaw.ARTEFACT, Quality.ARTEFACT),
    (Flaw.HUMMING, Quality.LOOSE),
    (Flaw.FLAT, Quality.FLAT),
    (Flaw.RAILED, Quality.RAILED),
)
"""One such sample in a window is enough; the later ones outdo the earlier."""


def _in_order(parts: list[FloatArray]) -> FloatArray:
    """Add arrays strictly from first to last: `sum` may pair them, by their layout in memory."""
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total


def _windows(parts: Parts, width: int, add: np.ufunc = np.add) -> Parts:
    """Sum every `width` consecutive rows, each window in the same order: 45 = 32 + 8 + 4 + 1.

    Runs of two are added to runs of four and so on, so there are few additions, and no running
    sum that would depend on where it began.
    """
    count = len(parts) - width + 1
    total, done, run, length = np.zeros(parts[:count].shape, parts.dtype), 0, parts, 1
    while True:
        if width & length:
            add(total, run[done : done + count], out=total)
            done += length
        if done == width:
            return total
        run = add(run[:-length], run[length:])
        length *= 2
