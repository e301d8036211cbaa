"""Lowest and highest raw values in the columns of a picture, read in the background."""

import threading
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from host.chain.stream import BoolArray, FloatArray
from host.recording.recorded import Recorded
from host.session.way import Way

_PIECE_S = 5.0
_BIN_S = 0.1
"""Extremes of stretches so long are kept: a look from afar is read from the disk only once."""
_FINE = 4
"""A column is put together from at least so many of them, else from samples."""
_PUBLISH_S = 0.15
"""What has been read is shown so often while more is read."""


@dataclass(frozen=True, slots=True)
class InView:
    """A stretch of samples on so many columns."""

    start: int
    stop: int
    columns: int

    @property
    def edges(self) -> FloatArray:
        """Where the columns begin and end, in samples; one more than there are columns."""
        edges: FloatArray = np.linspace(self.start, self.stop, self.columns + 1)
        return edges


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traces:
    """What has been read of a view."""

    view: InView
    extremes: FloatArray
    """`(n_columns, n_channels, 2)` microvolts; NaN where nothing is recorded, or not read."""
    scaled: FloatArray
    """The same, each channel from -1 to 1 about its middle."""
    whole: bool
    """Whether all of the view has been read; else more is to come."""


def extremes(data: FloatArray, edges: FloatArray, into: FloatArray, start: int) -> None:
    """Widen `(n_columns, n_channels, 2)` by samples that begin at index `start`.

    `edges` are where columns begin, one more than there are columns. Every sample counts for each
    column that any of its time lies in: a sample wider than a column fills them all.
    """
    _widen(into, data, data, np.floor(edges[:-1]) - start, np.ceil(edges[1:]) - start)


def _widen(
    into: FloatArray, low: FloatArray, high: FloatArray, first: FloatArray, until: FloatArray
) -> None:
    """Widen column `k` of `into` by the rows from `first[k]` to `until[k]`, as far as there are."""
    begin = np.clip(first, 0, len(low)).astype(np.int64)
    end = np.clip(until, 0, len(low)).astype(np.int64)
    place = np.flatnonzero(begin < end)
    if not len(place):
        return
    pairs = np.column_stack([begin[place], end[place]]).ravel()
    # One row more, which counts for no column: `reduceat` looks behind the last.
    low, high = (np.concatenate([part, part[-1:]]) for part in (low, high))
    lowest = np.fmin.reduceat(low, pairs, axis=0)[::2]
    highest = np.fmax.reduceat(high, pairs, axis=0)[::2]
    into[place, :, 0] = np.fmin(into[place, :, 0], lowest)
    into[place, :, 1] = np.fmax(into[place, :, 1], highest)


