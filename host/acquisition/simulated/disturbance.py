"""What a board records besides muscles: electrode offset and drift, sensor noise, mains."""

from dataclasses import dataclass

import numpy as np

from host.acquisition.simulated.seeding import Purpose, Wander, generator
from host.chain.stream import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Electrodes:
    """The electrodes' own voltages, and the noise of the sensor behind them."""

    offset_uv: float = 20_000.0
    """Largest offset of an electrode pair; each draws its own within ± this."""
    drift_uv: float = 150.0
    """RMS of the offset's slow drift."""
    noise_uv: float = 0.4
    """RMS of the white noise in the converter's output."""

    def __post_init__(self) -> None:
        """Refuse offsets that rail the converter, and negative levels."""
        if not 0.0 <= self.offset_uv <= 150_000.0:
            raise ValueError(f"offset_uv must be within 0 and 150000, got {self.offset_uv}")
        if not (0.0 <= self.drift_uv <= 10_000.0 and 0.0 <= self.noise_uv <= 1_000.0):
            raise ValueError(f"drift_uv or noise_uv is out of range: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mains:
    """Interference from the power line."""

    level_uv: float = 25.0
    """RMS of the fundamental on an average channel; channels differ by up to half."""
    harmonics: tuple[tuple[int, float], ...] = ((2, 0.05), (3, 0.2), (5, 0.1), (7, 0.05))
    """Order, and level as a share of the fundamental's."""
    offset_hz: float = 0.02
    """How far the line is off its nominal frequency."""
    unsteadiness: float = 0.1
    """RMS of the slow change of level, as a share of it."""

    def __post_init__(self) -> None:
        """Refuse negative levels, and lines that are not regulated."""
        if not 0.0 <= self.level_uv <= 50_000.0:
            raise ValueError(f"level_uv must be within 0 and 50000, got {self.level_uv}")
        if not all(order >= 2 and share >= 0.0 for order, share in self.harmonics):
            raise ValueError(f"a harmonic has an order from 2 on and a share, got {self.harmonics}")
        if not abs(self.offset_hz) <= 1.0:
            raise ValueError(f"offset_hz must be within ±1, got {self.offset_hz}")
        if not 0.0 <= self.unsteadiness <= 0.5:
            raise ValueError(f"unsteadiness must be within 0 and 0.5, got {self.unsteadiness}")


class Hum:
    """Mains on every channel, known at every time without history."""

    def __init__(self, mains: Mains, *, mains_hz: float, channels: int, seed: int) -> None:
        rng = generator(seed, Purpose.MAINS)
        self._mains = mains
        self._hz = mains_hz + mains.offset_hz
        orders, shares = zip((1, 1.0), *mains.harmonics, strict=True)
        self._orders = np.array(orders)
        levels = np.array(shares)[:, None] * rng.uniform(0.5, 1.5, (len(orders), channels))
        phases = 2.0 * np.pi * rng.random((len(orders), 1)) + rng.uniform(-0.4, 0.4, levels.shape)
        amplitudes = np.sqrt(2.0) * mains.level_uv * levels
        self._weights = np.concatenate([amplitudes * np.cos(phases), amplitudes * np.sin(phases)])
        self._wander = Wander(rng, 1, low_hz=0.02, high_hz=0.5)

    def at(self, times_s: FloatArray) -> FloatArray:
        """Return microvolts at `(n,)` times, `(n, channels)`."""
        angles = 2.0 * np.pi * ((self._hz * times_s) % 1.0)[:, None] * self._orders
        waves = np.concatenate([np.sin(angles), np.cos(angles)], axis=1) @ self._weights
        level = 1.0 + self._mains.unsteadiness * self._wander.at(times_s)
        hum: FloatArray = waves * np.maximum(level, 0.0)
        return hum


class Baseline:
    """Offset and drift of every channel, known at every time without history."""

    def __init__(self, electrodes: Electrodes, *, channels: int, seed: int) -> None:
        rng = generator(seed, Purpose.ELECTRODE)
        self._offset_uv = electrodes.offset_uv * rng.uniform(-1.0, 1.0, channels)
        self._drift_uv = electrodes.drift_uv
        self._wander = Wander(rng, channels, low_hz=0.002, high_hz=0.08)

    def at(self, times_s: FloatArray) -> FloatArray:
        """Return microvolts at `(n,)` times, `(n, channels)`."""
        return self._offset_uv + self._drift_uv * self._wander.at(times_s)
