"""Levels of each muscle's own signal, with what other muscles add to its electrode beside them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from calibration.leakage import Leakage
from host.chain.amplitude import Crosstalk, Levels
from host.chain.beside import BesideMeter
from host.chain.conditioning import Conditioned
from host.chain.own_levels import OwnWindow
from host.chain.quality import Flaw
from host.chain.separation import Separated, Separation, Separator
from host.chain.stream import BoolArray, IntArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosstalkRemoval:
    """Settings: what calibration found to leak, and how it is followed and taken out."""

    leakage: Leakage
    separation: Separation = Separation()
    beside: OwnWindow = OwnWindow()
    """How the uncorrected level is measured, and when crosstalk is suspected."""
    noise_uv: tuple[float, ...] = ()
    """RMS of each channel's noise in the EMG band; () where it is not known."""
    gains: tuple[float, ...] = ()
    """How many times each channel's whitening makes its muscle's RMS; () for 1."""

    def __post_init__(self) -> None:
        """Refuse the numbers of other channels."""
        channels = len(self.leakage.rest_power)
        for numbers in (self.noise_uv, self.gains):
            if len(numbers) not in {0, channels} or not all(number >= 0.0 for number in numbers):
                raise ValueError(f"need a number of {channels} channels each, got {numbers}")


class Envelope(Protocol):
    """Turns conditioned samples into levels, hop by hop."""

    hop: int

    def push(self, piece: Conditioned) -> Levels:
        """Return the levels of all hops that this piece completes."""


class OwnEnvelope:
    """Takes crosstalk out of the samples before an envelope sees them."""

    def __init__(self, settings: CrosstalkRemoval, envelope: Envelope, stream: Stream) -> None:
        self._separator = Separator(settings.separation, settings.leakage, stream)
        self._envelope = envelope
        noise_uv = np.array(settings.noise_uv) if settings.noise_uv else None
        self._gains = np.array(settings.gains or (1.0,))
        self._beside = BesideMeter(settings.beside, envelope.hop, stream, noise_uv)

    def drive(self, driven: BoolArray, start: int) -> None:
        """Take these channels, `(n_channels,)`, as driven from sample `start` on."""
        self._separator.use(driven, start)

    def push(self, piece: Conditioned) -> list[Levels]:
        """Return the levels of all hops that this piece completes; those before a jump first."""
        return [levels for one in self._separator.push(piece) if len(levels := self._levels(one))]

    def _levels(self, piece: Separated) -> Levels:
        levels, beside = self._envelope.push(piece.own), self._beside.push(piece)
        leaked_uv = self._gains * beside.leaked_uv
        return Levels(
            levels.first,
            levels.hop,
            levels.rms_uv,
            levels.quality,
            _lost(piece, levels.hop),
            levels.freedom,
            levels.noise_uv,
            levels.hop_power_uv2,
            Crosstalk(leaked_uv, beside.explained, beside.doubt, beside.suspected),
        )


def _lost(piece: Separated, hop: int) -> IntArray:
    """Return how many samples of each hop never came on the channel itself."""
    flaws = piece.flaws.reshape(-1, hop, piece.flaws.shape[1])
    if not np.count_nonzero(flaws):
        return np.zeros(flaws.shape[::2], dtype=np.int64)
    lost: IntArray = np.count_nonzero(flaws & np.uint8(Flaw.LOST), axis=1)
    return lost
