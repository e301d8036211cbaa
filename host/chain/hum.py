"""An electrode that has come off: it picks up mains from the air, and no muscle.

Once the mains is removed such a channel is as still as a relaxed muscle: the first hazard that this
program must make impossible. What gives it away is the mains itself, many times what it was.
"""

from dataclasses import dataclass

import numpy as np

from host.chain.quality import Hold
from host.chain.stream import BoolArray, FloatArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class HumLimits:
    """Settings: how much more mains is too much."""

    rise: float = 8.0
    """Peak mains over the least that the channel had in any second."""
    floor_uv: float = 400.0
    """Less peak mains than this is never too much."""
    ceiling_uv: float = 12_000.0
    """More than this is too much in any case."""
    hold_s: float = 1.0
    """After the last peak: until the band-stops have let go of it."""
    apart: float = 10.0
    """RMS of a channel's mains over the median of all channels, where there are at least four."""
    apart_floor_uv: float = 400.0

    def __post_init__(self) -> None:
        """Refuse limits that ordinary changes of the mains would pass."""
        if self.rise < 2.0 or self.apart < 2.0:
            raise ValueError(f"mains changes by a factor of 2 all the time, got {self}")
        if not 0.0 < self.floor_uv < self.ceiling_uv or self.hold_s <= 0.0:
            raise ValueError(f"need 0 < floor_uv < ceiling_uv and hold_s > 0, got {self}")


class HumWatch:
    """Compares each channel's mains with its own past, second by second of the sample index."""

    def __init__(self, limits: HumLimits, stream: Stream) -> None:
        channels = len(stream.channels)
        self._limits = limits
        self._per_s = stream.samples(1.0)
        self._usual_uv = np.full(channels, np.inf)
        self._limit_uv = np.full(channels, limits.ceiling_uv)
        self._peak_uv = np.zeros(channels)
        self._whole = np.zeros(channels, dtype=np.int64)
        self._hold = Hold(stream.samples(limits.hold_s), channels)

    def push(self, start: int, hum: FloatArray, sound: BoolArray) -> BoolArray:
        """Return where a channel hums as if its electrode were off.

        `hum` is what was removed, `sound` says where nothing else is wrong, both
        `(n_samples, n_channels)`.
        """
        size = np.abs(hum)
        first = self._per_s - start % self._per_s
        if len(hum) < first:
            return self._stretch(size, sound)
        cuts = range(first, len(hum) + 1, self._per_s)
        marks = []
        for begin, end in zip((0, *cuts), cuts, strict=False):
            marks.append(self._stretch(size[begin:end], sound[begin:end]))
            self._close_second()
        marks.append(self._stretch(size[cuts[-1] :], sound[cuts[-1] :]))
        return np.concatenate(marks)

    def _stretch(self, size: FloatArray, sound: BoolArray) -> BoolArray:
        """Judge samples of one second by the seconds before."""
        held: BoolArray = np.zeros(size.shape, dtype=np.bool_)
        if not len(size):
            return held
        peak_uv, counted = size.max(axis=0), len(size)
        if not (
            self._hold.idle
            and (peak_uv <= self._limit_uv).all()
            and np.count_nonzero(sound) == sound.size
        ):
            held = self._hold.push(size > self._limit_uv)
            known = sound & ~held
            peak_uv, counted = (size * known).max(axis=0), known.sum(axis=0)
        self._peak_uv = np.maximum(self._peak_uv, peak_uv)
        self._whole = self._whole + counted
        return held

    def _close_second(self) -> None:
        """Learn from a second in which nothing was wrong."""
        whole = self._whole == self._per_s
        self._usual_uv = np.where(whole, np.minimum(self._usual_uv, self._peak_uv), self._usual_uv)
        limits = self._limits
        limit_uv = np.maximum(self._usual_uv * limits.rise, limits.floor_uv)
        self._limit_uv = np.minimum(limit_uv, limits.ceiling_uv)
        self._peak_uv = np.zeros_like(self._peak_uv)
        self._whole = np.zeros_like(self._whole)


def apart(hum_rms: FloatArray, usable: BoolArray, limits: HumLimits) -> BoolArray:
    """Return where a channel hums far more than the others, `(n_windows, n_channels)`.

    So an electrode that was off from the start is found too. With fewer than four usable
    channels nobody can say which one is odd.
    """
    if not (usable & (hum_rms > limits.apart_floor_uv)).any():
        return np.zeros_like(usable)
    known = np.where(usable, hum_rms, np.nan)
    enough = usable.sum(axis=1) >= 4
    middle = np.full(len(hum_rms), np.inf)
    if enough.any():
        middle[enough] = np.nanmedian(known[enough], axis=1)
    far = hum_rms > np.maximum(limits.apart * middle, limits.apart_floor_uv)[:, np.newaxis]
    odd: BoolArray = usable & far
    return odd
