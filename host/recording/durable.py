"""Bytes that stay: the one place that asks the operating system to put them on the disk."""

import contextlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def sync(file: BinaryIO) -> None:
    """Return when everything written to an unbuffered file is on the disk."""
    if sys.platform == "darwin":
        # fsync leaves the bytes in the drive's cache there.
        fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(file.fileno())
    else:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names of new files in a folder last; Windows does that by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lock(file: BinaryIO) -> bool:
    """Mark an open file as in use until it is closed; False where another program has it."""
    try:
        if sys.platform == "win32":
            file.seek(2**62)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
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
        view = view[written:]
