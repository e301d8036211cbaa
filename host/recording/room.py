"""What a disk has room for, and why it refuses, in words."""

import errno
import shutil
from pathlib import Path

from host.errors import RecordingError

_LITTLE_S = 600.0
"""Less room than for so long is said."""
_LEAST_S = 60.0
"""With less room than for so long nothing is begun."""
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def room_left(free_bytes: float, bytes_per_s: float) -> str:
    """Return a sentence where the disk has little room; empty where it has enough."""
    left_s = free_bytes / bytes_per_s
    if left_s > _LITTLE_S:
        return ""
    minutes = int(left_s // 60)
    return f"The disk has room for {minutes} more minute{'s' * (minutes != 1)}."


def refuse_full_disk(root: Path, bytes_per_s: float) -> None:
    """Raise RecordingError where there is no room for a minute of recording."""
    existing = next((folder for folder in (root, *root.parents) if folder.is_dir()), root)
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        raise RecordingError(f"nothing can be recorded in {root}: {error.strerror}.") from error
    if free < _LEAST_S * bytes_per_s:
        raise RecordingError(f"the disk of {existing} is full.")


def reason(error: OSError) -> str:
    """Say why a disk refused."""
    if error.errno in _FULL:
        return "the disk is full."
    if error.errno == errno.EFBIG:
        return "the file has reached the largest size that is allowed."
    return f"the disk says: {error.strerror or error}."
