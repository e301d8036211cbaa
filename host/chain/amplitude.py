"""The amplitude of each channel: RMS over a short window, on a grid of hops.

This is the plain mode, for channels that nobody has calibrated; `adaptive` does better. The window
moves on the grid of the global sample index, so a level does not depend on how the samples arrived.
Sums are added hop by hop in a fixed order: equal to the last bit for every cut.
"""

from dataclasses import dataclass

import numpy as np

from calibration.freedom import amplitude_interval, plain_freedom_hz
from host.chain.conditioning import Conditioned
from host.chain.hops import HopCutter
from host.chain.hum import HumLimits
from host.chain.judging import USABLE, WindowJudge
from host.chain.quality import CodeArray, QualityLimits
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class RmsWindow:
    """Settings of the moving RMS."""

    window_s: float = 0.18
    hop_s: float = 0.004

    def __post_init__(self) -> None:
        """Refuse a window shorter than its hop."""
        if not 0.0 < self.hop_s <= self.window_s <= 2.0:
            raise ValueError(f"need 0 < hop_s <= window_s <= 2, got {self}")


@dataclass(frozen=True, slots=True, eq=False)
class Crosstalk:
    """What driven muscles add to each electrode; arrays are `(n_hops, n_channels)`."""

    leaked_uv: FloatArray
    """RMS of what was taken out, over a quarter of a second; NaN where unknown.

    In the units of the levels: `hypot(rms_uv, leaked_uv)` is the level as it came.
    """
    explained: FloatArray
    """Share of the activity's power that comes from driven muscles, 0 to 1; NaN where unknown."""
    doubt: FloatArray
    """Share of what is left that may still be crosstalk; NaN where unknown."""
    suspected: BoolArray
    """Whether most of what the electrode shows is crosstalk, and worth a word."""

    def rows(self, start: int, stop: int) -> "Crosstalk":
        """Return some of them, by row."""
        rows = slice(start, stop)
        return Crosstalk(
            self.leaked_uv[rows], self.explained[rows], self.doubt[rows], self.suspected[rows]
        )


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels at the ends of consecutive hops."""

    first: int
    """Number of the first hop; hop `k` ends before sample `(k + 1) * hop`."""
    hop: int
    """Samples per hop."""
    rms_uv: FloatArray
    """Muscle and noise together, `(n_hops, n_channels)`; NaN where the quality is not usable."""
    quality: CodeArray
    """`Quality`, same shape."""
    lost: IntArray
    """How many samples of each hop never came or came garbled, same shape."""
    freedom: FloatArray | None = None
    """Degrees of freedom of `rms_uv` squared, same shape; None where nobody says."""
    noise_uv: FloatArray | None = None
    """RMS of noise that is in `rms_uv`, `(n_channels,)`; None in the plain mode: not known."""
    hop_power_uv2: FloatArray | None = None
    """Mean power of each hop by itself, of the same signal as `rms_uv`: what detection sums up."""
    beside: Crosstalk | None = None
    """What was taken out; None where nothing is separated."""

    def __len__(self) -> int:
        return len(self.rms_uv)

    @property
    def amplitude_uv(self) -> FloatArray:
        """The muscle's amplitude, freed of the noise where that is known; NaN where unknown."""
        if self.noise_uv is None:
            return self.rms_uv
        power: FloatArray = np.maximum(self.rms_uv**2 - self.noise_uv**2, 0.0)
        amplitude: FloatArray = np.sqrt(power)
        return amplitude

    def interval_uv(self, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Return where the amplitude lies, in this share of all cases; NaN where unknown."""
        if self.freedom is None:
            unknown = np.full_like(self.rms_uv, np.nan)
            return unknown, unknown
        noise_uv = np.zeros(1) if self.noise_uv is None else self.noise_uv
        return amplitude_interval(self.rms_uv, noise_uv, self.freedom, confidence)

    def rows(self, start: int, stop: int) -> "Levels":
        """Return some of them, by row."""
        return Levels(
            self.first + start,
            self.hop,
            self.rms_uv[start:stop],
            self.quality[start:stop],
            self.lost[start:stop],
            None if self.freedom is None else self.freedom[start:stop],
            self.noise_uv,
            None if self.hop_power_uv2 is None else self.hop_power_uv2[start:stop],
            None if self.beside is None else self.beside.rows(start, stop),
        )


class RmsEnvelope:
    """Moving RMS of the samples that can be believed."""

    def __init__(
        self, settings: RmsWindow, limits: QualityLimits, hums: HumLimits, stream: Stream
    ) -> None:
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        self._channels = len(stream.channels)
        self._freedom_per_sample = plain_freedom_hz(stream.rate_hz) / stream.rate_hz
        self._cutter = HopCutter(self.hop, 2, self._channels)
        hops = max(1, round(settings.window_s * stream.rate_hz / self.hop))
        self._judge = WindowJudge(hops, self.hop, 3, limits, hums)

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""
        if piece.start != self._cutter.stop:
            self._cutter.restart(piece.start)
            self._judge.restart(self._channels)
        power, hum = self._cutter.extend(piece.flaws)
        np.square(piece.data.T, out=power)
        np.square(piece.hum.T, out=hum)
        if np.count_nonzero(piece.flaws):
            power *= piece.flaws.T == 0
        return self._levels()

    def _levels(self) -> Levels:
        """Judge the windows that end with the hops which are complete."""
        hops = self._cutter.cut()
        if not len(hops):
            return no_levels(hops.first, self.hop, self._channels)
        sums = hops.sums(0, 1)
        (power, _, valid), quality = self._judge.push(hops, sums)
        unknown = quality > USABLE
        rms_uv = np.sqrt(power / np.maximum(valid, 1.0))
        rms_uv[unknown] = np.nan
        freedom = valid * self._freedom_per_sample
        hop_power = hop_powers(sums[:, 0], sums[:, 2], unknown)
        return Levels(
            hops.first,
            self.hop,
            rms_uv,
            quality,
            hops.lost(),
            freedom,
            hop_power_uv2=hop_power,
        )


def hop_powers(sums: FloatArray, samples: FloatArray, unknown: BoolArray) -> FloatArray:
    """Return the mean power of each hop, `(n_hops, n_channels)`; NaN where no sample is good."""
    mean: FloatArray = sums / np.maximum(samples, 1.0)
    mean[unknown | (samples == 0.0)] = np.nan
    return mean


def no_levels(first: int, hop: int, channels: int) -> Levels:
    """Return the levels of a piece that completes no hop."""
    empty = np.empty((0, channels))
    codes = empty.astype(np.uint8)
    lost = codes.astype(np.int64)
    return Levels(first, hop, empty, codes, lost, empty, hop_power_uv2=empty)
