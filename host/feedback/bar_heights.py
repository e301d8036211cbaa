"""How high a level stands in its bar (P9), and when it has moved too far to wait. No Qt."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from host.chain.stream import FloatArray
from host.detection.frame import Frame

LINE = 0.4
"""Height of the usual threshold."""
USUAL_THRESHOLD = 0.25

JUMP = 0.1
"""A level that has moved by so much of its bar since it was painted does not wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Where the levels of a frame stand, by channel; NaN where that is not known."""

    level: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    """Ends of the interval in which the level is in 95 % of cases (P11)."""
    line: tuple[float, ...]

    def sure(self, column: int) -> tuple[float, float] | None:
        """Return the interval of a channel; None where nothing says so."""
        low, high = self.low[column], self.high[column]
        return None if math.isnan(low) or math.isnan(high) else (low, high)


@lru_cache(maxsize=2)
def heights_of(frame: Frame) -> Heights:
    """Return all heights of a frame at once: both windows show the same one."""
    low, high = frame.interval()
    endless = np.isinf(high)
    ends = np.where(endless, np.nan, high)
    heights = bar_heights(np.stack([frame.activation, low, ends, frame.threshold]))
    heights[2, endless] = 1.0
    level, least, most, line = (tuple(row) for row in heights.tolist())
    return Heights(level=level, low=least, high=most, line=line)


def jumped(shown: Frame | None, newest: Frame | None) -> bool:
    """Tell whether a level has moved so far since `shown` that it is to be painted at once."""
    if shown is None or newest is None or newest is shown:
        return False
    levels = newest.activation, shown.activation
    # A height moves by no more than its steepest part: mostly that is all there is to know.
    if not (np.abs(levels[0] - levels[1]) > JUMP * USUAL_THRESHOLD / LINE).any():
        return False
    moved = np.abs(bar_heights(levels[0]) - bar_heights(levels[1]))
    return bool((moved > JUMP).any())


@lru_cache(maxsize=256)  # lines stay where they are for minutes
def bar_height(activation: float) -> float:
    """Return the height of an activation: fine where it matters, and never at the very top.

    Up to the usual threshold the height grows evenly, so that what is subtle is seen (P9);
    above it ever more slowly, so that twice too much still looks different from ten times.
    """
    return float(bar_heights(np.array([activation]))[0])


def bar_heights(activation: FloatArray) -> FloatArray:
    """Return `bar_height` of many activations; NaN stays NaN."""
    share = activation / USUAL_THRESHOLD
    room = 1.0 - LINE
    above = LINE * np.maximum(share - 1.0, 0.0)
    heights: FloatArray = np.where(share > 1.0, LINE + room * above / (above + room), LINE * share)
    return heights
