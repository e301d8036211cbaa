"""When samples arrive: bursts, clumps and freezes of a host, all of them late and never early."""

from dataclasses import dataclass

import numpy as np

from host.acquisition.clock import Clock
from host.chain.stream import FloatArray, IntArray
from host.errors import RateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A board's true rate and what its rows go through."""

    true_hz: float = 250.01
    burst_s: float = 0.0
    """Rows are handed over by a timer."""
    clump_s: float = 0.0
    """Rows are handed over after pauses of random length, up to this."""
    wobble_s: float = 0.0003
    """Mean of an exponential delay on top."""
    loss: float = 0.0
    freeze: tuple[float, float] = (0.0, 0.0)
    """From when on nothing is handed over, and for how long."""

    def run(self, seconds: float, *, seed: int = 0) -> tuple[IntArray, FloatArray, FloatArray]:
        """Return the samples that arrive, when each was taken, and when it arrived."""
        rng = np.random.default_rng(seed)
        samples = np.arange(round(seconds * self.true_hz))
        samples = samples[rng.random(len(samples)) >= self.loss]
        taken_s = 100.0 + samples / self.true_hz
        arrivals_s = taken_s + rng.exponential(self.wobble_s, len(samples))
        if self.burst_s:
            arrivals_s = np.ceil(arrivals_s / self.burst_s) * self.burst_s
        if self.clump_s:
            ticks = 99.0 + np.cumsum(
                rng.uniform(0.0, self.clump_s, round(5 * seconds / self.clump_s))
            )
            arrivals_s = ticks[np.searchsorted(ticks, arrivals_s)]
        start_s, length_s = 100.0 + self.freeze[0], self.freeze[1]
        frozen = (arrivals_s >= start_s) & (arrivals_s < start_s + length_s)
        arrivals_s[frozen] = start_s + length_s
        return samples, taken_s, np.maximum.accumulate(arrivals_s)


def errors_s(link: Link, seconds: float, *, settled_s: float = 5.0, seed: int = 0) -> FloatArray:
    """Return by how much each sample's time is off, as the clock gives it on its arrival."""
    samples, taken_s, arrivals_s = link.run(seconds, seed=seed)
    clock = Clock(250.0)
    errors: list[float] = []
    for start in range(0, len(samples), 4):
        part = slice(start, start + 4)
        clock.push(samples[part], arrivals_s[part])
        if taken_s[start] > 100.0 + settled_s:
            errors.extend(
                clock.time_of(n) - t for n, t in zip(samples[part], taken_s[part], strict=True)
            )
    return np.array(errors)


def time_of_refusal(link: Link, seconds: float, *, seed: int = 0) -> float | None:
    """Return after how many seconds a clock of 250 Hz refuses the rate; None if it does not."""
    samples, _, arrivals_s = link.run(seconds, seed=seed)
    clock = Clock(250.0)
    for start in range(0, len(samples), 4):
        clock.push(samples[start : start + 4], arrivals_s[start : start + 4])
        try:
            clock.check()
        except RateError:
            return float(arrivals_s[start] - 100.0)
    return None
