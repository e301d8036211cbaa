"""A source's samples, fetched by index as a simulated board needs them."""

import numpy as np

from calibration.saying import Saying
from host.acquisition.simulated.protocol import CHANNELS_PER_PACKET, PACKETS_PER_S
from host.acquisition.source import Link, Source
from host.chain.stream import FloatArray, IntArray, Stream
from host.errors import SettingsError


def refuse_misfit(stream: Stream, *, daisy: bool) -> None:
    """Refuse a feed that a Cyton could not send: its rate and channels are fixed."""
    rate_hz = PACKETS_PER_S / (2 if daisy else 1)
    channels = CHANNELS_PER_PACKET * (2 if daisy else 1)
    name = "Cyton with Daisy" if daisy else "Cyton"
    if abs(stream.rate_hz - rate_hz) > 0.001 * rate_hz or len(stream.channels) > channels:
        raise SettingsError(
            Saying(
                "a {} sends {} channels at {:g} samples per second; {} at {:g} do not fit it",
                name,
                channels,
                rate_hz,
                len(stream.channels),
                stream.rate_hz,
            )
        )


class Feeding:
    """The samples of a source, counted from its first one, as wide as the board.

    Channels that the source does not have read 0 uV, like an input shorted to its reference: the
    board sends them all the same.
    """

    def __init__(self, source: Source, *, channels: int) -> None:
        self._source = source
        self._channels = channels
        self._base: int | None = None
        self._indices = np.empty(0, dtype=np.int64)
        self._data = np.empty((0, channels))
        self._ended = False

    def take(self, start: int, stop: int) -> tuple[IntArray, FloatArray]:
        """Return the samples there are within `start..stop` and forget all before `stop`.

        The indices say which those are: a recording may have lost some.
        """
        self._read_up_to(stop)
        first, last = np.searchsorted(self._indices, (start, stop))
        indices, data = self._indices[first:last], self._data[first:last]
        self._indices, self._data = self._indices[last:], self._data[last:]
        return indices, data

    @property
    def exhausted(self) -> bool:
        """Tell whether the source has ended and every sample of it was taken."""
        return self._ended and not len(self._indices)

    def _read_up_to(self, stop: int) -> None:
        while not self._ended and (not len(self._indices) or self._indices[-1] < stop):
            chunk = self._source.read(0.0)
            if chunk is None:
                self._ended = self._source.state.link is Link.ENDED
                return
            if self._base is None:
                self._base = chunk.start
            wide = np.zeros((len(chunk), self._channels))
            wide[:, : chunk.data.shape[1]] = chunk.data
            indices = np.arange(chunk.start, chunk.stop) - self._base
            self._indices = np.concatenate([self._indices, indices])
            self._data = np.concatenate([self._data, wide])
