"""What one channel's EMG is like: its whitening filter, its noise, and how much it scatters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.freedom import Freedom, fit_freedom, plain_freedom
from calibration.saying import Saying
from calibration.traces import FloatArray
from calibration.whitening import DESIGN_SHARE, MOST_TAPS, design_whitening, fit_spectra

LEAST_S = 4
"""Rest and effort must each have so many whole seconds: half of them to design the filter, half to
try it."""
LEAST_RATIO = 2.0
"""Power of effort over that of rest, below which spectra cannot be told apart."""
GAIN = 1.05
"""Whitening must raise the degrees of freedom of the muscle's power by this much to be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelModel:
    """Numbers of one channel, for one placement of its electrodes, rate and chain."""

    taps: tuple[float, ...] = (1.0,)
    """Whitening filter; `(1.0,)` for none."""
    noise_uv: float = 0.0
    """RMS at rest behind the filter; 0 where not known."""
    rest: Freedom
    """How sure a mean power is at rest."""
    active: Freedom
    """The same in steady effort."""
    limit_hz: float | None = None
    """Bandwidth B of the limit at the reference; None where not known."""
    plain: str = ""
    """Why the channel is not whitened, in words for the therapist; empty where it is."""

    def __post_init__(self) -> None:
        """Refuse numbers that would turn every level into a guess."""
        if not self.taps or not np.isfinite(self.taps).all():
            raise ValueError(f"a filter has finite taps, got {self.taps}")
        if not 0.0 < sum(abs(tap) for tap in self.taps) <= 256.0:
            raise ValueError(f"the taps' sizes add up to more than 0, at most 256, got {self.taps}")
        if not (np.isfinite(self.noise_uv) and self.noise_uv >= 0.0):
            raise ValueError(f"noise_uv must be 0 or more, got {self.noise_uv}")

    @property
    def whitened(self) -> bool:
        """Whether a filter is used."""
        return not self.plain and len(self.taps) > 1


def plain_channel(rate_hz: float, why: str = Saying("not calibrated")) -> ChannelModel:
    """Return the model of a channel of which nothing is known."""
    freedom = plain_freedom(rate_hz)
    return ChannelModel(rest=freedom, active=freedom, plain=why)


def fit_channel(
    rest: Sequence[FloatArray],
    active: Sequence[FloatArray],
    rate_hz: float,
    share: float = DESIGN_SHARE,
) -> ChannelModel:
    """Fit a channel to runs of consecutive sound samples in the EMG band, each `(n_samples,)`.

    `active` is steady effort at the reference, such as the holds of the gentle pattern. The filter
    is designed on the first half of each and tried on the second; where it does not help there,
    the channel is left as it is, and `plain` says so.
    """
    for runs, name in ((rest, Saying("rest")), (active, Saying("steady effort"))):
        if (lasting := _whole_seconds(runs, rate_hz)) < LEAST_S:
            return plain_channel(rate_hz, Saying("only {} whole seconds of {}", lasting, name))
    unfiltered = (1.0,)
    plain = _measured(unfiltered, rest, active, rate_hz)
    if _power(active) < LEAST_RATIO * _power(rest):
        return _model(plain, unfiltered, Saying("effort is too weak against rest"))
    halves = [_halves(rest), _halves(active)]
    trial = tuple(design_whitening(fit_spectra(halves[0][0], halves[1][0], rate_hz), share))
    tried = [
        _measured(taps, halves[0][1], halves[1][1], rate_hz).muscle_freedom_hz(share)
        for taps in (trial, unfiltered)
    ]
    if not tried[0] >= GAIN * tried[1]:
        return _model(plain, unfiltered, Saying("whitening does not help here"))
    spectra = fit_spectra(rest, active, rate_hz)
    taps = tuple(design_whitening(spectra, share).tolist())
    return _model(_measured(taps, rest, active, rate_hz), taps, "", spectra.limit_hz())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measured:
    """Powers and degrees of freedom behind a filter."""

    rest_power: float
    active_power: float
    rest: Freedom
    active: Freedom

    def muscle_freedom_hz(self, share: float) -> float:
        """Return how well the muscle's own power is told at this share of the reference.

        Relative variances of rest and effort are weighted by their part in the power there.
        """
        muscle = (self.active_power - self.rest_power) * share**2
        spread = muscle / np.sqrt(self.active.long_hz) + self.rest_power / np.sqrt(
            self.rest.long_hz
        )
        return float((muscle / spread) ** 2)


def _measured(
    taps: Sequence[float], rest: Sequence[FloatArray], active: Sequence[FloatArray], rate_hz: float
) -> _Measured:
    filtered = [[_filtered(run, taps) for run in runs] for runs in (rest, active)]
    freedoms = [fit_freedom(runs, rate_hz) or plain_freedom(rate_hz) for runs in filtered]
    return _Measured(
        rest_power=_power(filtered[0]),
        active_power=_power(filtered[1]),
        rest=freedoms[0],
        active=freedoms[1],
    )


def _model(
    measured: _Measured, taps: tuple[float, ...], plain: str, limit_hz: float | None = None
) -> ChannelModel:
    return ChannelModel(
        taps=taps,
        noise_uv=float(np.sqrt(measured.rest_power)),
        rest=measured.rest,
        active=measured.active,
        limit_hz=limit_hz,
        plain=plain,
    )


def _filtered(run: FloatArray, taps: Sequence[float]) -> FloatArray:
    return np.convolve(run, taps, "valid") if len(run) >= len(taps) else run[:0]


def _whole_seconds(runs: Sequence[FloatArray], rate_hz: float) -> int:
    """Return how many seconds the runs have behind any filter, counted in each by itself."""
    return sum(max(0, int((len(run) - MOST_TAPS) / rate_hz)) for run in runs)


def _power(runs: Sequence[FloatArray]) -> float:
    return float(np.mean(np.square(np.concatenate(runs))))


def _halves(runs: Sequence[FloatArray]) -> tuple[list[FloatArray], list[FloatArray]]:
    """Cut the runs where half of their samples have passed."""
    left = sum(map(len, runs)) // 2
    early, late = [], []
    for run in runs:
        cut = min(left, len(run))
        left -= cut
        early += [run[:cut]] if cut else []
        late += [run[cut:]] if cut < len(run) else []
    return early, late
