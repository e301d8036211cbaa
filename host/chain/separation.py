"""Takes out of every electrode what leaks into it from muscles that are driven on purpose.

In three steps, on a grid of hops of the global sample index: what is calibrated to leak *into* the
driven electrodes is taken out of them, lest a quiet muscle's own activity be found there and
explained away; the drift of the leakage is followed block by block (`leak_tracker`); and the driven
muscles' signals, weighted so, are subtracted sample by sample. What is left is a signal like any
other, and its power is a sum of squares: no correction can turn noise into less than nothing.

All sums run over pieces of fixed size, so results are equal to the last bit for every cut.
"""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from calibration.lags import Lags, unmixing
from calibration.leakage import Leakage
from host.chain.compiled.library import place
from host.chain.conditioning import Conditioned
from host.chain.leak_blocks import BlockProducts, Blocks, Stretch
from host.chain.leak_tracker import LeakDrift, LeakTrackers
from host.chain.mixture import Mixture
from host.chain.quality import CodeArray, Flaw
from host.chain.rolling import Rolling
from host.chain.stream import BoolArray, FloatArray, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """Settings of the separation."""

    drift: LeakDrift = LeakDrift()
    hop_s: float = 0.004
    """Samples are given out in pieces of this, as the levels need them."""
    block_s: float = 0.2
    """How often the leakage is fitted anew."""

    def __post_init__(self) -> None:
        """Refuse blocks too short for a regression, or too long to follow anything."""
        if not 0.0 < self.hop_s <= 0.02 <= self.block_s <= 0.5:
            raise ValueError(f"need 0 < hop_s <= 0.02 <= block_s <= 0.5, got {self}")


@dataclass(frozen=True, slots=True, eq=False)
class Separated:
    """Consecutive samples in whole hops; arrays are `(n_samples, n_channels)` unless said."""

    start: int
    own_uv: FloatArray
    """What the channel's own muscle gives, noise included; driven channels stay as they are."""
    total_uv: FloatArray
    """The conditioned samples as they came."""
    flaws: CodeArray
    """`Flaw` bits of these."""
    own_flaws: CodeArray
    """The same, and `LOST` where a driven muscle that is heard here is not known."""
    hum: FloatArray
    doubt_uv2: FloatArray
    """Power in `own_uv` that may still be leakage, one row a hop, `(n_hops, n_channels)`."""

    @property
    def own(self) -> Conditioned:
        """The corrected signal, for any estimate of amplitude."""
        return Conditioned(self.start, self.own_uv, self.own_flaws, self.hum)

    @property
    def total(self) -> Conditioned:
        """The uncorrected one beside it, of the same samples."""
        return Conditioned(self.start, self.total_uv, self.flaws, self.hum)


