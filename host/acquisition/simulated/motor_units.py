"""Surface EMG as the sum of motor-unit trains: units are recruited by size and fire in turn.

Each unit fires as a renewal process whose rate rises with the drive. Its action potential is the
impulse response of the filter whose power is Shwedyk's spectrum: two phases, or three where the
phase is turned; 5 to 10 ms long.
"""

from dataclasses import dataclass

import numpy as np

from host.acquisition.simulated.carrier import Spectrum
from host.acquisition.simulated.seeding import Purpose, generator
from host.chain.stream import BoolArray, FloatArray, IntArray

POTENTIAL_S = 0.016
GENTLE_EXCITATION = 0.3
"""Excitation of the gentle reference, as a share of what recruits and drives every unit fully."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotorUnits:
    """The motor units of one muscle (Fuglevand et al. 1993, with a face's small pools)."""

    units: int = 40
    threshold_range: float = 30.0
    """Recruitment threshold of the last unit over that of the first."""
    size_range: float = 12.0
    """Amplitude of the last unit's potential over that of the first."""
    slowest_hz: float = 8.0
    fastest_hz: float = 25.0
    interval_cv: float = 0.18
    """Standard deviation of the interval between two firings over its mean."""

    def __post_init__(self) -> None:
        """Refuse pools that no facial muscle has."""
        if not 8 <= self.units <= 60:
            raise ValueError(f"a muscle has 8 to 60 simulated units, got {self.units}")
        if not (self.threshold_range > 1.0 and self.size_range >= 1.0):
            raise ValueError(f"later units are larger and need more drive, got {self}")
        if not 0.0 < self.slowest_hz < self.fastest_hz <= 50.0:
            raise ValueError(f"need 0 < slowest_hz < fastest_hz <= 50, got {self}")
        if not 0.0 <= self.interval_cv <= 0.3:
            raise ValueError(f"interval_cv must be within 0 and 0.3, got {self.interval_cv}")

    def thresholds(self) -> FloatArray:
        """Return the excitation at which each unit begins to fire, below 0.8."""
        ranks = np.arange(self.units) / (self.units - 1)
        thresholds: FloatArray = 0.8 * self.threshold_range ** (ranks - 1.0)
        return thresholds

    def rates_hz(self, excitation: FloatArray) -> FloatArray:
        """Return how fast each unit fires, of shape `(*excitation.shape, units)`."""
        above = excitation[..., None] - self.thresholds()
        risen = self.slowest_hz + (self.fastest_hz - self.slowest_hz) * above / 0.4
        rates: FloatArray = np.where(above >= 0.0, np.minimum(risen, self.fastest_hz), 0.0)
        return rates


def design_potentials(
    spectrum: Spectrum, rate_hz: float, shape: tuple[int, ...], rng: np.random.Generator
) -> FloatArray:
    """Return action potentials of unit energy, `(*shape, n_samples)`, no two alike."""
    size = 4 * round(POTENTIAL_S * rate_hz)
    hz = 1j * np.fft.rfftfreq(size, 1.0 / rate_hz)
    stretch = rng.uniform(0.85, 1.2, (*shape, 1))
    rise, fall = spectrum.rise_hz * stretch, spectrum.fall_hz * stretch
    response = hz / ((hz + rise) * (hz + fall) ** 2)
    # An all-pass adds a third phase and leaves the power as it is.
    turn = rng.uniform(60.0, 200.0, (*shape, 1))
    response = np.where(
        rng.random((*shape, 1)) < 0.5, response * (turn - hz) / (turn + hz), response
    )
    top = np.abs(hz) - (spectrum.high_hz - 50.0)
    response = response * np.cos(np.clip(top / 100.0, 0.0, 1.0) * np.pi / 2.0)
    # The cut at the top rings before the onset too: keep 2 ms of that.
    before = round(0.002 * rate_hz)
    wave = np.roll(np.fft.irfft(response, size), before, axis=-1)[..., : size // 4]
    wave = wave - wave.mean(axis=-1, keepdims=True)
    potentials: FloatArray = wave / np.sqrt(np.sum(wave**2, axis=-1, keepdims=True))
    return potentials


class MotorUnitCarrier:
    """Sums of motor-unit trains, divided by the RMS that the drive makes them have."""

    def __init__(
        self,
        pool: MotorUnits,
        spectrum: Spectrum,
        *,
        rate_hz: float,
        muscles: int,
        seed: int,
    ) -> None:
        rng = generator(seed, Purpose.MOTOR_UNITS)
        self._pool, self._seed, self._rate_hz = pool, seed, rate_hz
        self._shape = (muscles, pool.units)
        sizes = pool.size_range ** (np.arange(pool.units) / (pool.units - 1))
        sizes = sizes * rng.uniform(0.8, 1.25, self._shape) * rng.choice([-1.0, 1.0], self._shape)
        shapes = design_potentials(spectrum, rate_hz, self._shape, rng)
        self._potentials = shapes * sizes[..., None]
        self._until_next = rng.random(self._shape)
        self._block = 0
        self._tail = np.zeros((self._potentials.shape[-1], muscles))
        # Below the first threshold the first unit goes on firing, only smaller: there is no
        # unit to stand for the smallest levels.
        self._excitations = np.linspace(pool.thresholds()[0], 1.0, 300)
        rates = pool.rates_hz(self._excitations)
        self._energies = np.sum(self._potentials**2, axis=-1) / rate_hz
        # Campbell's theorem: the power of a sum of independent trains.
        self._rms = np.sqrt(rates @ self._energies.T)

    def push(self, level: FloatArray) -> FloatArray:
        """Return the next carriers, `(n, muscles)`."""
        # The drive is looked at every 4 ms, or a little more often: in steps that fill the block.
        longest = max(1, round(0.004 * self._rate_hz))
        coarse = max(step for step in range(1, longest + 1) if len(level) % step == 0)
        rates_hz = self._pool.rates_hz(self._excitation(level[::coarse]))
        unit, sample = self._firings(rates_hz, coarse)
        total = self._sum(unit, np.minimum(sample, len(level) - 1), len(level))
        # Not from the table: between two of its rows a unit is recruited at once.
        rms = np.sqrt(np.einsum("tmu,mu->tm", rates_hz, self._energies))
        carriers: FloatArray = total / np.repeat(rms, coarse, axis=0)[: len(level)]
        return carriers

    def gain(self, converter: FloatArray) -> float:
        """Return the share of the RMS that a converter lets through at gentle effort."""
        rates = self._pool.rates_hz(np.array([GENTLE_EXCITATION]))[0]
        size = self._potentials.shape[-1] + len(converter)
        power = np.abs(np.fft.fft(self._potentials, size) * np.fft.fft(converter, size)) ** 2
        after = float((power.mean(axis=-1) @ rates).sum())
        before = float((np.sum(self._potentials**2, axis=-1) @ rates).sum())
        return float(np.sqrt(after / before))

    def _excitation(self, level: FloatArray) -> FloatArray:
        """Return the excitation that gives each muscle its level."""
        excitation = np.empty_like(level)
        for column in range(level.shape[1]):
            rms = self._rms[:, column]
            gentle = np.interp(GENTLE_EXCITATION, self._excitations, rms)
            excitation[:, column] = np.interp(level[:, column] * gentle, rms, self._excitations)
        return excitation

    def _firings(self, rates_hz: FloatArray, coarse: int) -> tuple[IntArray, IntArray]:
        """Return which units fire in this block, and at which of its samples."""
        self._block += 1
        rng = generator(self._seed, Purpose.MOTOR_UNITS, self._block)
        steps = rates_hz * (coarse / self._rate_hz)
        progress = np.concatenate([np.zeros((1, *self._shape)), np.cumsum(steps, axis=0)])
        most = 2 + int(2.0 * progress[-1].max())
        jitter = self._pool.interval_cv * rng.standard_normal((most, *self._shape))
        intervals = np.clip(1.0 + jitter, 0.5, 1.5)
        due = self._until_next + np.concatenate([np.zeros((1, *self._shape)), intervals]).cumsum(0)
        reached = due < progress[-1]
        count = reached.sum(axis=0)
        self._until_next = np.take_along_axis(due, count[None], axis=0)[0] - progress[-1]
        unit = np.nonzero(reached.reshape(len(due), -1).T)[0]
        place = _places(progress.reshape(len(progress), -1), due.reshape(len(due), -1), reached)
        return unit, np.rint(place * coarse).astype(np.int64)

    def _sum(self, unit: IntArray, sample: IntArray, length: int) -> FloatArray:
        """Add every firing's potential; what reaches past the block is kept for the next."""
        muscles, units = self._shape
        span = self._potentials.shape[-1]
        shapes = self._potentials.reshape(-1, span)[unit]
        row = sample[:, None] + np.arange(span)
        cell = row * muscles + (unit // units)[:, None]
        rows = length + span
        sums = np.bincount(cell.ravel(), shapes.ravel(), rows * muscles).astype(np.float64)
        total = sums.reshape(rows, muscles)
        total[:span] += self._tail
        self._tail = total[length:]
        return total[:length]


def _places(progress: FloatArray, due: FloatArray, reached: BoolArray) -> FloatArray:
    """Return when each firing is reached, in steps; `(steps, units)` and `(firings, units)`."""
    # One search for all units: each one's progress is lifted above that of those before it.
    lift = (progress[-1].max() + 1.0) * np.arange(progress.shape[1])
    table = (progress + lift).T
    wanted = (due + lift).T[reached.reshape(due.shape).T]
    flat = table.ravel()
    above: IntArray = np.searchsorted(flat, wanted, side="right")
    low, high = flat[above - 1], flat[above]
    step = (above - 1) % len(progress)
    places: FloatArray = step + (wanted - low) / (high - low)
    return places
