"""Lowest and highest raw values in the columns of a picture, read in the background."""

import threading
from dataclasses import dataclass

import numpy as np

from host.chain.stream import FloatArray
from host.recording.recorded import Recorded

_PIECE_S = 5.0


@dataclass(frozen=True, slots=True)
class InView:
    """A stretch of samples on so many columns."""

    start: int
    stop: int
    columns: int


def extremes(data: FloatArray, edges: FloatArray, into: FloatArray, start: int) -> None:
    """Widen `(n_columns, n_channels, 2)` by samples that begin at index `start`.

    `edges` are the samples at which columns begin, one more than there are columns.
    """
    columns = np.searchsorted(edges, np.arange(start, start + len(data)), side="right") - 1
    first = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    place = columns[first]
    inside = (place >= 0) & (place < len(into))
    low = np.minimum.reduceat(data, first, axis=0)[inside]
    high = np.maximum.reduceat(data, first, axis=0)[inside]
    place = place[inside]
    into[place, :, 0] = np.fmin(into[place, :, 0], low)
    into[place, :, 1] = np.fmax(into[place, :, 1], high)


class Decimation:
    """A thread that reads what is in view, piece by piece, until something else is."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._piece = recorded.stream.samples(_PIECE_S)
        self._wanted: InView | None = None
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="decimation", daemon=True)
        self.view: InView | None = None
        """What `extremes` show."""
        self.extremes: FloatArray = np.empty((0, len(recorded.stream.channels), 2))
        """`(n_columns, n_channels, 2)` microvolts; NaN where nothing is recorded, or not read."""
        self.version = 0
        """Grows with every piece that was read."""
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
                self._read(done)
        except Exception as error:  # noqa: BLE001  the window shows it: no thread dies unseen
            self.error = error

    def _read(self, view: InView) -> None:
        edges = np.linspace(view.start, view.stop, view.columns + 1)
        found = np.full((view.columns, len(self._recorded.stream.channels), 2), np.nan)
        for span in self._recorded.spans:
            begin, end = max(span.start, view.start), min(span.stop, view.stop)
            for start in range(begin, end, self._piece):
                if self._closing or self._wanted != view:
                    return
                stop = min(start + self._piece, end)
                extremes(self._recorded.samples(start, stop), edges, found, start)
                self._show(view, found)
        self._show(view, found)

    def _show(self, view: InView, found: FloatArray) -> None:
        self.extremes, self.view = found, view
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
