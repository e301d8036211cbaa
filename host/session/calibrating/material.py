"""Everything that a calibration has heard so far: samples in the EMG band, and powers by hop."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from calibration.channel_model import ChannelModel
from calibration.levels import Levels as CalibrationLevels
from host.chain.adaptive import AdaptiveEnvelope, AdaptiveWindow
from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioned
from host.chain.hearing import Hearing
from host.chain.pipeline import ChainSettings
from host.chain.plain import RmsEnvelope
from host.chain.quality import USABLE, CodeArray, Flaw, Quality
from host.chain.stream import Chunk, FloatArray, Stream

_Rows = TypeVar("_Rows", FloatArray, CodeArray)

_GUESSED = np.uint8(Flaw.LOST)
"""What stands for a single lost sample is near enough; every other flaw makes it unknown."""
_LEAST_SOUND = 0.5
"""A channel that is sound for less of the time tells nothing."""


class Material:
    """Takes chunks in, and gives what `calibration` fits from."""

    def __init__(self, settings: ChainSettings, stream: Stream) -> None:
        """Keep what the plain chain with this conditioning makes of the stream."""
        self.stream = stream
        self.settings = ChainSettings(
            conditioning=settings.conditioning,
            envelope=settings.envelope,
            listen_s=settings.listen_s,
        )
        """The plain chain."""
        self._hearing = Hearing(self.settings.conditioning, self.settings.listen_s, stream)
        self._plain = self._envelope(None)
        self._pieces: list[Conditioned] = []
        self._levels: list[Levels] = []

    @property
    def hop(self) -> int:
        """Samples per hop."""
        return self._plain.hop

    @property
    def stop(self) -> int:
        """Index after the last sample of which everything is known; always whole hops."""
        newest = self.newest
        return 0 if newest is None else int(newest.first + len(newest)) * newest.hop

    @property
    def newest(self) -> Levels | None:
        """The newest levels of the plain chain; None before the first."""
        return self._levels[-1] if self._levels else None

    @property
    def band_hz(self) -> tuple[float, float]:
        """Where the chain passes the signal."""
        band = self.settings.conditioning.band_pass
        return band.low_hz, band.upper_hz(self.stream.rate_hz)

    @property
    def digest(self) -> str:
        """Name of the plain chain on this stream."""
        return ChainSettings(conditioning=self.settings.conditioning).digest(self.stream)

    def push(self, chunk: Chunk) -> None:
        """Take raw samples."""
        for piece in self._hearing.push(chunk):
            levels = self._plain.push(piece)
            self._pieces.append(piece)
            if len(levels):
                self._levels.append(levels)

    def heard(self, stop: int) -> CalibrationLevels:
        """Return powers and quality of all hops that hold samples before `stop`; no samples."""
        return self._as_heard(self._levels, -(-stop // self.hop))

    def with_samples(self, stop: int) -> CalibrationLevels:
        """Return the same with the samples, NaN where they cannot be used.

        A channel that is hardly ever sound is silent instead: it must not cost the others.
        """
        heard = self.heard(stop)
        came_uv = np.full((stop, heard.channels), np.nan)
        sound = np.zeros(came_uv.shape, dtype=np.bool_)
        for piece in self._pieces:
            rows = slice(piece.start, min(piece.start + len(piece.data), stop))
            count = max(0, rows.stop - rows.start)
            came_uv[rows] = piece.data[:count]
            sound[rows] = (piece.flaws[:count] & ~_GUESSED) == 0
        silent = np.where(sound.mean(axis=0) < _LEAST_SOUND, 0.0 * came_uv, np.nan)
        samples_uv = np.where(sound, came_uv, silent)
        return replace(heard, samples_uv=samples_uv)

    def adapted(self, models: tuple[ChannelModel, ...], stop: int) -> CalibrationLevels:
        """Return what the adaptive chain shows up to `stop`; powers are behind its filters."""
        envelope = self._envelope(models)
        levels = [found for piece in self._pieces if len(found := envelope.push(piece))]
        heard = self._as_heard(levels, -(-stop // self.hop))
        shown_uv = np.full_like(heard.power_uv2, np.nan)
        _fill(shown_uv, [(one.first, one.rms_uv) for one in levels])
        return replace(heard, shown_uv=shown_uv)

    def _envelope(self, models: tuple[ChannelModel, ...] | None) -> RmsEnvelope | AdaptiveEnvelope:
        conditioning = self.settings.conditioning
        limits, hums = conditioning.quality, conditioning.hum
        if models is None:
            return RmsEnvelope(self.settings.envelope, limits, hums, self.stream)
        window = AdaptiveWindow(channels=models, hop_s=self.settings.envelope.hop_s)
        return AdaptiveEnvelope(window, limits, hums, self.stream, self.band_hz[1])

    def _as_heard(self, levels: list[Levels], hops: int) -> CalibrationLevels:
        """Lay levels out from hop 0 on; what is missing is unknown."""
        shape = hops, len(self.stream.channels)
        power_uv2 = np.full(shape, np.nan)
        quality: CodeArray = np.full(shape, Quality.GAP, dtype=np.uint8)
        powers = [(one.first, one.hop_power_uv2) for one in levels]
        _fill(power_uv2, [(first, rows) for first, rows in powers if rows is not None])
        _fill(quality, [(one.first, one.quality) for one in levels])
        return CalibrationLevels(
            power_uv2=power_uv2,
            known=(quality <= USABLE) & np.isfinite(power_uv2),
            clipped=quality == Quality.RAILED,
            mains=quality == Quality.MAINS,
            loose=(quality == Quality.LOOSE) | (quality == Quality.FLAT),
            hop=self.hop,
            rate_hz=self.stream.rate_hz,
            band_hz=self.band_hz,
        )


def _fill(whole: _Rows, parts: Iterable[tuple[int, _Rows]]) -> None:
    """Put rows where they belong, as far as there is room."""
    for first, rows in parts:
        room = max(0, min(len(rows), len(whole) - first))
        whole[first : first + room] = rows[:room]
