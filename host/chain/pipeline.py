"""The whole chain: raw samples in, levels with their quality out."""

import hashlib
from dataclasses import asdict, dataclass, replace

import numpy as np

from host.chain.adaptive import AdaptiveEnvelope, AdaptiveWindow
from host.chain.amplitude import Levels, RmsEnvelope, RmsWindow
from host.chain.conditioning import Conditioner, Conditioning
from host.chain.mains import mains_present
from host.chain.stream import Chunk, Stream

_VERSION = 1
"""Raise it when the same settings begin to give other levels: old profiles are then refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSettings:
    """Everything that decides a level."""

    conditioning: Conditioning = Conditioning()
    envelope: RmsWindow = RmsWindow()
    """The plain mode, while nobody has calibrated."""
    adaptive: AdaptiveWindow | None = None
    """With a calibration, what takes the plain mode's place."""
    listen_s: float = 1.0
    """Of several mains frequencies, remove only those heard in so much of the beginning, which
    is no more than the filters need to settle; 0 removes them all."""

    def __post_init__(self) -> None:
        """Refuse to listen for longer than anybody would wait."""
        if not 0.0 <= self.listen_s <= 10.0:
            raise ValueError(f"listen_s must be 0 to 10, got {self.listen_s}")

    @property
    def plain(self) -> tuple[str, ...]:
        """Say for each channel why it runs in the plain mode, "" where it does not; () for all."""
        if self.adaptive is None:
            return ()
        return tuple(model.plain for model in self.adaptive.channels)

    def digest(self, stream: Stream) -> str:
        """Name this chain on this stream: equal digests give equal levels."""
        settings = asdict(self)
        if self.adaptive is None:
            # A plain chain gives the levels that it always gave: recordings know it by that name.
            del settings["adaptive"]
        what = (_VERSION, settings, stream.rate_hz, stream.range_uv)
        return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


class SignalChain:
    """Raw chunks in, levels out; equal to the last bit for every cut of the stream."""

    def __init__(self, settings: ChainSettings, stream: Stream) -> None:
        self._settings = settings
        self._stream = stream
        self._envelope = _envelope(settings, stream)
        self.hop = self._envelope.hop
        """Samples per hop."""
        self._heard: list[Chunk] = []
        self._conditioner: Conditioner | None = None

    def push(self, chunk: Chunk) -> list[Levels]:
        """Return the levels that this chunk completes; a jump of their numbers is a gap."""
        if self._conditioner is not None:
            return self._levels(self._conditioner, chunk)
        self._heard.append(chunk)
        wanted = round(self._settings.listen_s * self._stream.rate_hz)
        if sum(map(len, self._heard)) < wanted:
            return []
        self._conditioner = Conditioner(self._conditioning(wanted), self._stream)
        heard, self._heard = self._heard, []
        return [levels for early in heard for levels in self._levels(self._conditioner, early)]

    def _conditioning(self, wanted: int) -> Conditioning:
        """Choose the mains frequency from the first `wanted` samples."""
        conditioning = self._settings.conditioning
        among_hz = conditioning.mains.base_hz
        if not wanted or len(among_hz) < 2:
            return conditioning
        data = np.concatenate([chunk.data for chunk in self._heard])[:wanted]
        base_hz = mains_present(data, self._stream.rate_hz, among_hz)
        return replace(conditioning, mains=replace(conditioning.mains, base_hz=base_hz))

    def _levels(self, conditioner: Conditioner, chunk: Chunk) -> list[Levels]:
        pieces = conditioner.push(chunk)
        return [levels for piece in pieces if len(levels := self._envelope.push(piece))]


def _envelope(settings: ChainSettings, stream: Stream) -> RmsEnvelope | AdaptiveEnvelope:
    conditioning = settings.conditioning
    limits, hums = conditioning.quality, conditioning.hum
    if settings.adaptive is None:
        return RmsEnvelope(settings.envelope, limits, hums, stream)
    upper_hz = conditioning.band_pass.upper_hz(stream.rate_hz)
    return AdaptiveEnvelope(settings.adaptive, limits, hums, stream, upper_hz)
