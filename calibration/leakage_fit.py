"""Fit what leaks from which muscle into which electrode, from reference contractions.

Their samples are whitened and cut into blocks; `mixture` finds the leaks in them, and here they are
turned into shares that a person can read, each with its interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.lags import FloatArray, Lags, autocovariance, design_whitening, filtered
from calibration.leakage import UNKNOWN_SD, BoolArray, Leakage
from calibration.mixture import UNDONE, fit_mixture


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakageFit:
    """Settings of the fit."""

    block_s: float = 0.25
    """A muscle's power is taken as steady for so long."""
    least_s: float = 2.0
    """A contraction with fewer usable seconds tells nothing."""
    reach_s: float = 0.002
    """How much earlier or later a leak may be. With 3 ms and more it is no longer told from axons
    that serve two muscles, which is true synkinesis: longer paths are left alone."""
    whitening_lags: int = 6
    rounds: int = 12
    """How often the mixture is turned around at most."""
    heard: float = 0.01
    """A muscle whose share may be so large is taken out live; one that cannot is left alone."""

    def __post_init__(self) -> None:
        """Refuse blocks that are too short for their regression."""
        if not (0.1 <= self.block_s <= self.least_s and self.whitening_lags >= 1):
            raise ValueError(f"need 0.1 <= block_s <= least_s and a lag to whiten, got {self}")
        if not (self.rounds >= 1 and 0.0 <= self.heard < 1.0 and 0.0 < self.reach_s <= 0.01):
            raise ValueError(f"need a round, a share for heard, and up to 10 ms, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contraction:
    """A muscle at work on purpose, as the conditioned samples of all channels."""

    source: int
    """Column of the muscle; other muscles may come along."""
    data_uv: FloatArray
    """In the EMG band, `(n_samples, n_channels)`."""
    valid: BoolArray
    """Which samples can be believed, same shape."""
    also: tuple[int, ...] = ()
    """Columns of muscles that were asked for at the same time, such as that of the other side."""

    def __post_init__(self) -> None:
        """Refuse a source that has no column."""
        if self.data_uv.shape != self.valid.shape or self.data_uv.ndim != 2:
            raise ValueError(f"need valid for every sample, got {self.data_uv.shape}")
        for column in self.sources:
            if not 0 <= column < self.data_uv.shape[1]:
                raise ValueError(f"there is no channel {column}")

    @property
    def sources(self) -> tuple[int, ...]:
        """Columns of all muscles at work on purpose."""
        return (self.source, *self.also)


def fit_leakage(
    contractions: Sequence[Contraction],
    *,
    rest_uv: FloatArray,
    rate_hz: float,
    settings: LeakageFit | None = None,
    allowed: BoolArray | None = None,
) -> Leakage:
    """Fit what every contracted muscle leaks into every electrode.

    `rest_uv` are conditioned, sound samples at rest, `(n_samples, n_channels)`. `allowed`
    `(electrodes, muscles)` leaves out what cannot leak, such as the other side of the face; None
    leaves out nothing. Of a muscle that was not contracted, and of an electrode that was off,
    nothing is known: anything may leak moderately. ValueError where no contraction is long enough.
    """
    settings = settings or LeakageFit()
    lags = Lags.at(rate_hz, reach_s=settings.reach_s)
    used = [part for part in contractions if _usable_s(part, rate_hz) >= settings.least_s]
    if not used:
        raise ValueError(f"crosstalk needs a contraction of at least {settings.least_s} s")
    spectra = _spectra(used, lags, settings.whitening_lags)
    pooled = np.sum([spectrum / spectrum[0] for spectrum in spectra.values()], axis=0)
    whitening = design_whitening(pooled[: settings.whitening_lags + 1])
    blocks = np.concatenate([_blocks(part, settings, lags, whitening, rate_hz) for part in used])
    possible = _possible(blocks.shape[2], allowed)
    known = np.zeros_like(possible)
    listened = np.any([part.valid.mean(axis=0) > 0.5 for part in used], axis=0)
    known[np.ix_(listened, np.array(list(spectra)))] = True
    may = possible & known
    taps, covariance = fit_mixture(blocks, may, lags, settings.rounds)
    share, low, high = _shares(taps, covariance, spectra, may, lags)
    error = np.sqrt(np.diagonal(covariance, axis1=2, axis2=3))
    return Leakage(
        rate_hz=rate_hz,
        lags=lags,
        taps=taps,
        taps_sd=np.where((possible & ~known)[:, :, np.newaxis], UNKNOWN_SD, error),
        share=share,
        low=low,
        high=high,
        heard=(may & (high >= settings.heard)) | (possible & ~known),
        whitening=whitening,
        rest_power=np.mean(filtered(rest_uv, whitening, lags.step) ** 2, axis=0),
    )


def _possible(channels: int, allowed: BoolArray | None) -> BoolArray:
    """Return which muscles may leak into which electrodes at all."""
    possible = np.ones((channels, channels), dtype=np.bool_) if allowed is None else allowed.copy()
    np.fill_diagonal(possible, val=False)
    return possible


def _usable_s(part: Contraction, rate_hz: float) -> float:
    return float(part.valid[:, part.source].sum()) / rate_hz


def _spectra(used: Sequence[Contraction], lags: Lags, whitening_lags: int) -> dict[int, FloatArray]:
    """Return the autocovariance of each contracted muscle in its own electrode, by column."""
    count = max(whitening_lags + 1, lags.count)
    spectra: dict[int, FloatArray] = {}
    for part in used:
        for source in part.sources:
            signal = np.where(part.valid, part.data_uv, 0.0)[:, source]
            found = autocovariance(signal, count, lags.step)
            spectra[source] = spectra.get(source, np.zeros(count)) + found
    return spectra


def _blocks(
    part: Contraction, settings: LeakageFit, lags: Lags, whitening: FloatArray, rate_hz: float
) -> FloatArray:
    """Return whitened blocks with room for the lags, `(n_blocks, n_samples, n_channels)`.

    A channel that is mostly not to be believed counts as silent, or it would cost every block.
    """
    working = part.valid.mean(axis=0) > 0.5
    data = filtered(np.where(working, part.data_uv, 0.0), whitening, lags.step)
    memory = len(part.data_uv) - len(data)
    sound = (part.valid | ~working).all(axis=1)
    margin = lags.samples + UNDONE * lags.step
    length = round(settings.block_s * rate_hz)
    starts = range(margin, len(data) - length - margin + 1, length)
    edges = [(start - margin, start + length + margin) for start in starts]
    kept = [data[a:b] for a, b in edges if sound[a : b + memory].all()]
    return np.array(kept).reshape(-1, length + 2 * margin, data.shape[1])


def _shares(
    taps: FloatArray,
    covariance: FloatArray,
    spectra: dict[int, FloatArray],
    may: BoolArray,
    lags: Lags,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return RMS in the electrode over RMS in the muscle's own, with the ends of its interval.

    The power is a quadratic form of the taps: mean and variance as for Gaussian estimates.
    """
    share, low, high = (np.full(may.shape, np.nan) for _ in range(3))
    apart = np.abs(np.subtract.outer(np.arange(lags.count), np.arange(lags.count)))
    for electrode, source in zip(*np.nonzero(may), strict=True):
        form = spectra[source][apart] / spectra[source][0]
        row, noise = taps[electrode, source], form @ covariance[electrode, source]
        power = row @ form @ row - np.trace(noise)
        spread = np.sqrt(4.0 * row @ noise @ form @ row + 2.0 * np.trace(noise @ noise))
        ends = np.array([power, power - 1.96 * spread, power + 1.96 * spread])
        share[electrode, source], low[electrode, source], high[electrode, source] = np.sqrt(
            np.maximum(ends, 0.0)
        )
    return share, low, high
