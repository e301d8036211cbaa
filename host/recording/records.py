"""The records of a session's file: counted by their times, decoded where somebody looks.

Read, not mapped: a file that is cut, or a stick that is pulled out, must not end the program.
"""

from pathlib import Path
from typing import BinaryIO

import numpy as np

from calibration.saying import Saying
from host.chain.stream import FloatArray
from host.errors import RecordingError
from host.recording import bdf

_BLOCK = 16
"""Records that are decoded at once for somebody who reads in small steps."""


class Records:
    """All whole records of a file at the moment it was opened."""

    def __init__(self, path: Path, shape: bdf.Layout) -> None:
        """Count the records; RecordingError where the file is not what `shape` says."""
        self._path = path
        self._shape = shape
        self._kept: tuple[int, FloatArray] = 0, np.empty((0, len(shape.labels)))
        try:
            with path.open("rb") as file:
                self.found = _found(file, path, shape)
                self._count = _count(file, self.found, shape)
                foreign = not self._count and _anything(file, shape)
        except OSError as error:
            raise RecordingError(Saying("{} cannot be read: {}.", path, error.strerror)) from error
        if foreign:
            raise RecordingError(
                Saying("{} is damaged, or does not belong to its session.json.", path)
            )

    found: int
    """Records by the file's size; those at the end may be none, such as zeros (power cut)."""

    def __len__(self) -> int:
        """Whole records, up to the last that carries its own time."""
        return self._count

    @property
    def samples(self) -> int:
        """Samples per channel in them."""
        return self._count * self._shape.samples

    def read(self, start: int, stop: int) -> FloatArray:
        """Return `(stop - start, n_channels)` microvolts; ValueError where there are none."""
        if not 0 <= start <= stop <= self.samples:
            raise ValueError(f"samples {start} to {stop} are not on record")
        first, last = start // self._shape.samples, -(-stop // self._shape.samples)
        block = first - first % _BLOCK
        if last > block + _BLOCK:
            begin = first * self._shape.samples
            return self._decode(first, last)[start - begin : stop - begin]
        begin = block * self._shape.samples
        return self._block(block)[start - begin : stop - begin].copy()

    def _block(self, first: int) -> FloatArray:
        """Return the block from this record on; the newest is kept."""
        kept = self._kept
        if kept[0] != first or not len(kept[1]):
            kept = self._kept = first, self._decode(first, min(first + _BLOCK, self._count))
        return kept[1]

    def _decode(self, first: int, last: int) -> FloatArray:
        size = self._shape.record_bytes
        try:
            with self._path.open("rb") as file:
                file.seek(self._shape.header_bytes + first * size)
                content = file.read((last - first) * size)
        except OSError as error:
            raise RecordingError(
                Saying("{} cannot be read: {}.", self._path, error.strerror)
            ) from error
        if len(content) < (last - first) * size:
            raise RecordingError(Saying("{} was cut while it was open.", self._path))
        records = np.frombuffer(content, dtype=np.uint8).reshape(last - first, size)
        return bdf.microvolts(records[:, : self._shape.data_bytes], self._shape)


def _found(file: BinaryIO, path: Path, shape: bdf.Layout) -> int:
    header = file.read(shape.header_bytes)
    if len(header) < shape.header_bytes or not header.startswith(bdf.BIOSEMI):
        raise RecordingError(Saying("{} is damaged, or no BDF file.", path))
    return (file.seek(0, 2) - shape.header_bytes) // shape.record_bytes


def _count(file: BinaryIO, found: int, shape: bdf.Layout) -> int:
    """Return the number of records up to the last that carries its own time."""
    while found:
        file.seek(shape.header_bytes + (found - 1) * shape.record_bytes)
        if bdf.is_record(file.read(shape.record_bytes), found - 1, shape):
            break
        found -= 1
    return found


def _anything(file: BinaryIO, shape: bdf.Layout) -> bool:
    """Tell whether a record or more stands behind the header that is not zeros alone."""
    file.seek(shape.header_bytes)
    pieces = iter(lambda: file.read(shape.record_bytes), b"")
    return any(len(piece) == shape.record_bytes and any(piece) for piece in pieces)