class Decimation:
    """A thread that reads what is in view, piece by piece, until something else is."""

    def __init__(
        self,
        recorded: Recorded,
        way: Way | None = None,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._recorded = recorded
        self._way = way or Way()
        self._clock = clock
        stream = recorded.stream
        self._channels = len(stream.channels)
        self._bin = stream.samples(_BIN_S)
        self._piece = self._bin * round(_PIECE_S / _BIN_S)
        pieces = -(-recorded.spans[-1].stop // self._piece)
        per_piece = self._piece // self._bin
        self._bins: FloatArray = np.full((pieces * per_piece, self._channels, 2), np.nan)
        self._binned: BoolArray = np.zeros(pieces, dtype=np.bool_)
        """Which pieces are in the bins."""
        self._wanted: InView | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._published_s = -np.inf
        self._thread = threading.Thread(target=self._run, name="decimation", daemon=True)
        self.traces: Traces | None = None
        """The newest; None before anything was read."""
        self.version = 0
        """Grows whenever `traces` changes."""
        self.error: BaseException | None = None

    def start(self) -> None:
        """Begin; nothing is read before `show`."""
        self._thread.start()

    def close(self) -> None:
        """End, and wait for the end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def show(self, view: InView) -> None:
        """Read this from now on."""
        with self._changed:
            if view != self._wanted:
                self._wanted = view
                self._changed.notify()

    def _run(self) -> None:
        done: InView | None = None
        try:
            while True:
                with self._changed:
                    while not self._closing and self._wanted == done:
                        self._changed.wait()
                    if self._closing or self._wanted is None:
                        return
                    done = self._wanted
                near = done.stop - done.start < _FINE * self._bin * done.columns
                with self._way.working():
                    (self._read_samples if near else self._read_bins)(done)
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _read_samples(self, view: InView) -> None:
        edges = view.edges
        found = np.full((view.columns, self._channels, 2), np.nan)
        # One more: a column at the end may begin within the last sample in view.
        for start in range(view.start, view.stop + 1, self._piece):
            if self._given_up(view):
                return
            self._take(start, min(start + self._piece, view.stop + 1), edges, found)
            if self._due:
                self._publish(view, found.copy())
        self._publish(view, found, whole=True)

    def _read_bins(self, view: InView) -> None:
        last = -(-view.stop // self._piece)
        for piece in range(view.start // self._piece, min(last, len(self._binned))):
            if self._given_up(view):
                return
            if not self._binned[piece]:
                self._bin_piece(piece)
                if self._due:
                    self._publish(view, self._from_bins(view))
        self._publish(view, self._from_bins(view), whole=True)

    def _bin_piece(self, piece: int) -> None:
        start = piece * self._piece
        place = slice(start // self._bin, (start + self._piece) // self._bin)
        edges = np.arange(start, start + self._piece + 1, self._bin, dtype=np.float64)
        self._take(start, start + self._piece, edges, self._bins[place])
        self._binned[piece] = True

    def _from_bins(self, view: InView) -> FloatArray:
        edges = view.edges / self._bin
        found = np.full((view.columns, self._channels, 2), np.nan)
        low, high = self._bins[..., 0], self._bins[..., 1]
        _widen(found, low, high, np.floor(edges[:-1]), np.ceil(edges[1:]))
        return found

    def _take(self, start: int, stop: int, edges: FloatArray, into: FloatArray) -> None:
        """Widen columns by what is recorded from `start` to `stop`."""
        spans = self._recorded.spans
        place = bisect_right(spans, start, key=lambda span: span.stop)
        while place < len(spans) and spans[place].start < stop:
            begin, end = max(spans[place].start, start), min(spans[place].stop, stop)
            extremes(self._recorded.samples(begin, end), edges, into, begin)
            place += 1

    def _given_up(self, view: InView) -> bool:
        self._way.give()
        return self._closing or self._wanted != view

    @property
    def _due(self) -> bool:
        return self._clock() - self._published_s >= _PUBLISH_S

    def _publish(self, view: InView, found: FloatArray, *, whole: bool = False) -> None:
        self._published_s = self._clock()
        scaled = about_zero(found)
        self.traces = Traces(view=view, extremes=found, scaled=scaled, whole=whole)
        self.version += 1


def about_zero(extremes: FloatArray) -> FloatArray:
    """Scale each channel to -1..1 about its middle, `(n_columns, n_channels, 2)`; NaN stays.

    One column in a hundred may reach farther: a plug that is pulled must not flatten the rest.
    """
    if np.isnan(extremes).all():
        return extremes
    flat = np.moveaxis(extremes, 1, 0).reshape(extremes.shape[1], -1)
    with np.errstate(all="ignore"):
        known = np.where(np.isnan(flat).all(axis=1, keepdims=True), 0.0, flat)
        middle = np.nanmedian(known, axis=1)
        reach = np.nanquantile(np.abs(known - middle[:, np.newaxis]), 0.99, axis=1)
    scaled: FloatArray = (extremes - middle[:, np.newaxis]) / np.maximum(reach, 1e-9)[:, np.newaxis]
    return scaled
