"""Samples of an EDF or BDF file, mapped and decoded for the stretch that is asked for."""

import numpy as np

from host.chain.stream import FloatArray, IntArray, Stream
from host.recording.bdf import ByteArray
from host.recording.foreign.edf_channels import Channels
from host.recording.foreign.edf_header import Header

_AT_ONCE_BYTES = 2**24


class EdfSamples:
    """The samples of the chosen channels, gaps not counted."""

    def __init__(
        self, header: Header, records: ByteArray, channels: Channels, stream: Stream
    ) -> None:
        self._width = header.width
        self._records = records
        self._channels = channels
        self._stream = stream

    def decode(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts on the grid."""
        counts = np.empty((stop - start, len(self._channels.signals)))
        for column in range(counts.shape[1]):
            counts[:, column] = _counts(self._bytes(column, start, stop))
        # In place: this is called for every few milliseconds of a replay.
        counts *= self._channels.gain_uv
        counts += self._channels.offset_uv
        return self._stream.on_grid(counts)

    def constant(self) -> FloatArray:
        """Return the value of each channel that never changes; NaN for the others."""
        first: FloatArray = self.decode(0, 1)[0]
        step = max(1, _AT_ONCE_BYTES // self._records.shape[1])
        for column in range(len(first)):
            one = self._bytes(column, 0, 1)
            for begin in range(0, len(self._records), step):
                if not (self._of_records(column, begin, begin + step) == one).all():
                    first[column] = np.nan
                    break
        return first

    def _of_records(self, column: int, first: int, stop: int) -> ByteArray:
        """Return `(n_records, samples, width)` bytes."""
        signal = self._channels.signals[column]
        size = signal.samples * self._width
        part = self._records[first:stop, signal.at : signal.at + size]
        return part.reshape(-1, signal.samples, self._width)

    def _bytes(self, column: int, start: int, stop: int) -> ByteArray:
        """Return `(stop - start, width)` bytes."""
        samples = self._channels.samples
        first = start // samples
        if stop <= (first + 1) * samples:
            # Records can be a minute long: only what lies between is copied.
            begin = start - first * samples
            return self._of_records(column, first, first + 1)[0, begin : begin + stop - start]
        rows = self._of_records(column, first, -(-stop // samples)).reshape(-1, self._width)
        return rows[start - first * samples :][: stop - start]


def _counts(samples: ByteArray) -> IntArray:
    """Decode little-endian samples of two or three bytes."""
    if samples.shape[1] == 2:
        return np.ascontiguousarray(samples).view("<i2")[:, 0].astype(np.int64)
    words = np.zeros((len(samples), 4), dtype=np.uint8)
    words[:, 1:] = samples
    return (words.view("<i4")[:, 0] >> 8).astype(np.int64)
