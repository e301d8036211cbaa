"""EMG of known amplitude for the estimator's benchmark: holds, rest, steps, and a course of all."""

import enum

import numpy as np

from host.acquisition.simulated.carrier import Carrier, GaussianCarrier, Spectrum, design_shaping
from host.acquisition.simulated.converter import Converter, design_sinc3, oversampling
from host.acquisition.simulated.motor_units import MotorUnitCarrier, MotorUnits
from host.chain.stream import BoolArray, FloatArray

COLUMNS = 4
"""Muscles that do the same, each with noise and EMG of its own."""
BLOCK = 1024
SPECTRUM = Spectrum()


class Kind(enum.Enum):
    """What EMG is made of."""

    GAUSSIAN = "Gaussian"
    MOTOR_UNITS = "8 motor units"


def emg(
    kind: Kind,
    level_uv: FloatArray,
    rate_hz: float,
    seed: int,
    *,
    reference_uv: float,
    noise_uv: float,
) -> FloatArray:
    """Return electrodes' uV, `(n_samples, COLUMNS)`, behind the board's converter.

    `level_uv` is the RMS at the skin, `(n_samples,)`; noise is white, added to what comes out.
    """
    ratio = oversampling(rate_hz)
    carrier = _carrier(kind, ratio * rate_hz, seed)
    converter = Converter(ratio, COLUMNS)
    padded = np.append(level_uv, np.zeros(-len(level_uv) % BLOCK))
    blocks = []
    for part in padded.reshape(-1, BLOCK):
        fast = np.repeat(part, ratio)[:, np.newaxis] * np.ones(COLUMNS)
        blocks.append(converter.push(carrier.push(fast / reference_uv) * fast))
    noise = np.random.default_rng([seed, 7]).normal(0.0, noise_uv, (len(level_uv), COLUMNS))
    noisy: FloatArray = np.concatenate(blocks)[: len(level_uv)] + noise
    return noisy


def limit_hz(rate_hz: float, passed: BoolArray, snr: float) -> float:
    """Return B of Gaussian EMG behind the converter: `∫ (S / (S + N))² df` where `passed`.

    `passed` has even steps from 0 to half the rate; `snr` is the reference over the noise, both
    RMS. What the converter folds down counts too.
    """
    ratio, bins = oversampling(rate_hz), 2 * (len(passed) - 1)
    taps = np.convolve(design_shaping(SPECTRUM, ratio * rate_hz), design_sinc3(ratio))
    power = np.abs(np.fft.fft(taps, bins * ratio)) ** 2
    muscle = power.reshape(ratio, bins).mean(axis=0)[: len(passed)] * snr**2
    share = muscle / (muscle + 1.0)
    return float(np.sum(share[passed] ** 2) * rate_hz / bins)


def course(rate_hz: float, seed: int) -> FloatArray:
    """Return a course of effort, 0 to 1: attempts, steps, twitches and slow waves, 90 s or so."""
    rng = np.random.default_rng([seed, 3])
    parts = []
    for _ in range(5):
        top = rng.uniform(0.5, 1.0)
        ramp, hold, release = rng.uniform(0.6, 1.5), 4.0, rng.uniform(0.3, 0.8)
        parts += [_flat(0, 2.0, rate_hz), top * _ramp(ramp, rate_hz), _flat(top, hold, rate_hz)]
        parts += [top * _ramp(release, rate_hz)[::-1], _flat(0, 1.5, rate_hz)]
        parts += [_flat(rng.uniform(0.1, 0.6), 1.0, rate_hz), _flat(0, 0.7, rate_hz)]
        for _ in range(3):
            twitch = np.sin(np.pi * _ramp(0.15, rate_hz)) ** 2
            parts += [rng.uniform(0.1, 0.4) * twitch, _flat(0, 0.4, rate_hz)]
        parts += [0.5 - 0.35 * np.cos(4.0 * np.pi * _ramp(4.0, rate_hz)), _flat(0, 0.5, rate_hz)]
    return np.concatenate(parts)


def steps(rate_hz: float, count: int = 8) -> tuple[FloatArray, int]:
    """Return steps from 0 to 1 and back, and how many samples each level lasts."""
    length = round(2.0 * rate_hz)
    return np.tile(np.repeat([0.0, 1.0], length), count), length


def _flat(level: float, seconds: float, rate_hz: float) -> FloatArray:
    return np.full(round(seconds * rate_hz), float(level))


def _ramp(seconds: float, rate_hz: float) -> FloatArray:
    return np.linspace(0.0, 1.0, round(seconds * rate_hz))


def _carrier(kind: Kind, rate_hz: float, seed: int) -> Carrier:
    if kind is Kind.GAUSSIAN:
        return GaussianCarrier(SPECTRUM, rate_hz=rate_hz, muscles=COLUMNS, seed=seed)
    pool = MotorUnits(units=8)
    return MotorUnitCarrier(pool, SPECTRUM, rate_hz=rate_hz, muscles=COLUMNS, seed=seed)
