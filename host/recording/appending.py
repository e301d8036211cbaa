"""Files that grow by whole pieces: each piece is there, or waits, or was never there."""

import contextlib
from pathlib import Path
from typing import BinaryIO

from host.recording import durable


class AppendOnly:
    """A file that grows by whole pieces: what does not fit whole is taken back."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("xb", buffering=0)
        self._torn = False
        self.size = 0
        """Bytes of whole pieces."""

    def lock(self) -> bool:
        """Mark the file as in use; see `durable.lock`."""
        return durable.lock(self._file)

    def append(self, content: bytes) -> None:
        """Add a piece, or raise OSError and leave the file as it was."""
        self._clean()
        try:
            self._file.seek(self.size)
            durable.write_all(self._file, content)
        except OSError:
            self.take_back(self.size)
            raise
        self.size += len(content)

    def take_back(self, size: int) -> None:
        """Cut the file back to `size` bytes, now or with the next piece: the disk may refuse."""
        self.size = size
        self._torn = True
        with contextlib.suppress(OSError):
            self._clean()

    def overwrite(self, at: int, content: bytes) -> None:
        """Replace bytes that are there already."""
        self._file.seek(at)
        durable.write_all(self._file, content)

    def sync(self) -> None:
        """Return when everything is on the disk."""
        self._clean()
        durable.sync(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _clean(self) -> None:
        if self._torn:
            self._file.truncate(self.size)
            self._torn = False


class Lines:
    """Lines on their way into a file; none is forgotten before it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._file = AppendOnly(path)
        self._waiting: list[bytes] = []
        self._written: list[bytes] = []
        self._synced_size = 0

    def __len__(self) -> int:
        """How many are not on the disk yet."""
        return len(self._waiting) + len(self._written)

    def add(self, line: bytes) -> None:
        """Let a line wait for `write` or `sync`."""
        self._waiting.append(line)

    def write(self) -> None:
        """Give all lines to the system: they outlive the program, not a power cut."""
        if self._waiting:
            self._file.append(b"".join(self._waiting))
            self._written += self._waiting
            self._waiting.clear()

    def sync(self) -> None:
        """Return when all lines are on the disk."""
        self.write()
        if not self._written:
            return
        try:
            self._file.sync()
        except OSError:
            # Some systems forget what they could not write: it is written again.
            self._waiting[:0] = self._written
            self._file.take_back(self._synced_size)
            raise
        finally:
            self._written.clear()
        self._synced_size = self._file.size

    def insist(self, line: bytes) -> int:
        """Put a line on the disk now or never; return the size of the file before it."""
        self.sync()
        size = self._file.size
        self._waiting.append(line)
        try:
            self.sync()
        except OSError:
            self._waiting.clear()
            raise
        return size

    def take_back(self, size: int) -> None:
        """Cut the file back to `size` bytes, where nothing waits."""
        self._file.take_back(size)
        self._synced_size = size

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
