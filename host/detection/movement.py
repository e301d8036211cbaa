"""A movement of the target: it comes to lead, and lets go again, by its share of the reference.

A muscle that does not come to rest between two movements still makes two: what counts is that it
fell far below what was asked for, not that it fell to nothing.
"""

from collections.abc import Sequence

import numpy as np

from host.chain.stream import BoolArray, FloatArray
from host.detection.cocontraction import CocontractionDetector, Ended, Episode, Thresholds
from host.detection.guards import Effort

LET_GO = 0.6
"""A movement is over below this share of the level from which on the muscle leads, …"""
LET_GO_S = 0.1
"""… when it has been there for so long."""


def leading(effort: Effort) -> Thresholds:
    """Return the levels between which a target leads (T4), with the dwell of the effort's."""
    return Thresholds(
        enter=effort.low, leave=LET_GO * effort.low, enter_s=effort.dwell_s, leave_s=LET_GO_S
    )


class MovementWatch:
    """Says which of some channels lead, hop by hop in any number of hops at once."""

    def __init__(self, effort: Effort, hop: int, rate_hz: float, columns: Sequence[int]) -> None:
        """Watch these columns."""
        self.columns = tuple(columns)
        self._places = np.array(self.columns, dtype=np.intp)
        self._hop, self._rate_hz = hop, rate_hz
        self._ones = np.ones(len(self.columns))
        self._detector = CocontractionDetector(leading(effort), hop, rate_hz, len(self.columns))

    def use(self, effort: Effort) -> None:
        """Judge by this from the next hop on."""
        self._detector.use(leading(effort))

    def push(self, first: int, activation: FloatArray) -> tuple[BoolArray, Ended]:
        """Take hops of all channels; return where the watched ones lead, and what ended.

        `(n_hops, n_columns)`; channels of what ended are numbered among the watched.
        """
        own = activation.take(self._places, axis=1)
        return self._detector.push(first, own, self._ones, "")

    def close(self, number: int) -> tuple[Episode, ...]:
        """End whatever goes on before hop `number`, as cut."""
        return self._detector.close(number, "")
