"""One channel's calibrated numbers, as a profile keeps them."""

from dataclasses import dataclass
from math import log, nan

from calibration.intervals import Z95

REST_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
BLOCKS_MS = (4.0, 8.0, 16.0, 32.0)
"""Lengths of the blocks for which degrees of freedom are fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelNumbers:
    """What calibration knows of one channel; None or () where it does not."""

    noise_uv: float | None = None
    """Noise floor of electrode and amplifier in the EMG band, RMS; an upper bound."""
    rest_uv: float | None = None
    """Noise-corrected amplitude at rest."""
    rest_quantiles_uv: tuple[float, ...] = ()
    """Of the displayed level at rest, noise in it, between blinks, at `REST_QUANTILES` (T4)."""
    reference_uv: float | None = None
    """Gentle reference *above rest*: median of the holds, noise-corrected (T3, P8)."""
    reference_low_uv: float | None = None
    reference_high_uv: float | None = None
    """Bounds of its 95 % interval."""
    holds: int = 0
    """How many good holds it comes from."""
    rest_spectrum: tuple[float, ...] = ()
    active_spectrum: tuple[float, ...] = ()
    """Power densities in uV²/Hz, one per step of the profile's `spectrum_step_hz` from 0."""
    rest_freedom: tuple[float, ...] = ()
    active_freedom: tuple[float, ...] = ()
    """Degrees of freedom of the power of a block, at `BLOCKS_MS`."""
    rest_threshold: float | None = None
    quiet_threshold: float | None = None
    effort_threshold: float | None = None
    """Shares of the reference."""
    selectivity: float | None = None
    """From a slow ramp of this muscle (T3); 1 is best."""

    def __post_init__(self) -> None:
        """Refuse numbers that no channel can have."""
        for name in ("noise_uv", "rest_uv"):
            value = getattr(self, name)
            if value is not None and not value >= 0.0:
                raise ValueError(f"{name} must not be negative, got {value}")
        self._check_reference()
        for name in ("rest_threshold", "quiet_threshold", "effort_threshold"):
            value = getattr(self, name)
            if value is not None and not value > 0.0:
                raise ValueError(f"{name} must be positive, got {value}")
        if self.selectivity is not None and not self.selectivity <= 2.0:
            raise ValueError(f"selectivity must be at most 1, got {self.selectivity}")
        self._check_rows()

    def _check_reference(self) -> None:
        triple = (self.reference_low_uv, self.reference_uv, self.reference_high_uv)
        low, value, high = triple
        if low is None or value is None or high is None:
            if any(one is not None for one in triple) or self.holds:
                raise ValueError("a reference needs its value, both bounds and its holds")
        elif not (0.0 < low <= value <= high) or self.holds < 1:
            raise ValueError(f"need 0 < low <= reference <= high of holds, got {triple}")

    def _check_rows(self) -> None:
        if self.rest_quantiles_uv and len(self.rest_quantiles_uv) != len(REST_QUANTILES):
            raise ValueError(f"need {len(REST_QUANTILES)} rest quantiles")
        if list(self.rest_quantiles_uv) != sorted(self.rest_quantiles_uv):
            raise ValueError("rest quantiles must not fall")
        for row in (self.rest_freedom, self.active_freedom):
            if row and (len(row) != len(BLOCKS_MS) or min(row) <= 0.0):
                raise ValueError(f"need {len(BLOCKS_MS)} positive degrees of freedom, got {row}")
        for row in (self.rest_spectrum, self.active_spectrum, self.rest_quantiles_uv):
            if row and min(row) < 0.0:
                raise ValueError("power densities and levels must not be negative")

    @property
    def reference_spread(self) -> float:
        """Relative standard deviation of the reference; NaN where there is none.

        That of a normal error with the same 95 % interval: what is made of it has that interval,
        though few holds say how much they differ (a t distribution).
        """
        if self.reference_low_uv is None or self.reference_high_uv is None:
            return nan
        return log(self.reference_high_uv / self.reference_low_uv) / (2.0 * Z95)
