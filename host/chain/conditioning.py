"""From raw samples to the EMG band: mains out, gaps bridged, garbled samples left out."""

from dataclasses import dataclass

import numpy as np

from host.chain.doubts import UNSOUND, Doubts
from host.chain.filters import (
    BandPass,
    MainsRemoval,
    RewindableFilter,
    SosFilter,
    design_band_pass,
    design_mains_removal,
)
from host.chain.glitch import GlitchDetector, GlitchLimits
from host.chain.hum import HumLimits
from host.chain.quality import CodeArray, Flaw, QualityLimits, Screen, mark
from host.chain.stream import BoolArray, Chunk, FloatArray, Stream

_BLOCK = 1024
"""Rows at a time: enough to be quick, few enough to stay in the processor's cache."""
_REACH = 64
"""Rows to filter at once behind a garbled sample, and twice as many each time until the next one,
which has what was filtered too far filtered once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditioning:
    """Settings of everything between the raw sample and the estimate of amplitude."""

    band_pass: BandPass = BandPass()
    mains: MainsRemoval = MainsRemoval()
    glitch: GlitchLimits = GlitchLimits()
    hum: HumLimits = HumLimits()
    quality: QualityLimits = QualityLimits()
    bridge_s: float = 0.05
    """A gap up to this length is bridged: the filters go on as if nothing had changed, and the
    samples count as lost. A longer one starts the filters anew."""

    def __post_init__(self) -> None:
        """Refuse a bridge over which the mains would be lost."""
        if not 0.0 <= self.bridge_s <= 0.1:
            raise ValueError(f"bridge_s must be 0 to 0.1, got {self.bridge_s}")


@dataclass(frozen=True, slots=True, eq=False)
class Conditioned:
    """Consecutive samples in the EMG band, and what is wrong with each."""

    start: int
    data: FloatArray
    """uV, `(n_samples, n_channels)`."""
    flaws: CodeArray
    """`Flaw` bits, same shape."""
    hum: FloatArray
    """uV of mains and harmonics that were taken out, same shape."""


class Conditioner:
    """Filters chunk by chunk, one sample behind: it takes the next one to know a garbled one."""

    def __init__(self, settings: Conditioning, stream: Stream) -> None:
        channels = len(stream.channels)
        upper_hz = settings.band_pass.upper_hz(stream.rate_hz)
        stops = design_mains_removal(settings.mains, stream.rate_hz, upper_hz)
        self._mains = RewindableFilter(stops, channels)
        self._band = SosFilter(design_band_pass(settings.band_pass, stream.rate_hz), channels)
        self._glitches = GlitchDetector(settings.glitch, self._mains.echo, channels)
        self._screen = Screen(settings.quality, stream)
        self._doubts = Doubts(settings.quality, settings.hum, stream)
        self._reach = _BLOCK
        self._bridge = int(settings.bridge_s * stream.rate_hz)
        self._pending = np.empty((0, channels))
        self._ahead = np.empty((0, channels))
        """The pending row free of mains, where it has been filtered already."""
        self._pending_flaws = np.empty((0, channels), dtype=np.uint8)
        self._unsound = np.ones(channels, dtype=np.bool_)
        self._settled: list[tuple[int, FloatArray, FloatArray, CodeArray]] = []
        """Index, rows, the same free of mains, and flaws: what no glitch can change any more."""
        self._done: list[Conditioned] = []
        self._next: int | None = None

    def push(self, chunk: Chunk) -> list[Conditioned]:
        """Condition one chunk; several pieces where a long gap lies between them."""
        if not len(chunk):
            return []
        self._done = []
        if self._next is not None and chunk.start != self._next:
            self._cross_gap(self._next, chunk.start)
        for begin in range(0, len(chunk), _BLOCK):
            self._take(chunk.start + begin, chunk.data[begin : begin + _BLOCK])
        return self._done

    def _take(self, start: int, data: FloatArray) -> None:
        """Condition rows that follow on the last ones."""
        waiting = len(self._pending)
        # Each channel's samples side by side in memory, as both filters work and give them back.
        rows = np.empty((waiting + len(data), data.shape[1]), order="F")
        rows[:waiting], rows[waiting:] = self._pending, data
        flaws = np.concatenate([self._pending_flaws, self._screen.push(rows[waiting:])])
        self._next = start + len(data)
        self._advance(rows, flaws, self._next - len(rows), closing=False)
        self._pass_on()
        self._pending, self._pending_flaws = rows[-1:], flaws[-1:]

    def _cross_gap(self, end: int, start: int) -> None:
        """Finish what came before a gap, and bridge it or start anew behind it."""
        lost = start - end
        if lost < 0:
            raise ValueError(f"chunks must not overlap: {start} after {end}")
        self._advance(self._pending, self._pending_flaws, end - 1, closing=True)
        self._pending, self._pending_flaws = self._pending[:0], self._pending_flaws[:0]
        everywhere = np.ones_like(self._unsound)
        if lost > self._bridge:
            self._unsound = everywhere
        else:
            for index in range(end, start):
                flaws = np.full((1, len(everywhere)), Flaw.LOST, dtype=np.uint8)
                self._guess(np.zeros((1, len(everywhere))), flaws, index, everywhere)
        self._pass_on()

    def _advance(self, rows: FloatArray, flaws: CodeArray, start: int, *, closing: bool) -> None:
        """Condition all rows but the last, which waits for its successor; all when `closing`."""
        stop = len(rows) if closing else len(rows) - 1
        if not (np.count_nonzero(flaws) or np.count_nonzero(self._unsound)):
            self._walk(rows, flaws, start, 0, stop)
            return
        unsound = (flaws & UNSOUND) != 0
        recovers = np.concatenate([self._unsound[np.newaxis], unsound[:-1]]) & ~unsound
        restarts = [*np.flatnonzero(recovers[:stop].any(axis=1)), stop]
        row = 0
        for restart in restarts:
            row = self._walk(rows, flaws, start, row, restart)
            if restart < stop:
                self._start(rows[restart], recovers[restart])
        if stop:
            self._unsound = unsound[stop - 1]

    def _walk(self, rows: FloatArray, flaws: CodeArray, start: int, row: int, stop: int) -> int:
        """Condition rows up to `stop`, from one garbled sample to the next."""
        while row < stop:
            row = self._stretch(rows, flaws, start, row, min(row + self._reach, stop))
        return stop

    def _start(self, row: FloatArray, columns: BoolArray) -> None:
        """Begin anew in the columns that have just become sound."""
        self._pass_on()
        self._take_back(self._ahead)
        self._mains.start(row, columns)
        self._band.start(row, columns)
        self._glitches.start(row, columns)

    def _stretch(self, rows: FloatArray, flaws: CodeArray, start: int, row: int, stop: int) -> int:
        """Condition rows up to the next garbled one, or to `stop`; return where to go on."""
        fresh = rows[row + len(self._ahead) : stop + 1]
        clean = np.concatenate([self._ahead, self._mains.push(fresh)])
        span = stop - row
        found = self._glitches.first(clean[:span], clean[span:], flaws[row:stop])
        if found is None:
            self._settle(rows[row:stop], clean[:span], flaws[row:stop], start + row)
            self._ahead = clean[span:]
            self._reach = min(2 * self._reach, _BLOCK)
            return stop
        good, columns = found
        self._take_back(clean[good:])
        self._reach = _REACH
        garbled = row + good
        self._settle(rows[row:garbled], clean[:good], flaws[row:garbled], start + row)
        lost = flaws[garbled : garbled + 1].copy()
        mark(lost, columns, Flaw.LOST)
        self._guess(rows[garbled : garbled + 1], lost, start + garbled, columns)
        return garbled + 1

    def _take_back(self, clean: FloatArray) -> None:
        """Unfilter the newest rows; none is filtered ahead any more."""
        self._mains.rewind(len(clean))
        self._ahead = clean[:0]

    def _guess(self, rows: FloatArray, flaws: CodeArray, start: int, columns: BoolArray) -> None:
        """Put in place of a lost or garbled sample what the filters expect."""
        expected = self._mains.expected(self._glitches.last)
        rows = np.where(columns, expected, rows)
        self._settle(rows, self._mains.push(rows), flaws, start)

    def _settle(self, rows: FloatArray, clean: FloatArray, flaws: CodeArray, start: int) -> None:
        """Take rows in which nothing is garbled any more, and the same free of mains."""
        if len(rows):
            self._glitches.follow(clean)
            self._settled.append((start, rows, clean, flaws))

    def _pass_on(self) -> None:
        """Band-pass what is settled, and mark what cannot be believed yet."""
        if not self._settled:
            return
        starts, *parts = zip(*self._settled, strict=True)
        rows, clean, flaws = (part[0] if len(part) == 1 else np.concatenate(part) for part in parts)
        self._settled = []
        data, hum = self._band.push(clean), rows - clean
        restarted = self._glitches.restarted(len(rows))
        flaws = self._doubts.push(starts[0], data, hum, flaws, restarted)
        self._done.append(Conditioned(starts[0], data, flaws, hum))
