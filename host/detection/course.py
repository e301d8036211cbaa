"""The powers of an attempt's targets: what its measures are taken from."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.power_trace import power_trace
from calibration.reference import Reference
from calibration.traces import Trace
from host.chain.stream import FloatArray

PIECE_S = 0.04
"""Powers are averaged over so long before they are measured: rises of 0.2 s are told apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Powers of consecutive hops. Nobody writes to them, so copies of a monitor share them."""

    first: int
    powers: FloatArray

    @property
    def stop(self) -> int:
        """Number of the hop after the last."""
        return self.first + len(self.powers)

    def __deepcopy__(self, memo: object) -> "Piece":
        return self


def joined(pieces: Iterable[Piece], first: int, stop: int, columns: int) -> FloatArray:
    """Return hops `first` to before `stop` of pieces in order; NaN where none came."""
    powers = np.full((max(stop - first, 0), columns), np.nan)
    for piece in pieces:
        begin, end = max(piece.first, first), min(piece.stop, stop)
        if begin < end:
            inside = piece.powers[begin - piece.first : end - piece.first]
            powers[begin - first : end - first] = inside
    return powers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """Powers of an attempt's targets, from before its cue on; never written to."""

    first: int
    """Number of the first hop."""
    hop: int
    rate_hz: float
    channels: tuple[int, ...]
    """Columns of the targets, of both sides."""
    powers: FloatArray
    """Mean power of each hop in uV², `(n_hops, n_targets)`; NaN where unknown or touched."""
    reference: Reference | None
    """By which they are measured, `(n_channels,)` each; None where nothing came."""

    def trace(self, place: int, start: int, stop: int) -> Trace:
        """Return the activation of one of the targets from sample `start` to `stop`."""
        if self.reference is None:
            raise ValueError("there is no reference to measure these powers by")
        rows = slice(*(max(at // self.hop - self.first, 0) for at in (start, stop)))
        channel, known = self.channels[place], self.reference
        gentle_uv = float(known.gentle_uv[channel])
        numbers = ChannelNumbers(
            noise_uv=float(known.noise_uv[channel]),
            rest_uv=float(known.rest_uv[channel]),
            reference_uv=gentle_uv,
            reference_low_uv=gentle_uv,
            reference_high_uv=gentle_uv,
            holds=1,
        )
        return power_trace(self.powers[rows, place], numbers, self.hop / self.rate_hz, PIECE_S)

    @property
    def known(self) -> tuple[int, ...]:
        """The targets that have a reference."""
        if self.reference is None:
            return ()
        parts = (self.reference.noise_uv, self.reference.rest_uv, self.reference.gentle_uv)
        rows = np.array([part[list(self.channels)] for part in parts])
        return tuple(np.flatnonzero(np.isfinite(rows).all(axis=0)).tolist())
