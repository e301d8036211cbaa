"""The amplitude over a window as long as nothing changes: still in a hold, quick at its edges.

Of windows of 1, 2, 4, … hops that end now, the longest is taken in which no part speaks against
another (Lepski 1990; local change points: Mercurio & Spokoiny 2004). Every hop is judged from the
last second of powers alone: nothing is carried on but the samples, so there is no state that could
go astray, and no model of how effort moves.
"""

from dataclasses import dataclass

import numpy as np

from calibration.channel_model import ChannelModel
from host.chain.compiled.library import numbers, whole_numbers
from host.chain.compiled.structures import AdaptiveDesign, filled
from host.chain.evidence import ratio_bounds
from host.chain.hum import HumLimits
from host.chain.metering import Meter, Metered
from host.chain.quality import QualityLimits
from host.chain.stream import FloatArray, IntArray, Stream
from host.chain.whitening import POWER_STEP, strides, whole_taps

EVIDENCE_S = (0.016, 0.512)
"""Windows up to the one, and from the other on, need the same evidence."""


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


def design_trials(longest: int) -> Trials:
    """Compare the newest half, and the newest quarter, of every window with its rest."""
    count = longest.bit_length()
    lengths = 2 ** np.arange(count)
    pairs = [(part, whole) for whole in range(1, count) for part in (whole - 2, whole - 1)]
    newer, whole = np.array([pair for pair in pairs if pair[0] >= 0]).T
    taken = np.append(np.maximum(whole - 2, 0), count - 1)
    return Trials(lengths, newer, whole, taken)


class AdaptiveEnvelope(Metered):
    """Levels over the longest window that nothing speaks against."""

    def __init__(
        self,
        settings: AdaptiveWindow,
        limits: QualityLimits,
        hums: HumLimits,
        stream: Stream,
        upper_hz: float,
    ) -> None:
        self._made_of = settings, limits, hums, stream, upper_hz
        models = settings.channels
        if len(models) != len(stream.channels):
            raise ValueError(f"{len(models)} models, but {len(stream.channels)} channels")
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        hop_s = self.hop / stream.rate_hz
        self._trials = design_trials(max(2, int(settings.longest_s / hop_s)))
        noise_uv = np.array([model.noise_uv for model in models])
        stride = strides(self.hop, stream.rate_hz, upper_hz)
        design = self._designed(settings, hop_s, stride, settings.rest_power * noise_uv**2)
        hops = max(1, round(settings.quality_s / hop_s))
        self._meter = Meter(stream, self.hop, hops, limits, hums, design=design, noise_uv=noise_uv)

    def _designed(
        self, settings: AdaptiveWindow, hop_s: float, stride: int, rest_uv2: FloatArray
    ) -> AdaptiveDesign:
        """Return what the compiled loop needs to know."""
        trials, models = self._trials, settings.channels
        windows_s: FloatArray = np.asarray(trials.lengths * hop_s, dtype=np.float64)
        of_models = [
            [model.active.at_hz(windows_s), model.rest.at_hz(windows_s)] for model in models
        ]
        # In effort and at rest, `(n_windows, 2, n_channels)`, per hop.
        freedoms = np.array(of_models).transpose(2, 1, 0) * hop_s
        taps = whole_taps([model.taps for model in models])
        return filled(
            AdaptiveDesign,
            taps=taps,
            tap_count=taps.shape[1],
            stride=stride,
            lengths=whole_numbers(trials.lengths),
            windows=len(trials.lengths),
            newer=whole_numbers(trials.newer),
            whole=whole_numbers(trials.whole),
            taken=whole_numbers(trials.taken),
            trials=len(trials.newer),
            bounds=numbers(self._design_bounds(settings.evidence(windows_s), settings, freedoms)),
            rest=numbers(rest_uv2 / POWER_STEP),
            freedoms=numbers(freedoms / (self.hop // stride)),
        )

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
