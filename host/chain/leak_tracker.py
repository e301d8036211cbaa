"""How much of each driven muscle is in each electrode now: what was calibrated, and its drift.

A regression of the quiet channels' whitened samples on a few lags of the driven ones, by normal
equations that are added up block by block. What was calibrated is the prior: the data may move the
coefficients as far as electrodes and skin drift, and no further. Activity that only looks like
leakage therefore cannot be taken out. Each block counts with the inverse of the power that it
leaves unexplained, so that moments in which a quiet muscle works on its own hardly count.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from calibration.leakage import Leakage
from host.chain.leak_blocks import Blocks
from host.chain.mixture import Mixture
from host.chain.stream import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakDrift:
    """Settings: how far leakage moves away from its calibration, and how fast."""

    gain: float = 0.25
    """Standard deviation of the amount, as a share of it: ±20 % are to be expected."""
    shape: float = 0.1
    """The same of single taps, as a share of the whole leak."""
    floor: float = 0.01
    """And of single taps, wherever a muscle is heard at all."""
    memory_s: float = 1.0
    """Time of work in which what was learned counts for 1/e of itself; silence changes nothing."""

    def __post_init__(self) -> None:
        """Refuse a drift that would fix the coefficients, or leave them without any bound."""
        if not (0.0 <= self.gain <= 1.0 and 0.0 <= self.shape <= 1.0 and 0.0 < self.floor <= 0.5):
            raise ValueError(f"drifts are shares, and floor is positive, got {self}")
        if not 0.25 <= self.memory_s <= 60.0:
            raise ValueError(f"memory_s must be within 0.25 and 60, got {self.memory_s}")


class LeakTracker:
    """Coefficients of some listeners for the drivers they hear, block after block."""

    def __init__(
        self,
        drift: LeakDrift,
        leakage: Leakage,
        drivers: IntArray,
        listeners: IntArray,
        *,
        block: int,
    ) -> None:
        self.drivers, self.listeners = drivers, listeners
        """Columns of the driven channels, and of those that hear them."""
        self._floor = np.maximum(leakage.rest_power[listeners], 1e-6)
        self._silent = _SILENT * float(leakage.rest_power[drivers].mean())
        self._fading = float(np.exp(-block / (drift.memory_s * leakage.rate_hz)))
        self._prior, self._variance = _prior(drift, leakage, drivers, listeners)
        self._precision = np.linalg.inv(self._variance)
        self._system = np.zeros_like(self._precision)
        self._moments = np.zeros_like(self._prior)
        self._now = self._prior
        size = self._prior.shape[1]
        self.doubt = self._missed(np.eye(size) / size)
        """Power that may still leak over that of all regressors together, `(n_listeners,)`."""

    @property
    def weights(self) -> FloatArray:
        """Coefficients now, `(n_lags, n_drivers, n_listeners)`."""
        return self._now.T.reshape(-1, len(self.drivers), len(self.listeners))

    def push(self, blocks: Blocks, row: int) -> bool:
        """Learn from block `row` of `blocks`; tell whether there was anything to learn."""
        system, moments, samples = blocks.systems[row], blocks.moments[row], blocks.samples[row]
        total = float(np.trace(system))
        if total <= self._silent * len(system) or not samples.any():
            return False
        explained = self._now @ system - 2.0 * moments
        left = blocks.powers[row] + np.sum(self._now * explained, axis=1)
        weight = samples / np.maximum(left, self._floor)
        self._system *= self._fading
        self._system += weight[:, np.newaxis, np.newaxis] * system
        self._moments *= self._fading
        self._moments += weight[:, np.newaxis] * (moments - self._prior @ system)
        self._variance = np.linalg.inv(self._system + self._precision)
        moved = self._variance @ self._moments[:, :, np.newaxis]
        self._now = self._prior + moved[:, :, 0]
        self.doubt = self._missed(system / total)
        return True

    def _missed(self, system: FloatArray) -> FloatArray:
        """Return `trace(variance @ system)` of each listener."""
        missed: FloatArray = np.sum(self._variance * system, axis=(1, 2))
        return missed


class LeakTrackers:
    """All that hear a driven muscle: one tracker for each group that has nothing to do with others.

    The two sides of a face are two groups: a loose electrode on one leaves the other alone.
    """

    def __init__(
        self, drift: LeakDrift, leakage: Leakage, driven: BoolArray, *, block: int
    ) -> None:
        self.driven = driven
        """Which channels are driven, `(n_channels,)`."""
        self.heard = leakage.heard & driven & ~driven[:, np.newaxis]
        """Which drivers each channel hears, `(n_channels, n_channels)`."""
        count, group = connected_components(self.heard, directed=False)
        self.groups: list[LeakTracker] = []
        for number in range(count):
            inside = group == number
            listeners = np.flatnonzero(inside & self.heard.any(axis=1))
            if len(listeners):
                drivers = np.flatnonzero(inside & self.heard.any(axis=0))
                tracker = LeakTracker(drift, leakage, drivers, listeners, block=block)
                self.groups.append(tracker)
        drivers_of = [tracker.drivers for tracker in self.groups]
        self.drivers = np.concatenate([np.empty(0, dtype=np.int64), *drivers_of])
        """Columns of those that are heard anywhere, group by group."""
        channels = len(driven)
        self._weights = np.zeros((leakage.lags.count, len(self.drivers), channels))
        self._doubts = np.zeros((len(self.drivers), channels))
        self._lags = leakage.lags
        self.mixture = self._gather()
        """Coefficients now, and the power that may still leak over that of a driver's lags."""

    def push(self, blocks: list[Blocks], row: int) -> None:
        """Learn from block `row` of each group's `blocks`."""
        pairs = zip(self.groups, blocks, strict=True)
        learned = [tracker.push(known, row) for tracker, known in pairs]
        if any(learned):
            self.mixture = self._gather()

    def _gather(self) -> Mixture:
        first = 0
        for tracker in self.groups:
            last = first + len(tracker.drivers)
            self._weights[:, first:last, tracker.listeners] = tracker.weights
            self._doubts[first:last, tracker.listeners] = tracker.doubt
            first = last
        return Mixture(self._lags, self.drivers, self._weights, self._doubts)


def _prior(
    drift: LeakDrift, leakage: Leakage, drivers: IntArray, listeners: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return mean `(n_listeners, p)` and covariance `(n_listeners, p, p)` of the coefficients."""
    pairs = np.ix_(listeners, drivers)
    heard, lags = leakage.heard[pairs][:, :, np.newaxis], leakage.lags.count
    taps = np.where(heard, leakage.taps[pairs], 0.0)
    loose = leakage.taps_sd[pairs] ** 2 + drift.floor**2
    loose = loose + drift.shape**2 / lags * np.sum(taps**2, axis=2, keepdims=True)
    loose = np.where(heard, loose, _FIXED)
    covariance = np.zeros((len(listeners), lags, len(drivers), lags, len(drivers)))
    for place in range(len(drivers)):
        row = taps[:, place]
        together = drift.gain**2 * row[:, :, np.newaxis] * row[:, np.newaxis]
        together += loose[:, place, :, np.newaxis] * np.eye(lags)
        covariance[:, :, place, :, place] = together
    size = lags * len(drivers)
    mean = taps.transpose(0, 2, 1).reshape(len(listeners), size)
    return mean, covariance.reshape(len(listeners), size, size)


_SILENT = 2.0
"""Drivers of no more than so many times their power at rest teach nothing of where they leak."""
_FIXED = 1e-9
"""What is not heard has so little room to move that nothing can be seen of it."""
