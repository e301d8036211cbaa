"""Whiten each channel by its own FIR filter, hop by hop, and give the power of each hop.

All numbers are whole multiples of a small step, few enough to be added without rounding: so the
result is the same to the last bit in whatever order a processor's library adds them up, and for
every cut of the stream.
"""

from collections.abc import Sequence

import numpy as np

from host.chain.hops import Hops
from host.chain.stream import FloatArray, IntArray

SAMPLE_STEP_UV = 2.0**-10
MOST_UV = 2.0**13
"""Beyond it lies no EMG (`QualityLimits.artefact_uv`): larger samples are cut to it."""
TAP_STEP = 2.0**-16
POWER_STEP = 2.0**-16
"""uV², of the sum of squares over a hop."""
MOST_POWER = 2.0**30 / POWER_STEP
"""Of one filtered sample, in `POWER_STEP`; larger ones are cut to it."""

# Samples are below 2^23 steps, and a filter's taps together at most 2^24: sums are below 2^47, and
# all that are below 2^53 are exact.


def strides(hop: int, rate_hz: float, upper_hz: float) -> int:
    """Return of how many samples one is enough: at high rates the band leaves most of them empty.

    A divisor of the hop.
    """
    return max(
        step for step in range(1, hop + 1) if hop % step == 0 and rate_hz >= 2.0 * upper_hz * step
    )


class Whitener:
    """One filter per channel, with the samples that it carries from hop to hop."""

    def __init__(self, taps: Sequence[Sequence[float]], hop: int, stride: int) -> None:
        self._hop, self._stride = hop, stride
        self._carried = max(map(len, taps)) - 1
        self._matrix = toeplitz(taps, hop, stride)
        self.restart()

    def restart(self) -> None:
        """Begin anew, as if all had been zero before."""
        self._tail = np.zeros((len(self._matrix), self._carried))

    def push(self, hops: Hops, steps: FloatArray) -> tuple[IntArray, IntArray | None]:
        """Return the power of each hop, in `POWER_STEP`, and how many samples it is made of.

        `steps` comes from `in_steps`, `(n_channels, n_hops, hop)`; the answers are `(n_hops,
        n_channels)`. Flawed samples are left out; None where there are none.
        """
        channels, count = steps.shape[:2]
        joined = np.empty((channels, self._carried + count * self._hop))
        joined[:, : self._carried] = self._tail
        joined[:, self._carried :] = steps.reshape(channels, -1)
        self._tail = joined[:, joined.shape[1] - self._carried :]
        squares = np.matmul(self._windows(joined, count), self._matrix)
        np.square(squares, out=squares)
        np.minimum(squares, MOST_POWER, out=squares)
        np.rint(squares, out=squares)
        # No sample has no power: one that rounds to it would count as evidence without limit.
        np.maximum(squares, 1.0, out=squares)
        weights: IntArray | None = None
        if hops.flawed:
            sound = hops.flaws[:, :, self._stride - 1 :: self._stride] == 0
            squares *= sound
            weights = np.count_nonzero(sound, axis=2).T.astype(np.int64)
        powers: IntArray = np.add.reduce(squares.astype(np.int64), axis=2)
        return powers.T, weights

    def _windows(self, joined: FloatArray, count: int) -> FloatArray:
        """Return for each hop its samples and those that are carried into it."""
        stride = joined.strides[0], joined.itemsize * self._hop, joined.itemsize
        shape = len(joined), count, self._carried + self._hop
        return np.ndarray(shape, np.float64, joined, 0, stride).copy()


def in_steps(data_uv: FloatArray, out: FloatArray) -> None:
    """Turn samples into whole numbers of `SAMPLE_STEP_UV`, written to `out` of the same shape."""
    most = MOST_UV / SAMPLE_STEP_UV
    np.multiply(data_uv, 1.0 / SAMPLE_STEP_UV, out=out)
    np.rint(out, out=out)
    np.minimum(out, most, out=out)
    np.maximum(out, -most, out=out)


def toeplitz(taps: Sequence[Sequence[float]], hop: int, stride: int) -> FloatArray:
    """Return each filter as a matrix from a hop and what is carried into it to what comes out.

    `(n_channels, carried + hop, hop / stride)`; whole numbers of `TAP_STEP`, scaled by a power of
    two so that squares come out in `POWER_STEP`.
    """
    scale = SAMPLE_STEP_UV * TAP_STEP / POWER_STEP**0.5
    carried = max(map(len, taps)) - 1
    matrix = np.zeros((len(taps), carried + hop, hop // stride))
    for channel, filter_taps in enumerate(taps):
        steps = np.rint(np.asarray(filter_taps) / TAP_STEP)
        for column in range(hop // stride):
            newest = carried + (column + 1) * stride - 1
            matrix[channel, newest - len(steps) + 1 : newest + 1, column] = scale * steps[::-1]
    return matrix
