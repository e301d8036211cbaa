"""The filters that whiten each channel, in whole numbers.

`compiled/adaptive.c` runs them hop by hop. Samples are whole multiples of 2^-10 uV below 2^13 uV,
taps of `TAP_STEP`, the power of one sample of `POWER_STEP`; a filter's taps together are at most
2^24 steps. So sums are below 2^47, and all that are below 2^53 are exact: whatever the processor,
and however the stream is cut.
"""

from collections.abc import Sequence

import numpy as np

from host.chain.stream import FloatArray

TAP_STEP = 2.0**-16
POWER_STEP = 2.0**-16
"""uV², of the sum of squares over a hop."""


def strides(hop: int, rate_hz: float, upper_hz: float) -> int:
    """Return of how many samples one is enough: at high rates the band leaves most of them empty.

    A divisor of the hop.
    """
    return max(
        step for step in range(1, hop + 1) if hop % step == 0 and rate_hz >= 2.0 * upper_hz * step
    )


def whole_taps(taps: Sequence[Sequence[float]]) -> FloatArray:
    """Return each filter in whole numbers of `TAP_STEP`, `(n_channels, n_taps)`, newest first."""
    steps = np.zeros((len(taps), max(map(len, taps))))
    for row, filter_taps in zip(steps, taps, strict=True):
        row[: len(filter_taps)] = np.rint(np.asarray(filter_taps) / TAP_STEP)
    return steps
