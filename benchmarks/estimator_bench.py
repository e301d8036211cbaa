"""One kind of EMG at one rate, calibrated once, for ours and for filters of fixed length."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from scipy import signal

from benchmarks.estimator_signals import COLUMNS, Kind, emg, limit_hz
from calibration.channel_model import ChannelModel, fit_channel
from host.chain.adaptive import AdaptiveWindow
from host.chain.conditioning import Conditioning
from host.chain.filters import MainsRemoval
from host.chain.pipeline import ChainSettings, SignalChain
from host.chain.sound import condition, sound_runs
from host.chain.stream import Chunk, FloatArray, Stream, channel_names

REFERENCE_UV, NOISE_UV = 200.0, 2.0
REST_CALIBRATION_S, HOLD_CALIBRATION_S = 20.0, 12.0
"""As a therapist measures: rest twice 10 s, three holds of 4 s."""
SETTLED_S = 3.0
MAINS_HZ = (50.0,)

Estimate: TypeAlias = Callable[[FloatArray], FloatArray]
"""From raw uV `(n_samples, COLUMNS)` to amplitudes at the ends of hops, before scaling."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An estimator with a name and the factors that calibration gives it."""

    name: str
    estimate: Estimate
    scale: FloatArray
    """`(COLUMNS,)`."""

    def __call__(self, raw_uv: FloatArray) -> FloatArray:
        """Return amplitudes as a share of the reference, `(n_hops, COLUMNS)`."""
        return self.estimate(raw_uv) * self.scale


class Bench:
    """One kind of EMG at one rate, through one conditioning, calibrated once."""

    def __init__(self, rate_hz: float, kind: Kind, half_width_hz: float = 2.0) -> None:
        self.rate_hz, self.kind = rate_hz, kind
        narrow = "" if half_width_hz == 2.0 else f", mains ±{half_width_hz:g} Hz"
        self.name = f"{kind.value} {rate_hz:g} Hz{narrow}"
        self.stream = Stream(rate_hz=rate_hz, channels=channel_names(COLUMNS))
        mains = MainsRemoval(base_hz=MAINS_HZ, half_width_hz=half_width_hz)
        self.settings = ChainSettings(conditioning=Conditioning(mains=mains), listen_s=0.0)
        self.hop = self.stream.samples(0.004)
        rest = self.raw(np.zeros(self.samples(REST_CALIBRATION_S)), 1001)
        hold = self.raw(np.ones(self.samples(HOLD_CALIBRATION_S)), 1002)
        self.models = self._models(rest, hold)
        self.band_noise_uv = self._rms(rest)
        adapted = replace(self.settings, adaptive=AdaptiveWindow(channels=self.models))
        self.adapted = adapted
        self.ours = self._peer("ours", self._levels, hold)
        self.peers = [
            self._peer("Butterworth-2 3 Hz", self._butterworth(3.0), hold),
            self._peer("Butterworth-2 5 Hz", self._butterworth(5.0), hold),
            self._peer("RMS 180 ms", self._moving_rms, hold),
        ]

    def limit_hz(self) -> float:
        """Return B of what the chain lets through: its band, less the stops at the mains."""
        conditioning = self.settings.conditioning
        band, mains = conditioning.band_pass, conditioning.mains
        upper_hz = band.upper_hz(self.rate_hz)
        hz = np.linspace(0.0, self.rate_hz / 2.0, (1 << 15) + 1)
        passed = (hz >= band.low_hz) & (hz <= upper_hz)
        for centre_hz in mains.centres_hz(upper_hz):
            passed &= np.abs(hz - centre_hz) > mains.half_width_hz
        return limit_hz(self.rate_hz, passed, REFERENCE_UV / NOISE_UV)

    def samples(self, seconds: float) -> int:
        """Return how many samples, with the time to settle."""
        return round((seconds + SETTLED_S) * self.rate_hz)

    def raw(self, level: FloatArray, seed: int) -> FloatArray:
        """Return raw uV at this share of the reference."""
        scaled = level * REFERENCE_UV
        raw_uv = emg(
            self.kind, scaled, self.rate_hz, seed, reference_uv=REFERENCE_UV, noise_uv=NOISE_UV
        )
        return self.stream.on_grid(raw_uv)

    def settled(self, values: FloatArray) -> FloatArray:
        """Leave out the beginning of hops."""
        return values[round(SETTLED_S * self.rate_hz) // self.hop :]

    def band(self, raw_uv: FloatArray) -> FloatArray:
        """Return the samples in the EMG band; all but the last."""
        pieces = condition(self.settings, self.stream, [Chunk(0, raw_uv)])
        return np.concatenate([piece.data for piece in pieces])

    def levels(self, raw_uv: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return our amplitudes with their 95 % intervals, in uV of the EMG band."""
        levels = SignalChain(self.adapted, self.stream).push(Chunk(0, raw_uv))
        parts = [(part.amplitude_uv, *part.interval_uv()) for part in levels]
        amplitude, low, high = (np.concatenate(kind) for kind in zip(*parts, strict=True))
        return amplitude, low, high

    def _levels(self, raw_uv: FloatArray) -> FloatArray:
        return self.levels(raw_uv)[0]

    def _butterworth(self, corner_hz: float) -> Estimate:
        sos = signal.butter(2, corner_hz, fs=self.rate_hz, output="sos")

        def estimate(raw_uv: FloatArray) -> FloatArray:
            rectified = np.abs(self.band(raw_uv)) * np.sqrt(np.pi / 2.0)
            smooth = signal.sosfilt(sos, rectified, axis=0)[self.hop - 1 :: self.hop]
            return self._freed(np.maximum(smooth, 0.0) ** 2)

        return estimate

    def _moving_rms(self, raw_uv: FloatArray) -> FloatArray:
        length = round(0.18 * self.rate_hz)
        power = np.cumsum(self.band(raw_uv) ** 2, axis=0)
        power[length:] -= power[:-length].copy()
        return self._freed(power[self.hop - 1 :: self.hop] / length)

    def _freed(self, power: FloatArray) -> FloatArray:
        freed: FloatArray = np.sqrt(np.maximum(power - self.band_noise_uv**2, 0.0))
        return freed

    def _rms(self, raw_uv: FloatArray) -> FloatArray:
        rms: FloatArray = np.sqrt(np.mean(self.band(raw_uv)[-self.samples(0.0) :] ** 2, axis=0))
        return rms

    def _models(self, rest: FloatArray, hold: FloatArray) -> tuple[ChannelModel, ...]:
        parts = []
        for raw_uv in (rest, hold):
            pieces = condition(self.settings, self.stream, [Chunk(0, raw_uv)])
            start = round(SETTLED_S * self.rate_hz)
            parts.append([sound_runs(pieces, c, start, len(raw_uv)) for c in range(COLUMNS)])
        return tuple(
            fit_channel(rests, holds, self.rate_hz) for rests, holds in zip(*parts, strict=True)
        )

    def _peer(self, name: str, estimate: Estimate, hold: FloatArray) -> Peer:
        return Peer(name, estimate, 1.0 / np.mean(self.settled(estimate(hold)), axis=0))
