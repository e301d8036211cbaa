"""The whole chain: raw samples in, levels with their quality out."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from host.chain.adaptive import AdaptiveEnvelope, AdaptiveWindow
from host.chain.amplitude import Levels
from host.chain.conditioning import Conditioning
from host.chain.hearing import Hearing
from host.chain.own_envelope import CrosstalkRemoval, OwnEnvelope
from host.chain.plain import RmsEnvelope, RmsWindow
from host.chain.stream import BoolArray, Chunk, Stream

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
    crosstalk: CrosstalkRemoval | None = None
    """With a calibration, what takes other muscles out of each electrode."""
    listen_s: float = 1.0
    """Of several mains frequencies, remove only those heard in so much of the beginning, which
    is no more than the filters need to settle; 0 removes them all."""

    def __post_init__(self) -> None:
        """Refuse to listen for longer than anybody would wait."""
        if not 0.0 <= self.listen_s <= 10.0:
            raise ValueError(f"listen_s must be 0 to 10, got {self.listen_s}")
        hop_s = (self.adaptive or self.envelope).hop_s
        if self.crosstalk is not None and self.crosstalk.separation.hop_s != hop_s:
            raise ValueError(f"separation and levels need the same hop_s, got {hop_s} for levels")

    @property
    def plain(self) -> tuple[str, ...]:
        """Say for each channel why it runs in the plain mode, "" where it does not; () for all."""
        if self.adaptive is None:
            return ()
        return tuple(model.plain for model in self.adaptive.channels)

    def digest(self, stream: Stream) -> str:
        """Name this chain on this stream: equal digests give equal levels."""
        settings = _written(self)
        # A plain chain gives the levels that it always gave: recordings know it by that name.
        for added in ("adaptive", "crosstalk"):
            if getattr(self, added) is None:
                del settings[added]
        what = (_VERSION, settings, stream.rate_hz, stream.range_uv)
        return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


class SignalChain:
    """Raw chunks in, levels out; equal to the last bit for every cut of the stream."""

    def __init__(self, settings: ChainSettings, stream: Stream) -> None:
        self._envelope = _envelope(settings, stream)
        self._apart = None
        if settings.crosstalk is not None:
            self._apart = OwnEnvelope(settings.crosstalk, self._envelope, stream)
        self.hop = self._envelope.hop
        """Samples per hop."""
        self._hearing = Hearing(settings.conditioning, settings.listen_s, stream)

    def drive(self, driven: BoolArray, start: int) -> None:
        """Take these channels, `(n_channels,)`, as driven on purpose from sample `start` on.

        What leaks from them is taken out of the others. That sample must not have been pushed yet.
        """
        if self._apart is not None:
            self._apart.drive(driven, start)

    def push(self, chunk: Chunk) -> list[Levels]:
        """Return the levels that this chunk completes; a jump of their numbers is a gap."""
        pieces = self._hearing.push(chunk)
        if self._apart is not None:
            return [levels for piece in pieces for levels in self._apart.push(piece)]
        return [levels for piece in pieces if len(levels := self._envelope.push(piece))]


def _envelope(settings: ChainSettings, stream: Stream) -> RmsEnvelope | AdaptiveEnvelope:
    conditioning = settings.conditioning
    limits, hums = conditioning.quality, conditioning.hum
    if settings.adaptive is None:
        return RmsEnvelope(settings.envelope, limits, hums, stream)
    upper_hz = conditioning.band_pass.upper_hz(stream.rate_hz)
    return AdaptiveEnvelope(settings.adaptive, limits, hums, stream, upper_hz)


def _written(settings: ChainSettings) -> dict[str, Any]:
    """Return the settings with every array written out: `repr` leaves out most of a long one."""

    def plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return {
            name: value.tolist() if isinstance(value, np.ndarray) else value
            for name, value in pairs
        }

    return asdict(settings, dict_factory=plain)
