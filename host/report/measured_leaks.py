"""What leaks from muscles that nobody drives: the chain takes out only what targets leak."""

from dataclasses import dataclass

import numpy as np

from calibration.reference import Reference
from calibration.traces import moving_mean
from host.chain.pipeline import ChainSettings
from host.chain.stream import BoolArray, FloatArray

SMOOTH_HOPS = 25
"""What leaks is told from the mean power of so many hops."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaks:
    """Shares of power, by electrode and muscle, `(n_channels, n_channels)`; 0 for none."""

    share: FloatArray
    """Power in the electrode over that in the muscle's own, in the units of levels."""
    sd: FloatArray

    @classmethod
    def of(cls, chain: ChainSettings, channels: int) -> "Leaks":
        """Return what calibration has found; nothing where nobody knows."""
        nothing = np.zeros((channels, channels))
        if chain.crosstalk is None:
            return cls(share=nothing, sd=nothing)
        known, gains = chain.crosstalk.leakage, np.array(chain.crosstalk.gains or (1.0,) * channels)
        use = known.heard & np.isfinite(known.share)
        scale = (gains[:, np.newaxis] / np.maximum(gains, 1e-9)) ** 2
        share, low, high = (
            np.where(use, scale * np.nan_to_num(part) ** 2, 0.0)
            for part in (known.share, known.low, known.high)
        )
        return cls(share=share, sd=(high - low) / 4.0)

    def beside(self, driven: BoolArray) -> "Leaks":
        """Return what stays when the chain has taken out all that driven muscles leak."""
        left = ~(driven & ~driven[:, np.newaxis])
        return Leaks(share=self.share * left, sd=self.sd * left)

    def heard(self, power_uv2: FloatArray, reference: Reference) -> tuple[FloatArray, FloatArray]:
        """Return what leaks into each electrode, and its standard deviation, in uV².

        `power_uv2` is `(n_hops, n_channels)`; what a muscle leaks while it is unknown counts as 0.
        """
        if not self.share.any():
            nothing = np.zeros(power_uv2.shape)
            return nothing, nothing
        at_rest = reference.noise_uv**2 + reference.rest_uv**2
        columns = [
            moving_mean(own, np.isfinite(own), 1.0, float(SMOOTH_HOPS)) for own in power_uv2.T
        ]
        above = np.maximum(np.nan_to_num(np.array(columns).T - at_rest), 0.0)
        return above @ self.share.T, np.sqrt(above**2 @ self.sd.T**2)
