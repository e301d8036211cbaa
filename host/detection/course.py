"""The powers of an attempt's targets: what its measures are taken from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.intervals import Z95
from calibration.power_trace import PIECE_S, power_trace, shared_error, trace_about
from calibration.reference import Reference
from calibration.ringing import Ringing
from calibration.traces import Trace
from host.chain.stream import FloatArray

RISE_PIECE_S = 0.04
"""Powers are averaged over so long before a rise is measured: rises of 0.2 s are told apart."""
TOGETHER = 64
"""So many small pieces become one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Powers of consecutive hops. Nobody writes to them."""

    first: int
    powers: FloatArray

    @property
    def stop(self) -> int:
        """Number of the hop after the last."""
        return self.first + len(self.powers)


class Pieces:
    """Pieces in order, of which many small ones become one: a long attempt is few."""

    def __init__(self, columns: int, pieces: Sequence[Piece] = ()) -> None:
        """Begin with pieces of so many columns."""
        self._columns = columns
        self._pieces = [_together(pieces, columns)] if pieces else []
        self._whole = len(self._pieces)
        """So many of them are put together already."""

    def add(self, piece: Piece) -> None:
        """Take what follows."""
        self._pieces.append(piece)
        if len(self._pieces) - self._whole >= TOGETHER:
            self._pieces[self._whole :] = [_together(self._pieces[self._whole :], self._columns)]
            self._whole += 1

    def powers(self, first: int, stop: int) -> FloatArray:
        """Return hops `first` to before `stop`, `(n_hops, n_columns)`; NaN where none came."""
        return joined(self._pieces, first, stop, self._columns)


def _together(pieces: Sequence[Piece], columns: int) -> Piece:
    first = pieces[0].first
    return Piece(first=first, powers=joined(pieces, first, pieces[-1].stop, columns))


def joined(pieces: Iterable[Piece], first: int, stop: int, columns: int) -> FloatArray:
    """Return hops `first` to before `stop` of pieces in order; NaN where none came."""
    powers = np.full((max(stop - first, 0), columns), np.nan)
    for piece in pieces:
        begin, end = max(piece.first, first), min(piece.stop, stop)
        if begin < end:
            inside = piece.powers[begin - piece.first : end - piece.first]
            powers[begin - first : end - first] = inside
    return powers


def numbers_of(reference: Reference, channel: int) -> ChannelNumbers:
    """Return one channel of a reference; where its spread is not known, as if it were sure."""
    gentle_uv = float(reference.gentle_uv[channel])
    spread = 0.0 if reference.spread is None else float(np.nan_to_num(reference.spread[channel]))
    factor = exp(Z95 * spread)
    return ChannelNumbers(
        noise_uv=float(reference.noise_uv[channel]),
        rest_uv=float(reference.rest_uv[channel]),
        reference_uv=gentle_uv,
        reference_low_uv=gentle_uv / factor,
        reference_high_uv=gentle_uv * factor,
        holds=1,
    )


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
        """Return the activation of one of the targets from sample `start` to `stop`, finely."""
        numbers, hop_s = self._numbers(place), self.hop / self.rate_hz
        return power_trace(self._powers(place, start, stop), numbers, hop_s, RISE_PIECE_S)

    def level(self, place: int, start: int, stop: int, rest_spread: float = 0.0) -> Trace:
        """Return the same in the longer pieces of a hold, where its level is measured."""
        numbers, hop_s = self._numbers(place), self.hop / self.rate_hz
        shared = shared_error(numbers, rest_spread)
        return power_trace(self._powers(place, start, stop), numbers, hop_s, PIECE_S, shared=shared)

    def about(
        self,
        place: int,
        span: tuple[int, int],
        level: float,
        rings: Ringing,
        rest_spread: float = 0.0,
    ) -> Trace:
        """Return the same for telling when it crosses a level near rest, without what rings."""
        numbers, hop_s = self._numbers(place), self.hop / self.rate_hz
        shared = shared_error(numbers, rest_spread)
        rows, powers = self._rows(*span), self.powers[:, place]
        heard = rings.heard(powers)[rows]
        return trace_about(powers[rows], numbers, hop_s, level, shared=shared, ringing=heard)

    def _powers(self, place: int, start: int, stop: int) -> FloatArray:
        return self.powers[self._rows(start, stop), place]

    def _rows(self, start: int, stop: int) -> slice:
        return slice(*(max(at // self.hop - self.first, 0) for at in (start, stop)))

    def _numbers(self, place: int) -> ChannelNumbers:
        if self.reference is None:
            raise ValueError("there is no reference to measure these powers by")
        return numbers_of(self.reference, self.channels[place])

    @property
    def known(self) -> tuple[int, ...]:
        """The targets that have a reference."""
        if self.reference is None:
            return ()
        parts = (self.reference.noise_uv, self.reference.rest_uv, self.reference.gentle_uv)
        rows = np.array([part[list(self.channels)] for part in parts])
        return tuple(np.flatnonzero(np.isfinite(rows).all(axis=0)).tolist())
