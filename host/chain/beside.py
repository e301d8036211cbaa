"""What driven muscles add to each electrode, told twelve times a second.

Nobody reads these numbers faster, and sums over short blocks on the grid of the global sample index
cost a small part of sums over windows that end with every hop.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from host.chain.amplitude import Crosstalk
from host.chain.own_levels import OwnLevelMeter, OwnWindow
from host.chain.separation import Separated
from host.chain.stream import BoolArray, FloatArray, Stream

EVERY_S = 0.08


class BesideMeter:
    """Separated samples in; for each hop out what the newest whole block said."""

    def __init__(
        self, settings: OwnWindow, hop: int, stream: Stream, noise_uv: FloatArray | None
    ) -> None:
        self._hop = hop
        self._per_block = max(1, round(EVERY_S * stream.rate_hz / hop))
        self._block = hop * self._per_block
        self._meter = OwnLevelMeter(settings, self._block, stream, noise_uv)
        self._pieces: list[Separated] = []
        """Hops behind the last whole block."""
        self._begin = 0
        """Their first sample that is in a whole block."""
        self._stop: int | None = None
        self._unknown = np.full((3, 1, len(stream.channels)), np.nan)
        self._last = self._unknown
        """What the newest whole block said: leaked, explained, doubt, `(3, 1, n_channels)`."""
        self._suspected: BoolArray = np.zeros((1, len(stream.channels)), dtype=np.bool_)

    def push(self, piece: Separated) -> Crosstalk:
        """Return what is known at each hop of a piece; after a jump nothing at first."""
        start, count = piece.start, len(piece.own_uv) // self._hop
        if start != self._stop:
            self._pieces, self._last = [], self._unknown
            self._suspected = np.zeros_like(self._suspected)
            self._begin = -(-start // self._block) * self._block
        self._pieces.append(piece)
        self._stop = start + count * self._hop
        if self._stop // self._block * self._block <= self._begin:
            leaked, explained, doubt = np.repeat(self._last, count, axis=1)
            return Crosstalk(leaked, explained, doubt, np.repeat(self._suspected, count, axis=0))
        ends = (start // self._hop + 1 + np.arange(count)) // self._per_block
        newest = ends - self._begin // self._block
        values, suspected = self._values()
        # Hops before the first whole block that is new see the one before it.
        leaked, explained, doubt = values[:, np.maximum(newest, 0)]
        return Crosstalk(leaked, explained, doubt, suspected[np.maximum(newest, 0)])

    def _values(self) -> tuple[FloatArray, BoolArray]:
        """Measure the blocks that are whole now; return the last ones before them, and theirs."""
        stop = 0 if self._stop is None else self._stop // self._block * self._block
        values, suspected = [self._last], [self._suspected]
        for piece in self._taken(stop):
            found = self._meter.push(self._in_blocks(piece))
            values.append(np.stack([found.leaked_uv, found.explained, found.doubt]))
            suspected.append(found.suspected)
        self._begin = stop
        known, told = np.concatenate(values, axis=1), np.concatenate(suspected)
        self._last, self._suspected = known[:, -1:], told[-1:]
        return known, told

    def _taken(self, stop: int) -> Iterator[Separated]:
        """Take whole blocks up to `stop` from the pieces; what is behind them stays.

        Only what earlier pieces left is joined with the newest one, which may be long.
        """
        *early, newest = self._pieces
        border = min(-(-newest.start // self._block) * self._block, stop) if early else self._begin
        border = max(border, self._begin)
        if early and self._begin < border:
            head = _joined([*early, _rows(newest, 0, border - newest.start, self._hop)])
            here = self._begin - head.start
            yield _rows(head, here, border - head.start, self._hop)
        if border < stop:
            yield _rows(newest, border - newest.start, stop - newest.start, self._hop)
        left = _rows(newest, stop - newest.start, len(newest.own_uv), self._hop)
        self._pieces = [left] if len(left.own_uv) else []

    def _in_blocks(self, piece: Separated) -> Separated:
        """Return the same with the doubt of whole blocks in place of hops."""
        channels = piece.own_uv.shape[1]
        doubt = piece.doubt_uv2.reshape(-1, self._per_block, channels).mean(axis=1)
        return replace(piece, doubt_uv2=doubt)


def _joined(pieces: list[Separated]) -> Separated:
    """Return consecutive pieces as one."""
    return Separated(
        pieces[0].start,
        np.concatenate([one.own_uv for one in pieces]),
        np.concatenate([one.total_uv for one in pieces]),
        np.concatenate([one.flaws for one in pieces]),
        np.concatenate([one.own_flaws for one in pieces]),
        np.concatenate([one.hum for one in pieces]),
        np.concatenate([one.doubt_uv2 for one in pieces]),
    )


def _rows(piece: Separated, start: int, stop: int, hop: int) -> Separated:
    """Return the samples from row `start` to before `stop`, both on the grid of hops."""
    hops = slice(start // hop, stop // hop)
    return Separated(
        piece.start + start,
        piece.own_uv[start:stop],
        piece.total_uv[start:stop],
        piece.flaws[start:stop],
        piece.own_flaws[start:stop],
        piece.hum[start:stop],
        piece.doubt_uv2[hops],
    )
