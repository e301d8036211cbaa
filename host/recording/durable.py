"""Bytes that stay: the one place that asks the operating system to put them on the disk."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_CANNOT = {
    getattr(errno, name, errno.EINVAL)
    for name in ("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOTTY", "ENOLCK")
}
"""What file systems answer, mostly those on a network, to something they do not offer."""


def sync(file: BinaryIO) -> None:
    """Return when everything written to an unbuffered file is on the disk."""
    if sys.platform == "darwin":
        # fsync leaves the bytes in the drive's cache there.
        with _where_offered():
            fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            return
    if hasattr(os, "fdatasync"):
        os.fdatasync(file.fileno())
    else:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names of new files in a folder last; Windows does that by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _where_offered():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create a folder, and those it lies in, so that a power cut leaves them there.

    FileExistsError where it is there already.
    """
    missing = [folder]
    # A drive that is not there is its own parent.
    while (parent := missing[-1].parent) != missing[-1] and not parent.exists():
        missing.append(parent)
    for new in reversed(missing):
        new.mkdir(exist_ok=new != folder)
        sync_folder(new.parent)


def lock(file: BinaryIO) -> bool:
    """Mark an open file as in use until it is closed; False where it is in use already.

    Where a file system has no locks, True: nobody can be told.
    """
    try:
        if sys.platform == "win32":
            file.seek(2**62)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _CANNOT
    return True


def write_atomically(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all, also in a power cut."""
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("wb", buffering=0) as file:
            write_all(file, content)
            sync(file)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)


def write_all(file: BinaryIO, content: bytes) -> None:
    """Write every byte to an unbuffered file; a full disk may take only some at a time."""
    view = memoryview(content)
    while view:
        written = file.write(view)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


@contextlib.contextmanager
def _where_offered() -> Iterator[None]:
    """Go on where a file system does not know what was asked of it."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
