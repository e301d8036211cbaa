"""What a session showed, added up frame by frame; its memory does not grow with time.

Levels go into logarithmic bins 1 % apart, so quantiles are right to 1 %. Only episodes are
kept one by one.
"""

import math

import numpy as np

from host.chain.quality import Quality
from host.chain.stream import FloatArray, IntArray
from host.detection.cocontraction import Episode
from host.detection.frame import Frame

_BATCH = 256
_STEP = math.log(1.01)


class Quantiles:
    """A histogram of levels per channel, from `floor` up to 10⁷ times as much."""

    def __init__(self, channels: int, floor: float) -> None:
        self._floor = floor
        self._counts = np.zeros((channels, 2 + int(math.log(1e7) / _STEP)), dtype=np.int64)
        self.peak = np.full(channels, np.nan)
        """Largest level, `(n_channels,)`."""

    def push(self, levels: FloatArray) -> None:
        """Count `(n, n_channels)` levels; NaN is left out."""
        known = ~np.isnan(levels)
        bins = np.log(np.maximum(np.where(known, levels, 0.0), self._floor) / self._floor) / _STEP
        index = np.minimum(np.ceil(bins).astype(np.int64), self._counts.shape[1] - 1)
        _, columns = np.nonzero(known)
        np.add.at(self._counts, (columns, index[known]), 1)
        self.peak = np.fmax(self.peak, np.where(known, levels, -np.inf).max(axis=0))
        self.peak[np.isneginf(self.peak)] = np.nan

    def at(self, share: float) -> FloatArray:
        """Return the level that `share` of the time stays at or below; NaN without any."""
        below = np.cumsum(self._counts, axis=1)
        total = below[:, -1:]
        index = np.argmax(below >= np.maximum(share * total, 1), axis=1)
        levels = np.where(index == 0, 0.0, self._floor * np.exp(index * _STEP))
        found: FloatArray = np.where(total[:, 0] > 0, np.fmin(levels, self.peak), np.nan)
        return found


class Tally:
    """Adds up frames: time with signal and without, levels, activation, episodes."""

    def __init__(self, channels: int, hop: int) -> None:
        self._hop = hop
        self._batch: list[Frame] = []
        self._sample: int | None = None
        self._going = np.zeros(channels, dtype=np.bool_)
        self.samples: IntArray = np.zeros((len(Quality), channels), dtype=np.int64)
        """Samples spent in each quality, `(n_qualities, n_channels)`."""
        self.lost: IntArray = np.zeros(channels, dtype=np.int64)
        """Samples that never came or came garbled."""
        self.crosstalk: IntArray = np.zeros(channels, dtype=np.int64)
        """Samples in which most of what was seen is suspected to come from other muscles."""
        self.rms_uv = Quantiles(channels, floor=0.01)
        self.activation = Quantiles(channels, floor=0.001)
        self.episodes: list[Episode] = []
        self.calibrated = False

    def push(self, frame: Frame) -> None:
        """Take one frame; frames come in order."""
        self._batch.append(frame)
        if len(self._batch) == _BATCH:
            self.flush()

    def flush(self) -> None:
        """Count what has been taken since the last flush."""
        batch, self._batch = self._batch, []
        if not batch:
            return
        quality = np.array([frame.quality for frame in batch])
        for code in Quality:
            self.samples[code] += self._hop * np.count_nonzero(quality == code, axis=0)
        self.lost += np.sum([frame.lost for frame in batch], axis=0)
        self.crosstalk += self._hop * np.sum([frame.crosstalk for frame in batch], axis=0)
        self.rms_uv.push(np.array([frame.rms_uv for frame in batch]))
        self.activation.push(np.array([frame.activation for frame in batch]))
        for frame in batch:
            self.episodes.extend(frame.ended)
            self._count_jump(frame)
        self.calibrated = batch[-1].calibrated

    def _count_jump(self, frame: Frame) -> None:
        """Count as lost what lies between two frames that do not follow on each other."""
        before = frame.sample - self._hop
        if self._sample is not None and before > self._sample:
            self.samples[Quality.GAP] += before - self._sample
            self.lost += before - self._sample
        self._sample = frame.sample
