"""How long filters go on ringing when a muscle has let go, and powers without it.

Mains removal is narrow, so it rings: a tenth of a second after a muscle let go one per cent of its
power is still to be seen, which is a tenth of its amplitude, and far above a rest threshold. What
filters add later is known, though: each moment's power, spread over time by their energy.
"""

from dataclasses import dataclass

import numpy as np

from calibration.traces import FloatArray, moving_mean

LOBE_S = 0.06
"""What comes so soon is taken to be late, not to ring."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ringing:
    """What filters make of one hop's power: it comes late, and rings."""

    late_s: float = 0.0
    """By how much the greater part lags behind."""
    tail: FloatArray
    """Share of the power that comes so many hops later, `(n_hops,)`; zeros within `LOBE_S`."""

    smooth: int = 1
    """Over so many hops powers are averaged to tell what rings."""

    def __post_init__(self) -> None:
        """Refuse a tail that is more than what it follows."""
        if self.tail.ndim != 1 or np.any(self.tail < 0.0) or not float(np.sum(self.tail)) < 0.5:
            raise ValueError("a tail is less than half of the power, got more")
        if len(self.tail) and self.tail[0]:
            raise ValueError("what comes at once is no tail")

    @property
    def share(self) -> float:
        """How much of a steady power rings."""
        return float(np.sum(self.tail))

    @classmethod
    def none(cls) -> "Ringing":
        """Return what is neither late nor rings."""
        return cls(tail=np.zeros(1))

    @classmethod
    def of(cls, response: FloatArray, rate_hz: float, hop: int, late_s: float = 0.0) -> "Ringing":
        """Return that of an impulse response, in samples, that is late by itself."""
        energy = response**2 / float(np.sum(response**2))
        lobe = max(1, round(LOBE_S * rate_hz / hop)) * hop
        centre = float(np.arange(lobe) @ energy[:lobe]) / float(np.sum(energy[:lobe]))
        whole = energy[: len(energy) // hop * hop].reshape(-1, hop).sum(axis=1)
        whole[: lobe // hop] = 0.0
        last = int(np.flatnonzero(whole > 1e-6)[-1]) + 1 if np.any(whole > 1e-6) else 1
        return cls(late_s=late_s + centre / rate_hz, tail=whole[:last], smooth=lobe // hop)

    def heard(self, powers: FloatArray) -> FloatArray:
        """Return by how much powers of consecutive hops are off for what rings, `(n_hops,)`.

        On average: what they have from before, less what they have not given yet. 0 where nothing
        changes; above 0 when a muscle has let go, and below when it begins.
        Before them it was as in their first moments. Where they are unknown it rings on as before.
        """
        known = np.isfinite(powers)
        if not self.tail.any() or not known.any():
            return np.zeros(len(powers))
        reach = len(self.tail)
        before = float(np.mean(powers[known][:reach]))
        rows = np.maximum.accumulate(np.where(known, np.arange(len(powers)), -1))
        filled = np.where(rows < 0, before, powers[np.maximum(rows, 0)])
        filled = np.concatenate([np.full(2 * reach, before), filled])
        smooth = moving_mean(filled, np.isfinite(filled), 1.0, float(self.smooth))
        lobe, own = 1.0 - float(np.sum(self.tail)), smooth
        for _ in range(2):
            rings = np.convolve(np.append(np.full(reach, before), own), self.tail)[reach:][
                : len(own)
            ]
            own = np.maximum(smooth - rings, 0.0) / lobe
        off: FloatArray = ((rings - self.share * smooth) / lobe)[2 * reach :]
        return off
