"""The amplitude of each channel: RMS over a short window, on a grid of hops.

The window moves on the grid of the global sample index, so a level does not depend on how the
samples arrived. Sums are added hop by hop in a fixed order: equal to the last bit for every cut.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from host.chain.conditioning import Conditioned
from host.chain.quality import CodeArray, Flaw, Quality, QualityLimits
from host.chain.stream import FloatArray, IntArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class RmsWindow:
    """Settings of the moving RMS."""

    window_s: float = 0.18
    hop_s: float = 0.008

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


class RmsEnvelope:
    """Moving RMS of the samples that can be believed."""

    def __init__(self, settings: RmsWindow, limits: QualityLimits, stream: Stream) -> None:
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        self._hops = max(1, round(settings.window_s * stream.rate_hz / self.hop))
        self._limits = limits
        self._channels = len(stream.channels)
        self._next = 0
        self._rest = Conditioned(0, *self._nothing())
        self._restart(0)

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""
        if piece.start != self._next:
            self._restart(piece.start)
        self._rest = _joined(self._rest, piece)
        self._next = piece.start + len(piece.data)
        return self._levels()

    def _restart(self, start: int) -> None:
        """Begin at the first hop that lies wholly behind a jump of the sample index."""
        self._next = start
        self._rest = Conditioned(start, *self._nothing())
        self._sums = np.zeros((self._hops - 1, 3, self._channels))
        self._flaws = np.zeros((self._hops - 1, self._channels), dtype=np.uint8)

    def _nothing(self) -> tuple[FloatArray, CodeArray, FloatArray]:
        empty = np.empty((0, self._channels))
        return empty, empty.astype(np.uint8), empty

    def _levels(self) -> Levels:
        """Close the hops that are complete, and judge the windows that end with them."""
        rest = self._rest
        skip = -rest.start % self.hop
        count = max(0, (len(rest.data) - skip) // self.hop)
        first = (rest.start + skip) // self.hop
        lost = np.zeros((count, self._channels), dtype=np.int64)
        if count:
            used = skip + count * self.hop
            lost = self._close(rest, slice(skip, used), count)
            self._rest = Conditioned(
                rest.start + used, rest.data[used:], rest.flaws[used:], rest.hum[used:]
            )
        levels = self._judged(first, count, lost)
        keep = self._hops - 1
        self._sums, self._flaws = self._sums[count:][:keep], self._flaws[count:][:keep]
        return levels

    def _close(self, rest: Conditioned, inside: slice, count: int) -> IntArray:
        """Add up power, hum and number of believable samples of each hop; return the lost."""
        shape = (count, self.hop, self._channels)
        flaws = rest.flaws[inside].reshape(shape)
        parts = np.empty((count, self.hop, 3, self._channels))
        parts[:, :, 2] = flaws == 0
        parts[:, :, 0] = rest.data[inside].reshape(shape) ** 2 * parts[:, :, 2]
        parts[:, :, 1] = rest.hum[inside].reshape(shape) ** 2
        sums = _in_order(parts, axis=1)
        self._sums = np.concatenate([self._sums, sums])
        self._flaws = np.concatenate([self._flaws, np.bitwise_or.reduce(flaws, axis=1)])
        lost: IntArray = np.count_nonzero(flaws & np.uint8(Flaw.LOST), axis=1)
        return lost

    def _judged(self, first: int, count: int, lost: IntArray) -> Levels:
        """Turn sums into levels, and leave out what is not known."""
        if not count:
            empty = np.empty((0, self._channels))
            return Levels(first, self.hop, empty, empty.astype(np.uint8), lost)
        windows = sliding_window_view(self._sums, self._hops, axis=0)
        power, hum, valid = _in_order(windows, axis=-1).transpose(1, 0, 2)
        flaws = np.bitwise_or.reduce(sliding_window_view(self._flaws, self._hops, axis=0), axis=-1)
        quality = self._qualities(hum, valid, flaws)
        rms_uv = np.sqrt(power / np.maximum(valid, 1.0))
        rms_uv[quality > Quality.MAINS] = np.nan
        return Levels(first, self.hop, rms_uv, quality, lost)

    def _qualities(self, hum: FloatArray, valid: FloatArray, flaws: CodeArray) -> CodeArray:
        """Name the worst that is true of each window."""
        samples = self._hops * self.hop
        quality = np.zeros(flaws.shape, dtype=np.uint8)
        quality[hum > samples * self._limits.hum_uv**2] = Quality.MAINS
        quality[valid < self._limits.valid_share * samples] = Quality.GAP
        if flaws.any():
            quality[(flaws & Flaw.SETTLING) != 0] = Quality.SETTLING
            quality[(flaws & Flaw.ARTEFACT) != 0] = Quality.ARTEFACT
            quality[(flaws & Flaw.FLAT) != 0] = Quality.FLAT
            quality[(flaws & Flaw.RAILED) != 0] = Quality.RAILED
        return quality


def _joined(rest: Conditioned, piece: Conditioned) -> Conditioned:
    return Conditioned(
        rest.start,
        np.concatenate([rest.data, piece.data]),
        np.concatenate([rest.flaws, piece.flaws]),
        np.concatenate([rest.hum, piece.hum]),
    )


def _in_order(parts: FloatArray, *, axis: int) -> FloatArray:
    """Sum strictly from first to last: `sum` may pair the terms, by their layout in memory."""
    total: FloatArray = np.add.accumulate(parts, axis=axis).take(-1, axis=axis)
    return total
