"""Fit what leaks from which muscle into which electrode, from reference contractions.

Muscles that work together through synkinesis send *different* samples, however alike their
envelopes; leakage sends the *same* samples, smeared a little. So the leak is what makes the
electrodes' samples dependent. It is fitted by the likelihood of independent sources whose power
changes (Pham & Cardoso 2001, IEEE Trans. Signal Process. 49:1837): every electrode is regressed on
a few lags of all other muscles' signals, each block weighted by the inverse of the power that the
electrode's own muscle has in it, and the mixture is turned around until nothing is left to explain.
Synkinesis while calibrating therefore costs some precision, and does not bias.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from calibration.lags import (
    FloatArray,
    Lags,
    autocovariance,
    design_whitening,
    filtered,
    lagged,
    unmixing,
)
from calibration.leakage import UNKNOWN_SD, BoolArray, Leakage

_UNDONE = 4
"""Reach of the inverse mixture: a leak of a leak of a leak is over by then."""
_STILL = 1e-4
"""Taps that move less are found."""


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
    taps, covariance = _fit(blocks, may, lags, settings.rounds)
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
    margin = lags.samples + _UNDONE * lags.step
    length = round(settings.block_s * rate_hz)
    starts = range(margin, len(data) - length - margin + 1, length)
    edges = [(start - margin, start + length + margin) for start in starts]
    kept = [data[a:b] for a, b in edges if sound[a : b + memory].all()]
    return np.array(kept).reshape(-1, length + 2 * margin, data.shape[1])


def _fit(
    blocks: FloatArray, may: BoolArray, lags: Lags, rounds: int
) -> tuple[FloatArray, FloatArray]:
    """Return taps `(n, n, lags)` and their covariances `(n, n, lags, lags)`.

    What cannot leak into each other, such as the two sides of a face, is fitted apart.
    """
    taps = np.zeros((*may.shape, lags.count))
    covariance = np.zeros((*taps.shape, lags.count))
    count, group = connected_components(may, directed=False)
    for number in range(count):
        inside = np.flatnonzero(group == number)
        if len(inside) > 1:
            pairs = np.ix_(inside, inside)
            own = np.ascontiguousarray(blocks[:, :, inside])
            taps[pairs], covariance[pairs] = _fit_group(own, may[pairs], lags, rounds)
    return taps, covariance


def _fit_group(
    blocks: FloatArray, may: BoolArray, lags: Lags, rounds: int
) -> tuple[FloatArray, FloatArray]:
    """Turn one group's mixture around until nothing is left to explain."""
    taps = np.zeros((*may.shape, lags.count))
    covariance = np.zeros((*taps.shape, lags.count))
    for _ in range(rounds):
        before = taps.copy()
        products = _products(blocks, taps, lags)
        for electrode in np.flatnonzero(may.any(axis=1)):
            columns = np.flatnonzero(may[electrode])
            step, spread = _regression(products, int(electrode), columns, lags.count)
            taps[electrode, columns] += step
            covariance[electrode, columns] = spread
        if np.abs(taps - before).max() < _STILL:
            break
    return taps, covariance


def _products(blocks: FloatArray, taps: FloatArray, lags: Lags) -> FloatArray:
    """Return the mean products of all unmixed lags in each block, `(n_blocks, p, p)`."""
    weights = unmixing(taps, _UNDONE).transpose(2, 1, 0).reshape(-1, len(taps))
    far = Lags(step=lags.step, reach=_UNDONE)
    size = len(taps) * lags.count
    found = np.empty((len(blocks), size, size))
    for place, block in enumerate(blocks):
        near = lagged(lagged(block, far) @ weights, lags)
        found[place] = near.T @ near / len(near)
    return found


def _regression(
    products: FloatArray, electrode: int, columns: NDArray[np.int64], count: int
) -> tuple[FloatArray, FloatArray]:
    """Return what the lags of `columns` still explain, `(n, lags)`, and its covariance.

    The covariance is that of estimating equations (Huber 1967), from the scatter between blocks:
    it holds for motor units too, whose samples are not Gaussian.
    """
    channels = products.shape[1] // count
    place = (np.arange(count) * channels + columns[:, np.newaxis]).ravel()
    own = count // 2 * channels + electrode
    weight = 1.0 / np.maximum(products[:, own, own], 1e-12)
    whole = (weight @ products.reshape(len(products), -1)).reshape(products.shape[1:])
    system = whole[np.ix_(place, place)]
    system += 1e-6 * np.trace(system) / len(system) * np.eye(len(system))
    inverse = np.linalg.inv(system)
    step = inverse @ whole[place, own]
    # What each block would still change at the solution.
    change = np.zeros(products.shape[1])
    change[own], change[place] = 1.0, -step
    left = weight[:, np.newaxis] * (products @ change)[:, place]
    spread = (inverse @ (left.T @ left) @ inverse).reshape(len(columns), count, -1, count)
    pairs = np.arange(len(columns))
    return step.reshape(len(columns), count), spread[pairs, :, pairs]


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
