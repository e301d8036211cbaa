"""Volume conduction: what leaks from neighbouring muscles into an electrode, without any lag."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.montage import Site
from calibration.muscles import muscle
from host.chain.stream import FloatArray

BLUR_S = 0.001
"""Distance takes the edge off a potential: the leak is smeared by so much to either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Two neighbours on one side of the face; each leaks into the other's electrodes."""

    muscles: tuple[str, str]
    amount: float
    """RMS in the neighbour's electrode over the RMS in the muscle's own, on the skin.

    Behind a slow converter it is a little more: the smeared potential is the slower one.
    """

    def __post_init__(self) -> None:
        """Refuse a leak that is louder than its source."""
        if len({muscle(code).code for code in self.muscles}) != 2:
            raise ValueError(f"a leak needs two different muscles, got {self.muscles}")
        if not 0.0 <= self.amount <= 1.0:
            raise ValueError(f"a leak is a share within 0 and 1, got {self.amount}")


def _leak(one: str, other: str, amount: float) -> Leak:
    return Leak(muscles=(one, other), amount=amount)


NEIGHBOURS = (
    _leak("FRO", "COR", 0.12),
    _leak("FRO", "OOC", 0.06),
    _leak("COR", "OOC", 0.12),
    _leak("COR", "LLS", 0.05),
    _leak("OOC", "LLS", 0.12),
    _leak("OOC", "ZYG", 0.08),
    _leak("LLS", "ZYG", 0.15),
    _leak("LLS", "OOR", 0.10),
    _leak("ZYG", "OOR", 0.08),
    _leak("ZYG", "DAO", 0.05),
    _leak("ZYG", "PLA", 0.05),
    _leak("OOR", "DAO", 0.12),
    _leak("OOR", "MEN", 0.10),
    _leak("DAO", "MEN", 0.15),
    _leak("DAO", "PLA", 0.10),
    _leak("MEN", "PLA", 0.06),
)
"""Anatomical neighbours at 8 to 10 mm electrode spacing (Lapatki 2003: below 25 %)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosstalk:
    """How much leaks between neighbours."""

    leaks: tuple[Leak, ...] = NEIGHBOURS
    scale: float = 1.0
    """Factor on all amounts; 0 for electrodes that see one muscle only."""

    def __post_init__(self) -> None:
        """Refuse leaks that drown the muscle itself."""
        most = max((leak.amount for leak in self.leaks), default=0.0)
        if not 0.0 <= self.scale * most <= 1.0 or self.scale < 0.0:
            raise ValueError(f"scaled leaks must stay within 0 and 1, got scale {self.scale}")

    def matrix(self, sources: Sequence[Site], electrodes: Sequence[Site]) -> FloatArray:
        """Return the amount of every source in every electrode, its own left out."""
        amounts = {frozenset(leak.muscles): leak.amount for leak in self.leaks}
        mixed = np.zeros((len(sources), len(electrodes)))
        for row, source in enumerate(sources):
            for column, site in enumerate(electrodes):
                if source.side is site.side and site.muscle:
                    pair = frozenset((source.muscle, site.muscle))
                    mixed[row, column] = self.scale * amounts.get(pair, 0.0)
        return mixed


def own(sources: Sequence[Site], electrodes: Sequence[Site]) -> FloatArray:
    """Return 1 where an electrode lies on a source's muscle, `(sources, electrodes)`."""
    pairs = [[float(source == site) for site in electrodes] for source in sources]
    return np.array(pairs).reshape(len(sources), len(electrodes))


class VolumeConductor:
    """Sources under the skin to electrodes on it, block after block."""

    def __init__(
        self,
        crosstalk: Crosstalk,
        sources: Sequence[Site],
        electrodes: Sequence[Site],
        *,
        rate_hz: float,
        spectrum_taps: FloatArray,
        gains: FloatArray | float = 1.0,
    ) -> None:
        self._half = max(1, round(BLUR_S * rate_hz))
        kernel = np.bartlett(2 * self._half + 3)[1:-1]
        # The amount is a share of RMS: what the smearing takes is given back.
        before = np.sum(spectrum_taps**2)
        self._kernel = kernel * np.sqrt(before / np.sum(np.convolve(spectrum_taps, kernel) ** 2))
        self._own = own(sources, electrodes) * gains
        self._leaks = crosstalk.matrix(sources, electrodes) * gains
        self._tail = np.zeros((2 * self._half, len(sources)))

    @property
    def delay(self) -> int:
        """By how many samples the electrodes are late: the smearing needs what comes after."""
        return self._half

    def push(self, sources_uv: FloatArray) -> FloatArray:
        """Turn `(n_samples, sources)` into `(n_samples, electrodes)`."""
        joined = np.concatenate([self._tail, sources_uv])
        count = len(sources_uv)
        self._tail = joined[count:]
        direct = joined[self._half : self._half + count] @ self._own
        if not self._leaks.any():
            return direct
        leaked = joined @ self._leaks
        smeared = sum(weight * leaked[lag : lag + count] for lag, weight in enumerate(self._kernel))
        mixed: FloatArray = direct + smeared
        return mixed
