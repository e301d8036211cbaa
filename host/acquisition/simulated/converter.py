"""The board's converter: an ADS1299 averages a fast stream down to the rate it sends.

Its sinc³ filter (datasheet SBAS499, digital decimation filter) has its -3 dB point at 0.262 of the
rate, so a Cyton at 250 Hz keeps about 65 Hz; what lies above half the rate is folded down, damped.
"""

import math

import numpy as np

from host.chain.stream import FloatArray

BANDWIDTH_PER_RATE = 0.262
"""-3 dB point of sinc³, as a share of the output rate."""
LEAST_RATIO = 8
"""From here on the averages are close enough to the converter's own, which are far longer."""
LEAST_INTERNAL_HZ = 2000.0


def oversampling(rate_hz: float) -> int:
    """Return how many samples on the skin make one sample of the board."""
    return max(LEAST_RATIO, math.ceil(LEAST_INTERNAL_HZ / rate_hz))


def design_sinc3(ratio: int) -> FloatArray:
    """Return the taps of three moving averages over `ratio` samples, one after the other."""
    if ratio < 1:
        raise ValueError(f"a converter averages at least one sample, got {ratio}")
    average = np.full(ratio, 1.0 / ratio)
    taps: FloatArray = np.convolve(np.convolve(average, average), average)
    return taps


class Converter:
    """Sinc³ decimation of blocks that follow each other."""

    def __init__(self, ratio: int, columns: int) -> None:
        self._ratio = ratio
        self._taps = design_sinc3(ratio)
        # An output is due with the last of its `ratio` samples.
        self._tail = np.zeros((len(self._taps) - ratio, columns))

    @property
    def lead(self) -> float:
        """How far into its `ratio` samples an output is centred; negative: before them."""
        return self._ratio - 1 - (len(self._taps) - 1) / 2

    def push(self, skin_uv: FloatArray) -> FloatArray:
        """Turn `(n * ratio, columns)` into `(n, columns)`."""
        if len(skin_uv) % self._ratio:
            raise ValueError(f"need whole groups of {self._ratio} samples, got {len(skin_uv)}")
        if not len(skin_uv):
            return skin_uv
        joined = np.concatenate([self._tail, skin_uv])
        self._tail = joined[len(skin_uv) :]
        windows = np.lib.stride_tricks.sliding_window_view(joined, len(self._taps), axis=0)
        # The taps are symmetric: no need to turn them round.
        output: FloatArray = windows[:: self._ratio] @ self._taps
        return output
