"""The amplitude over a window as long as nothing changes: still in a hold, quick at its edges.

Of windows of 1, 2, 4, … hops that end now, the longest is taken in which no part speaks against
another (Lepski 1990; local change points: Mercurio & Spokoiny 2004). Every hop is judged from the
last second of powers alone: nothing is carried on but the samples, so there is no state that could
go astray, and no model of how effort moves.
"""

from dataclasses import dataclass

import numpy as np

from calibration.channel_model import ChannelModel
from host.chain.amplitude import Levels, hop_powers, no_levels
from host.chain.conditioning import Conditioned
from host.chain.evidence import ratio_bounds
from host.chain.hops import HopCutter
from host.chain.hum import HumLimits
from host.chain.judging import USABLE, WindowJudge
from host.chain.quality import QualityLimits
from host.chain.stream import FloatArray, IntArray, Stream
from host.chain.whitening import POWER_STEP, Whitener, in_steps, strides
from host.chain.window_sums import WindowSums

EVIDENCE_S = (0.016, 0.512)
"""Windows up to the one, and from the other on, need the same evidence."""
_ROWS = 64
"""Hops at a time: few enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveWindow:
    """Settings of the adaptive window, and what calibration found out about each channel."""

    channels: tuple[ChannelModel, ...]
    hop_s: float = 0.004
    longest_s: float = 1.1
    """The longest window is the largest power of two of hops in it: 1.02 s of 4 ms."""
    quality_s: float = 0.18
    """Window over which a channel must be sound for its level to be known."""
    short_evidence: float = 16.0
    """Log likelihood ratio that ends a window of up to 16 ms; there are many such."""
    long_evidence: float = 7.0
    """The same from 0.5 s on; in between it falls by as much with each doubling."""
    rest_evidence: float = 15.0
    """The same at rest, whatever the length: a bar at rest must not twitch."""
    rest_power: float = 4.0
    """Below so many times the noise's power it is rest."""

    def __post_init__(self) -> None:
        """Refuse windows and thresholds that could never end, or always would."""
        if not self.channels:
            raise ValueError("an adaptive window needs a model of each channel")
        if not 0.0 < self.hop_s <= self.quality_s <= 2.0:
            raise ValueError(f"need 0 < hop_s <= quality_s <= 2, got {self}")
        if not 4.0 * self.hop_s <= self.longest_s <= 4.0:
            raise ValueError(f"longest_s must be 4 hops to 4 s, got {self.longest_s}")
        evidences = (self.short_evidence, self.long_evidence, self.rest_evidence)
        if not (2.0 <= self.long_evidence <= self.short_evidence and max(evidences) <= 50.0):
            raise ValueError(f"need 2 <= long <= short evidence <= 50, got {evidences}")
        if not (self.rest_evidence >= 2.0 and self.rest_power >= 1.0):
            raise ValueError(f"need rest_evidence >= 2 and rest_power >= 1, got {self}")

    def evidence(self, window_s: FloatArray) -> FloatArray:
        """Return what it takes to end a window of this length in effort."""
        ends = np.log(EVIDENCE_S)
        levels = [self.short_evidence, self.long_evidence]
        needed: FloatArray = np.interp(np.log(window_s), ends, levels)
        return needed


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """Windows, and which parts of them are compared, in the order of the windows' lengths."""

    lengths: IntArray
    """Hops of each window: 1, 2, 4, …"""
    newer: IntArray
    """For each trial the number of the window that is compared with the rest of …"""
    whole: IntArray
    """… the window of this number."""
    taken: IntArray
    """Which window to take when a trial is the first to fail; last: when none does.

    Half of the longest that stood: a change that is only just seen has begun earlier.
    """


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """Numbers of samples in the two parts of each trial, `(n_trials, n_hops or 1, n_channels)`."""

    newer: FloatArray
    older: FloatArray
    rest: FloatArray
    """The power, in `POWER_STEP`, below which the whole is at rest."""


def design_trials(longest: int) -> Trials:
    """Compare the newest half, and the newest quarter, of every window with its rest."""
    count = longest.bit_length()
    lengths = 2 ** np.arange(count)
    pairs = [(part, whole) for whole in range(1, count) for part in (whole - 2, whole - 1)]
    newer, whole = np.array([pair for pair in pairs if pair[0] >= 0]).T
    taken = np.append(np.maximum(whole - 2, 0), count - 1)
    return Trials(lengths, newer, whole, taken)


