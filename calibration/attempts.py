"""What decides about an attempt: the level that its quiet muscles reached for long enough."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from calibration.traces import LEAST_KNOWN, FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLevels:
    """One attempt, boiled down so that any threshold can be tried on it at once."""

    critical: float
    """A muscle came along at this threshold (share of the reference) and at any below it."""
    known: bool = True
    """Whether all judged muscles are known for long enough: unknown is never quiet."""

    def __post_init__(self) -> None:
        """Refuse a level that activation cannot have."""
        if not 0.0 <= self.critical < inf:
            raise ValueError(f"critical must be a level, got {self.critical}")

    def succeeds(self, threshold: float) -> bool | None:
        """Tell whether it stays quiet at this threshold; None where that is not known."""
        if self.critical >= threshold:
            return False
        return True if self.known else None


def attempt_levels(
    activation: FloatArray, allowance: FloatArray, dwell_hops: int, hold: slice
) -> AttemptLevels:
    """Boil one attempt down to its critical level.

    `activation` is `(n_hops, n_channels)`, NaN where unknown; `allowance` is `(n_channels,)`,
    the factor on each muscle's threshold, NaN for those not judged. A muscle comes along when
    it is at its threshold or above for `dwell_hops` hops in a row. An attempt is not known when
    it has no judged muscle, or one is unknown for more than half of the `hold` (in hops).
    """
    if dwell_hops < 1:
        raise ValueError(f"dwell_hops must be at least 1, got {dwell_hops}")
    judged = ~np.isnan(allowance)
    if not judged.any():
        return AttemptLevels(critical=0.0, known=False)
    shares = activation[:, judged] / allowance[judged]
    held = ~np.isnan(shares[hold])
    known = len(held) > 0 and bool(np.all(np.mean(held, axis=0) >= LEAST_KNOWN))
    return AttemptLevels(critical=max(_lasting(shares, dwell_hops), 0.0), known=known)


def _lasting(shares: FloatArray, dwell_hops: int) -> float:
    """Return the highest level that any column keeps for so many hops in a row."""
    if len(shares) < dwell_hops:
        return 0.0
    # What is unknown breaks a stay.
    levels = np.where(np.isnan(shares), -inf, shares)
    kept = sliding_window_view(levels, dwell_hops, axis=0).min(axis=-1)
    return float(kept.max())
