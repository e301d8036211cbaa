"""The release gate (P12): a muscle counts as released after some time below its rest threshold."""

from dataclasses import dataclass

import numpy as np

from host.chain.quality import run_lengths
from host.chain.stream import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Settings: when a muscle is at rest again."""

    line: float = 0.1
    """Activation below it is rest, where calibration has found no rest threshold."""
    dwell_s: float = 0.5
    """So long below it, and the muscle counts as released."""

    def __post_init__(self) -> None:
        """Refuse a rest that no muscle could reach, or keep."""
        if not (self.line > 0.0 and 0.0 <= self.dwell_s <= 10.0):
            raise ValueError(f"need line > 0 and dwell_s of 0 to 10, got {self}")

    def lines(self, floors: FloatArray) -> FloatArray:
        """Return the rest threshold of each channel, `(n_channels,)`; a floor of 0 is none."""
        lines: FloatArray = np.where(floors > 0.0, floors, self.line)
        return lines


class ReleaseGate:
    """Says which muscles are released. One that is unknown is never released."""

    def __init__(self, release: Release, lines: FloatArray, hop: int, rate_hz: float) -> None:
        """Watch channels with these rest thresholds, `(n_channels,)`."""
        self._lines = lines
        self._dwell = max(1, round(release.dwell_s * rate_hz / hop))
        self._below: IntArray = np.zeros(len(lines), dtype=np.int64)
        """For how many hops each channel has been below its line, no more than the dwell."""
        self._settled = False
        self._next: int | None = None

    def push(self, first: int, activation: FloatArray) -> BoolArray:
        """Take hops from number `first` on; return where a channel is released, same shape.

        `activation` is `(n_hops, n_channels)`, NaN where unknown. A gap is unknown too.
        """
        if first != self._next:
            self._below, self._settled = np.zeros_like(self._below), False
        self._next = first + len(activation)
        below = activation < self._lines
        if self._settled and below.all():
            return below
        lengths = run_lengths(below, self._below)
        self._below = np.minimum(lengths[-1], self._dwell)
        released: BoolArray = lengths >= self._dwell
        self._settled = bool(released[-1].all())
        return released


def may_go_on(released: BoolArray, judged: BoolArray) -> BoolArray:
    """Return at which hops the next attempt may start, `(n_hops,)` (P12).

    All muscles that count, `(n_channels,)`, must be released; where none counts nothing is known.
    """
    if not judged.any():
        return np.zeros(len(released), dtype=np.bool_)
    free: BoolArray = np.logical_and.reduce(released | ~judged, axis=1)
    return free