class AdaptiveEnvelope:
    """Levels over the longest window that nothing speaks against."""

    def __init__(
        self,
        settings: AdaptiveWindow,
        limits: QualityLimits,
        hums: HumLimits,
        stream: Stream,
        upper_hz: float,
    ) -> None:
        models = settings.channels
        if len(models) != len(stream.channels):
            raise ValueError(f"{len(models)} models, but {len(stream.channels)} channels")
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        hop_s = self.hop / stream.rate_hz
        self._trials = design_trials(max(2, int(settings.longest_s / hop_s)))
        self._longest = int(self._trials.lengths[-1])
        stride = strides(self.hop, stream.rate_hz, upper_hz)
        self._per_hop = self.hop // stride
        self._whitener = Whitener([model.taps for model in models], self.hop, stride)
        self._cutter = HopCutter(self.hop, 2, len(models))
        hops = max(1, round(settings.quality_s / hop_s))
        self._judge = WindowJudge(hops, self.hop, 2, limits, hums)
        self._sums = WindowSums(self._trials.lengths, len(models), self._per_hop)
        self._noise_uv = np.array([model.noise_uv for model in models])
        self._rest_steps = settings.rest_power * self._noise_uv**2 / POWER_STEP
        windows_s: FloatArray = np.asarray(self._trials.lengths * hop_s, dtype=np.float64)
        of_models = [
            [model.active.at_hz(windows_s), model.rest.at_hz(windows_s)] for model in models
        ]
        # In effort and at rest, `(n_windows, 2, n_channels)`, per hop.
        freedoms = np.array(of_models).transpose(2, 1, 0) * hop_s
        self._freedoms = freedoms / self._per_hop
        self._bounds = self._design_bounds(settings.evidence(windows_s), settings, freedoms)
        self._columns = np.arange(len(models))
        self._sound = self._shares(self._sums.sound)

    def _design_bounds(
        self, evidence: FloatArray, settings: AdaptiveWindow, freedoms: FloatArray
    ) -> FloatArray:
        """Return least and largest ratio of each trial, `(2, 2, n_trials, 1, n_channels)`.

        The newer part is the shorter one, so it scatters more: its degrees of freedom count.
        """
        trials = self._trials
        newer = trials.lengths[trials.newer][:, np.newaxis, np.newaxis]
        older = trials.lengths[trials.whole][:, np.newaxis, np.newaxis] - newer
        needed = evidence[trials.whole][:, np.newaxis, np.newaxis]
        both = np.stack([needed, np.full_like(needed, settings.rest_evidence)])
        of_trials = np.moveaxis(freedoms[trials.newer], 1, 0)[:, :, np.newaxis]
        return np.stack(ratio_bounds(newer, older, of_trials, both))

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""
        if piece.start != self._cutter.stop:
            self._cutter.restart(piece.start)
            self._judge.restart(len(self._noise_uv))
            self._whitener.restart()
            self._sums.restart()
        steps, hum = self._cutter.extend(piece.flaws)
        in_steps(piece.data.T, steps)
        np.square(piece.hum.T, out=hum)
        return self._levels()

    def _levels(self) -> Levels:
        """Find the window of every hop that is complete."""
        hops = self._cutter.cut()
        if not len(hops):
            return no_levels(hops.first, self.hop, len(self._noise_uv))
        quality = self._judge.quality(hops, hops.sums(1))
        powers, weights = self._whitener.push(hops, hops.tracks[0])
        self._sums.extend(powers, weights)
        parts = [self._part(*windows) for windows in self._sums.windows(_ROWS)]
        rms_uv, freedom = map(np.concatenate, zip(*parts, strict=True))
        sums = np.multiply(powers, POWER_STEP, dtype=np.float64)
        hop_power = sums / self._per_hop
        if weights is not None or np.count_nonzero(quality):
            unknown = quality > USABLE
            rms_uv[unknown] = np.nan
            freedom[unknown] = 0.0
            samples = np.full(powers.shape, self._per_hop) if weights is None else weights
            hop_power = hop_powers(sums, samples.astype(np.float64), unknown)
        return Levels(
            hops.first,
            self.hop,
            rms_uv,
            quality,
            hops.lost(),
            freedom,
            self._noise_uv,
            hop_power,
        )

    def _part(self, power: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return RMS and degrees of freedom, from the sums over all windows."""
        shares = self._sound if weight is self._sums.sound else self._shares(weight)
        chosen = self._chosen(power, shares)
        weight, power = _picked(weight, chosen), _picked(power, chosen)
        rest = power < self._rest_steps * weight
        freedom = weight * self._freedoms[chosen, rest.view(np.uint8), self._columns]
        power /= np.maximum(weight, 1.0)
        power *= POWER_STEP
        return np.sqrt(power, out=power), freedom

    def _shares(self, weight: FloatArray) -> Shares:
        """Return what the trials need to know about the numbers of samples."""
        whole, newer = weight[self._trials.whole], weight[self._trials.newer]
        return Shares(newer, whole - newer, self._rest_steps * whole)

    def _chosen(self, power: FloatArray, shares: Shares) -> IntArray:
        """Return the number of the window to take, `(n_hops, n_channels)`.

        A trial in which one part holds no sample stands.
        """
        trials = self._trials
        whole, newer = power.take(trials.whole, axis=0), power.take(trials.newer, axis=0)
        limits = np.where(whole >= shares.rest, self._bounds[:, 0], self._bounds[:, 1])
        whole -= newer
        whole *= shares.newer
        limits *= whole
        newer *= shares.older
        stands = np.zeros((len(trials.taken), *power.shape[1:]), dtype=np.bool_)
        np.logical_and(newer >= limits[0], newer <= limits[1], out=stands[:-1])
        first: IntArray = stands.argmin(axis=0)
        return trials.taken[first]


def _picked(windows: FloatArray, chosen: IntArray) -> FloatArray:
    """Return what stands in the chosen window, `(n_hops, n_channels)`."""
    if windows.shape[1] == 1 != len(chosen):
        # No sample is missing anywhere: the same for all channels.
        return windows[:, 0, 0].take(chosen)
    places = chosen * chosen.size
    places += np.arange(chosen.size).reshape(chosen.shape)
    return windows.take(places)
