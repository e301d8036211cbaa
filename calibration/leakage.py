"""What is known of the leakage between muscles and electrodes, and how it is said."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.lags import FloatArray, Lags
from calibration.montage import Montage
from calibration.saying import Saying

BoolArray = NDArray[np.bool_]

UNKNOWN_SD = 0.15
"""How large a tap may well be where nobody has calibrated: shares up to 30 % or so."""
NAMED = 0.05
"""From this share on a leak is worth a sentence."""
LARGE = 0.35
"""From this share on it is worth moving an electrode (Lapatki 2003: below 25 % at 8 mm)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leakage:
    """By electrode and muscle, `(n_channels, n_channels)`; muscles go by their own electrodes.

    `x_i(t) = s_i(t) + sum over j, k of taps[i, j, k] * s_j(t + lag k)`, with `s_j` as muscle `j`
    shows in its own electrode.
    """

    rate_hz: float
    lags: Lags
    taps: FloatArray
    """`(n_channels, n_channels, lags.count)`; 0 on the diagonal and where nothing is known."""
    taps_sd: FloatArray
    """Standard error of each tap, same shape."""
    share: FloatArray
    """RMS in the electrode over RMS in the muscle's own; NaN where not known."""
    low: FloatArray
    """Lower end of the share's 95 % interval."""
    high: FloatArray
    heard: BoolArray
    """Which muscles are to be taken out of which electrode when they are driven."""
    whitening: FloatArray
    """Taps, `lags.step` samples apart, under which the fit works and must go on to work."""
    rest_power: FloatArray
    """uV² of the whitened signal at rest, `(n_channels,)`."""

    def __post_init__(self) -> None:
        """Refuse parts of different sizes, and electrodes that hear their own muscle."""
        channels = len(self.rest_power)
        if self.taps.shape != (channels, channels, self.lags.count):
            raise ValueError(f"need taps of {channels} channels, got {self.taps.shape}")
        pairs = (self.share, self.low, self.high, self.heard)
        if self.taps_sd.shape != self.taps.shape or any(
            part.shape != (channels, channels) for part in pairs
        ):
            raise ValueError(f"all parts must be of {channels} channels")
        if np.diagonal(self.heard).any() or np.diagonal(self.taps).any():
            raise ValueError("a muscle does not leak into its own electrode")
        if not np.isfinite(self.taps).all() or (self.rest_power < 0.0).any():
            raise ValueError("taps must be finite and powers positive")


def unknown_leakage(channels: int, rate_hz: float, *, heard: BoolArray | None = None) -> Leakage:
    """Return what is known before a calibration: that anything may leak moderately.

    `heard` `(electrodes, muscles)` leaves out what cannot leak; see `neighbours`.
    """
    lags = Lags.at(rate_hz)
    pairs = ~np.eye(channels, dtype=np.bool_) if heard is None else heard.copy()
    np.fill_diagonal(pairs, val=False)
    nowhere = np.full(pairs.shape, np.nan)
    return Leakage(
        rate_hz=rate_hz,
        lags=lags,
        taps=np.zeros((*pairs.shape, lags.count)),
        taps_sd=np.where(pairs[:, :, np.newaxis], UNKNOWN_SD, np.zeros(lags.count)),
        share=nowhere,
        low=nowhere,
        high=nowhere,
        heard=pairs,
        whitening=np.ones(1),
        rest_power=np.zeros(channels),
    )


def neighbours(montage: Montage) -> BoolArray:
    """Return which muscle may leak into which electrode: those of one side, or of no known side."""
    sites = montage.sites
    may = [[a.side is b.side or not (a.muscle and b.muscle) for b in sites] for a in sites]
    pairs = np.array(may, dtype=np.bool_)
    np.fill_diagonal(pairs, val=False)
    return pairs


def findings(leakage: Leakage, montage: Montage) -> tuple[str, ...]:
    """Return one sentence for each leak that is surely worth one, the loudest first."""
    loud = np.where(leakage.low >= NAMED, leakage.share, 0.0)
    order = np.argsort(-loud, axis=None, kind="stable")[: np.count_nonzero(loud)]
    pairs = zip(*np.unravel_index(order, loud.shape), strict=True)
    return tuple(_sentence(leakage, montage, int(i), int(j)) for i, j in pairs)


def _sentence(leakage: Leakage, montage: Montage, electrode: int, source: int) -> str:
    percent = [
        f"{100.0 * float(part[electrode, source]):.0f}"
        for part in (leakage.share, leakage.low, leakage.high)
    ]
    heard = Saying(
        "The electrode “{}” hears “{}”: {} % ({} to {} %)",
        montage.named(electrode),
        montage.named(source),
        *percent,
    )
    if leakage.share[electrode, source] < LARGE:
        return Saying("{}; this is taken out.", heard)
    return Saying("{}; this is taken out, but the electrodes had better be further apart.", heard)
