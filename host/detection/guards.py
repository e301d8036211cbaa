"""Guards over the target muscle: an effort ceiling (P8)."""

from dataclasses import dataclass

import numpy as np

from host.chain.stream import BoolArray, FloatArray
from host.detection.cocontraction import CocontractionDetector, Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Settings: how much of the gentle reference the target muscle should give."""

    low: float = 0.3
    """Below this share the muscle does not lead yet."""
    ceiling: float = 1.5
    """Above it the only advice is "softer" (P8: 2–3 on a scale of 10)."""
    dwell_s: float = 0.3
    """So long above, and so long well below again, before the advice changes: it never flickers."""

    def __post_init__(self) -> None:
        """Refuse a corridor without width."""
        if not 0.0 < self.low < self.ceiling:
            raise ValueError(f"need 0 < low < ceiling, got {self}")


class EffortGuard:
    """Says for which target muscles the effort is too much."""

    def __init__(self, effort: Effort, hop: int, rate_hz: float, channels: int) -> None:
        self._detector = CocontractionDetector(_ceiling(effort), hop, rate_hz, channels)
        self._watched = np.full(channels, np.nan)

    def use(self, effort: Effort) -> None:
        """Judge by this from the next hop on."""
        self._detector.use(_ceiling(effort))

    def ask(self, target: BoolArray) -> None:
        """Watch these channels from now on, `(n_channels,)`."""
        self._watched = np.where(target, 1.0, np.nan)

    def push(self, first: int, activation: FloatArray) -> BoolArray:
        """Take hops; return where a target works too hard, `(n_hops, n_channels)`."""
        return self._detector.push(first, activation, self._watched, "")[0]


def _ceiling(effort: Effort) -> Thresholds:
    return Thresholds(
        enter=effort.ceiling,
        leave=0.9 * effort.ceiling,
        enter_s=effort.dwell_s,
        leave_s=effort.dwell_s,
    )