class Separator:
    """Conditioned samples in, the same without crosstalk out, `delay` samples later."""

    def __init__(self, settings: Separation, leakage: Leakage, stream: Stream) -> None:
        channels = len(stream.channels)
        if len(leakage.rest_power) != channels or leakage.rate_hz != stream.rate_hz:
            raise ValueError(
                f"leakage of {len(leakage.rest_power)} channels at {leakage.rate_hz} Hz does not "
                f"fit a stream of {channels} at {stream.rate_hz}"
            )
        self._drift, self._leakage, self._lags = settings.drift, leakage, leakage.lags
        self._near = Lags(step=leakage.lags.step, reach=1)
        undone = unmixing(leakage.taps, 1).transpose(2, 1, 0)
        self._undo = Mixture(self._near, np.arange(channels), undone)
        self.hop = stream.samples(settings.hop_s)
        """Samples per hop."""
        self._block = self.hop * max(1, round(settings.block_s * stream.rate_hz / self.hop))
        self.delay = self._lags.samples + self._near.samples
        """How many later samples one needs."""
        self._products = BlockProducts(leakage.lags, leakage.whitening)
        self._before = self._block + self._products.before + self._near.samples
        """How many samples before the next hop are still looked at."""
        self._changes: deque[tuple[int, BoolArray]] = deque()
        nobody = np.zeros(channels, dtype=np.bool_)
        self._trackers = LeakTrackers(settings.drift, leakage, nobody, block=self._block)
        self._stop: int | None = None
        self._next = self._known = 0
        """The next hop's first sample, and the first one that is free of what leaks into it."""
        self._data, self._hum, self._cleaned = (Rolling(channels, np.float64) for _ in range(3))
        """All from sample `next - before` on; `cleaned` up to the next hop and its lags."""
        self._flaws = Rolling(channels, np.uint8)
        self._channels, self._row_bytes = channels, 8 * channels

    def use(self, driven: BoolArray, start: int) -> None:
        """Take these channels, `(n_channels,)`, as driven from the first hop at `start` or after.

        That sample must not have been pushed yet, so that a replay does the same. Where others are
        driven, what was learned is given up: the calibration holds until new blocks are there.
        """
        if driven.shape != (self._channels,):
            raise ValueError(f"need one mark for each channel, got {driven.shape}")
        last = self._changes[-1][0] if self._changes else start
        if start < last or (self._stop is not None and start < self._stop):
            raise ValueError(f"sample {start} lies before what is pushed or planned already")
        self._changes.append((start, driven.copy()))

    def push(self, piece: Conditioned) -> list[Separated]:
        """Return the hops that this piece completes; those before a jump come first."""
        if not len(piece.data):
            return []
        done: list[Separated] = []
        if piece.start != self._stop:
            done = self._finish()
            self._begin(piece.start)
        self._append(piece.data, piece.flaws, piece.hum)
        self._stop = piece.start + len(piece.data)
        return done + self._advance(self._stop - self.delay)

    def _finish(self) -> list[Separated]:
        """Give out the whole hops before a jump; what would follow them is not known."""
        if self._stop is None:
            return []
        self._append_unknown(self.delay)
        return self._advance(self._stop)

    def _begin(self, start: int) -> None:
        """Go on with the first hop that lies wholly behind `start`."""
        self._next = -(-start // self.hop) * self.hop
        self._known = self._next + self._lags.samples
        for kept in (self._data, self._hum, self._flaws, self._cleaned):
            kept.clear()
        self._append_unknown(start - self._next + self._before)
        self._cleaned.extend(self._before + self._lags.samples)[...] = 0.0

    def _append(self, data: FloatArray, flaws: CodeArray, hum: FloatArray) -> None:
        self._data.append(data)
        self._flaws.append(flaws)
        self._hum.append(hum)

    def _append_unknown(self, count: int) -> None:
        empty = np.zeros((count, self._channels))
        self._append(empty, np.full(empty.shape, Flaw.SETTLING, dtype=np.uint8), empty)

    def _advance(self, stop: int) -> list[Separated]:
        """Give out all whole hops before `stop`, stretch by stretch of one set of drivers."""
        end = stop // self.hop * self.hop
        done = []
        while self._next < end:
            while self._changes and self._changes[0][0] <= self._next:
                self._drive(self._changes.popleft()[1])
            change = self._changes[0][0] if self._changes else end
            done.append(self._stretch(min(-(-change // self.hop) * self.hop, end)))
        return done

    def _drive(self, driven: BoolArray) -> None:
        if not np.array_equal(driven, self._trackers.driven):
            self._trackers = LeakTrackers(self._drift, self._leakage, driven, block=self._block)

    def _stretch(self, stop: int) -> Separated:
        """Separate whole hops up to `stop`, for which everything is there."""
        count = stop - self._next
        here = slice(self._before, self._before + count)
        bad = self._bad()
        sound = None if bad is None else np.where(bad, 0.0, self._data.rows)
        self._clean(self._data.at(0) if sound is None else place(sound), count)
        total, flaws = self._data.rows[here].copy(), self._flaws.rows[here].copy()
        own, own_flaws = total.copy(), flaws
        doubt = np.zeros((count // self.hop, self._channels))
        if len(self._trackers.drivers):
            self._subtract(self._data.rows if sound is None else sound, bad, own, doubt)
            if bad is not None:
                own_flaws = flaws | self._missing(bad, count)
        hum = self._hum.rows[here].copy()
        separated = Separated(self._next, own, total, flaws, own_flaws, hum, doubt)
        for kept in (self._data, self._hum, self._flaws, self._cleaned):
            kept.drop(count)
        self._next = stop
        return separated

    def _bad(self) -> BoolArray | None:
        """Return which of the kept samples cannot be used; None where all can."""
        unclean = self._known - self._next + self._before
        flaws = self._flaws.rows
        if unclean <= 0 and not np.count_nonzero(flaws):
            return None
        bad: BoolArray = flaws != 0
        bad[: max(unclean, 0)] = True
        return bad

    def _clean(self, sound: int, count: int) -> None:
        """Take what is calibrated to leak out of the rows that the hops' last lags look at."""
        begin = self._before + self._lags.samples - self._near.samples
        end = len(self._cleaned)
        self._cleaned.extend(count)
        self._undo.write(sound + begin * self._row_bytes, self._cleaned.at(end), count)

    def _subtract(
        self, sound: FloatArray, bad: BoolArray | None, own: FloatArray, doubt: FloatArray
    ) -> None:
        """Subtract from `own` what leaks, and fit the leakage anew at the end of each block."""
        count, trackers = len(own), self._trackers
        first = -(-(self._next + 1) // self._block) * self._block - self._next
        ends = range(first, count + 1, self._block)
        blocks = self._blocks(sound, bad, ends) if ends else []
        own_at, doubt_at = place(own), place(doubt)
        for number, (start, stop) in enumerate(pairwise([0, *ends, count])):
            if start < stop:
                source = self._cleaned.at(self._before - self._lags.samples + start)
                hop, hops = start // self.hop, (stop - start) // self.hop
                mixture, row = trackers.mixture, self._row_bytes
                mixture.subtract(source, own_at + start * row, stop - start)
                mixture.write_doubts(source, doubt_at + hop * row, hops, self.hop)
            if number < len(ends):
                trackers.push(blocks, number)

    def _blocks(self, sound: FloatArray, bad: BoolArray | None, ends: range) -> list[Blocks]:
        """Return what each group of trackers learns from; `ends` are counted from the next hop."""
        begin = self._before + ends[0] - self._block - self._products.before
        rows = slice(begin, self._before + ends[-1] + self._products.after)
        known = None if bad is None else bad[rows]
        stretch = Stretch(sound[rows], self._cleaned.rows[rows], known, self._block)
        groups = self._trackers.groups
        return [self._products.of(stretch, group.drivers, group.listeners) for group in groups]

    def _missing(self, bad: BoolArray, count: int) -> CodeArray:
        """Mark where a driver that a channel hears is not known, at any of the lags."""
        here, reach = self._before, self._lags.samples
        around = bad[here - reach : here + count + reach, self._trackers.drivers]
        near: BoolArray = np.any(sliding_window_view(around, 2 * reach + 1, axis=0), axis=2)
        heard = self._trackers.heard[:, self._trackers.drivers]
        lost: BoolArray = np.any(near[:, np.newaxis] & heard, axis=2)
        return lost * np.uint8(Flaw.LOST)
